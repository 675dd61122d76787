import Admission
import Domain
import HTTP
import Store

/// An affiliate's links: taking one, and what happens when somebody follows it.
struct LinkHandlers {
    let visit: Visit

    /// Counts the click and goes on to the job; the code travels in the address (rule 2).
    func follow(_ code: LinkCode) async throws -> Response {
        guard let target = try await visit.memory.links.target(code) else {
            throw DomainError.notFound(.link)
        }
        return follow(code, to: target)
    }

    /// The same where it is known without asking.
    func follow(_ code: LinkCode, to target: LinkTarget) -> Response {
        // What previews and crawlers do is no click of a person's.
        if visit.head.method == .get { visit.memory.clicks.add(target.link) }
        return .redirect(
            to: PublicRoute.job(target.jobSlug).path + "?via=" + code.text, status: .found)
    }

    func list() async throws -> Response {
        let found = try await visit.store.links.list(
            of: try visit.affiliate(), after: visit.cursor)
        let rows = found.items.map { link in
            row(
                link.link.code, link.link.channel,
                JobReference(
                    slug: link.jobSlug, title: link.jobTitle, company: link.companyName),
                link.visibility(on: visit.today), link.clicks, link.introductions)
        }
        return visit.page(
            AffiliateLinksPage(
                links: rows, isFirst: visit.cursor == nil, nextCursor: found.next?.text,
                leftOut: visit.services.brownout >= .clicksToSpool ? [.clicks] : []))
    }

    func form(_ slug: JobSlug) async throws -> Response {
        visit.page(try await page(slug, input: FormInput()))
    }

    func take(_ slug: JobSlug) async throws -> Response {
        let fields = visit.fields
        do {
            let channel = try Self.channel(fields)
            let code = LinkCode(random: visit.services.random.bytes(LinkCode.length))
            _ = try await visit.store.write { transaction in
                try await visit.store.links.take(
                    slug, channel: channel, code: code, for: try visit.affiliate(),
                    at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                try await page(slug, input: fields.typed(failure: error)),
                after: error)
        }
        return visit.redirect(to: AffiliateRoute.takeLinkForm(slug).path, notice: .linkTaken)
    }

    /// The channel that the form or the program names.
    static func channel(_ fields: Fields) throws(DomainError) -> ChannelName {
        do {
            return try ChannelName(fields[.channel])
        } catch {
            throw .invalid([error])
        }
    }

    /// The page with one of its forms as it was sent.
    func page(
        _ slug: JobSlug, input: FormInput = FormInput(), recommendation: FormInput = FormInput()
    ) async throws -> TakeLinkPage {
        guard let job = try await visit.store.publicJobs.find(slug),
            job.visibility(on: visit.today) != .draft
        else { throw DomainError.notFound(.job) }
        let links = try await visit.store.links.list(
            of: try visit.affiliate(), to: job.id)
        return TakeLinkPage(
            job: JobReference(job), location: job.details.location, offer: job.offer,
            links: links.map { link in
                row(
                    link.link.code, link.link.channel, JobReference(job),
                    link.visibility(on: visit.today), link.clicks, link.introductions)
            },
            input: input, recommendation: recommendation)
    }

    private func row(
        _ code: LinkCode, _ channel: ChannelName, _ job: JobReference,
        _ visibility: JobVisibility, _ clicks: Int, _ introductions: Int
    ) -> AffiliateLinksPage.Row {
        AffiliateLinksPage.Row(
            code: code, channel: channel, job: job, visibility: visibility, clicks: clicks,
            introductions: introductions)
    }
}
