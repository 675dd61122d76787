import Domain
import HTTP
import Store

/// What crawlers, readers and job boards fetch; a job that is over leaves all of it at once.
struct FeedHandlers {
    let visit: Visit

    private static let atomEntries = PageLimit(clamping: 50)
    private static let feedJobs = PageLimit(clamping: 100)

    /// sitemaps.org, protocol 0.9.
    func sitemap() async throws -> Response {
        let jobs = try await visit.store.publicJobs.addresses(today: visit.today)
        var xml = XMLWriter(capacity: 256 + jobs.count * 160)
        xml.element(
            "urlset", [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")]
        ) { xml in
            for path in [PublicRoute.home.path, PublicRoute.jobs.path] {
                xml.element("url") { xml in xml.element("loc", visit.url(path)) }
            }
            for job in jobs {
                xml.element("url") { xml in
                    xml.element("loc", visit.url(PublicRoute.job(job.slug).path))
                    xml.element("lastmod", job.updatedAt.rfc3339)
                }
            }
        }
        return Response(.ok, contentType: "application/xml; charset=utf-8", xml.finish())
    }

    /// Everything that is nobody's own may be crawled.
    func robots() -> Response {
        .text(
            """
            User-agent: *
            Disallow: /account
            Disallow: /admin
            Disallow: /affiliate
            Disallow: /applications/
            Disallow: /company/
            Disallow: /language/
            Disallow: /r/
            Disallow: /sign-
            Sitemap: \(visit.url(PublicRoute.sitemap.path))

            """)
    }

    /// RFC 4287.
    func atom() async throws -> Response {
        let jobs = try await visit.store.publicJobs.newest(
            Self.atomEntries, today: visit.today)
        var xml = XMLWriter(capacity: 65_536)
        xml.element("feed", [("xmlns", "http://www.w3.org/2005/Atom")]) { xml in
            let address = visit.url(PublicRoute.jobsAtom.path)
            xml.element("id", address)
            xml.element("title", "Vouch · " + visit.texts.job.listTitle)
            xml.element("updated", (jobs.map(\.updatedAt).max() ?? visit.now).rfc3339)
            xml.empty("link", [("rel", "self"), ("href", address)])
            xml.empty("link", [("href", visit.url(PublicRoute.jobs.path))])
            for job in jobs { entry(job, &xml) }
        }
        return Response(.ok, contentType: "application/atom+xml; charset=utf-8", xml.finish())
    }

    private func entry(_ job: PublicJobs.Job, _ xml: inout XMLWriter) {
        let address = visit.url(PublicRoute.job(job.slug).path)
        xml.element("entry") { xml in
            xml.element("id", address)
            xml.element("title", job.details.title.text)
            xml.element("updated", job.updatedAt.rfc3339)
            xml.element("published", job.publishedAt?.rfc3339)
            xml.empty("link", [("href", address)])
            xml.element("author") { xml in xml.element("name", job.company.page.name.text) }
            xml.element("summary", Prose.summary(of: job.details.description.text, lengthMax: 400))
        }
    }

    /// The feed that job boards read (Indeed's XML feed).
    func jobs() async throws -> Response {
        let jobs = try await visit.store.publicJobs.newest(Self.feedJobs, today: visit.today)
        var xml = XMLWriter(capacity: 262_144)
        xml.element("source") { xml in
            xml.element("publisher", "Vouch")
            xml.element("publisherurl", visit.services.settings.publicOrigin)
            for job in jobs { feedJob(job, &xml) }
        }
        return Response(.ok, contentType: "application/xml; charset=utf-8", xml.finish())
    }

    private func feedJob(_ job: PublicJobs.Job, _ xml: inout XMLWriter) {
        let details = job.details
        xml.element("job") { xml in
            xml.element("title", details.title.text)
            xml.element("date", job.publishedAt?.rfc3339)
            xml.element("referencenumber", job.slug.text)
            xml.element("url", visit.url(PublicRoute.job(job.slug).path))
            xml.element("company", job.company.page.name.text)
            xml.element("city", details.location.city?.text)
            xml.element("country", details.location.country.text)
            xml.element("remotetype", details.location.remote == .full ? "Fully remote" : nil)
            xml.element("description", details.description.text)
            xml.element("jobtype", details.employmentType.rawValue.filter { $0 != "_" })
            xml.element("salary", details.salary.map { visit.texts.value.salary($0) })
            xml.element("expirationdate", details.validThrough.description)
        }
    }
}
