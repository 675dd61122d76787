import Domain
import HTML

/// The public page of one job that can be applied for.
package struct JobPage: Page {
    let slug: JobSlug
    let details: JobDetails
    let publishedOn: CalendarDate
    let company: CompanySummary
    let offer: TermsOffer?
    let via: LinkCode?
    let isPreview: Bool
    let similar: [JobCard]
    let leftOut: Set<LeftOut>

    /// - Parameters:
    ///   - offer: what a hire pays; nil where that is not shown, as for a visitor who came by a link.
    ///   - via: the affiliate's link by which the visitor came; it goes on to the application form.
    ///   - isPreview: whether only the job's own company sees the page.
    ///   - leftOut: what the page does without at the moment.
    package init(
        slug: JobSlug, details: JobDetails, publishedOn: CalendarDate, company: CompanySummary,
        offer: TermsOffer?, via: LinkCode? = nil, isPreview: Bool = false, similar: [JobCard] = [],
        leftOut: Set<LeftOut> = []
    ) {
        self.slug = slug
        self.details = details
        self.publishedOn = publishedOn
        self.company = company
        self.offer = offer
        self.via = via
        self.isPreview = isPreview
        self.similar = similar
        self.leftOut = leftOut
    }

    package var section: Section { .jobs }

    package func title(_ texts: Texts) -> String {
        texts.job.titleAtCompany(details.title.text, company.name.text)
    }

    package func metadata(_ context: PageContext) -> PageMetadata {
        PageMetadata(
            description: Prose.summary(of: details.description.text, lengthMax: 155),
            canonical: isPreview ? nil : Links.job(slug), kind: "article")
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.job
        if !isPreview { html.linkedData { json in describe(to: &json, origin: context.origin) } }
        if isPreview { html(.p, .class("notice info"), text: texts.previewNotice) }
        html(.article, .class("job")) { html in
            headline(&html, context)
            html(.div, .class("job-columns")) { html in
                html(.div, .class("job-text")) { html in
                    html(.h2, text: texts.aboutTheJob)
                    html.prose(details.description.text)
                    aboutCompany(&html, context)
                }
                html(.aside, .class("job-side"), .ariaLabel(texts.atAGlance)) { html in
                    facts(&html, context)
                    if let offer { recommendation(offer, &html, context) }
                }
            }
        }
        html.leftOut(.similarJobs, of: leftOut, context)
        guard !similar.isEmpty else { return }
        html(.section, .class("more")) { html in
            html(.h2, text: texts.moreJobs)
            html.jobCards(similar, context)
        }
    }

    private func headline(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.job
        html(.div, .class("job-headline")) { html in
            html(.p, .class("job-company")) { html in
                html(.a, .href(Links.company(company.slug)), text: company.name.text)
                if company.isVerified { html.verifiedMark(context) }
            }
            html(.h1, text: details.title.text)
            html(.p, .class("job-facts")) { html in
                html(.span, text: texts.place(details.location))
                html(.span, text: context.texts.value.employmentType(details.employmentType))
                if let salary = details.salary {
                    html(.span, .class("salary"), text: context.texts.value.salary(salary))
                }
            }
            if via != nil { html(.p, .class("vouched"), text: texts.vouchedVisit) }
            applyButton(&html, context)
        }
    }

    private func applyButton(_ html: inout HTMLPrinter, _ context: PageContext) {
        guard !isPreview else { return }
        let texts = context.texts.job
        html(.p, .class("apply")) { html in
            html(
                .a, .class("button large"), .href(Links.apply(slug, via: via)), text: texts.applyNow
            )
            html(.span, .class("muted"), text: texts.applicationsTakeMinutes)
        }
    }

    private func facts(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.div, .class("card")) { html in
            html(.h2, text: texts.job.atAGlance)
            html(.dl, .class("facts")) { html in
                html.fact(
                    texts.job.salary,
                    text: details.salary.map(texts.value.salary) ?? texts.job.noSalary)
                html.fact(texts.job.location, text: texts.job.place(details.location))
                html.fact(
                    texts.job.employment, text: texts.value.employmentType(details.employmentType))
                html.fact(texts.job.postedOn) { html in html.date(publishedOn, texts) }
                html.fact(texts.job.applyUntil) { html in
                    html.date(details.validThrough, texts)
                    html(.span, .class("muted")) { html in
                        html.text(
                            texts.value.distance(to: details.validThrough, from: context.today))
                    }
                }
                html.fact(texts.job.reference, text: slug.text)
            }
        }
    }

    private func recommendation(
        _ offer: TermsOffer, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts
        html(.div, .class("card vouch-card")) { html in
            html(.h2, text: texts.job.knowSomebody)
            html(.p, text: texts.job.vouchPitch(texts.value.money(offer.commission)))
            html(.ul, .class("terms")) { html in
                html(.li, text: texts.job.guarantee(texts.value.days(offer.guaranteeDays)))
                html(.li, text: texts.job.payment(of: offer))
            }
            let isAffiliate = context.viewer?.role == .affiliate
            html(
                .a, .class("button quiet"),
                .href(isAffiliate ? Links.takeLink(slug) : Links.signUpAffiliate),
                text: texts.job.shareAsAffiliate)
        }
    }

    private func aboutCompany(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.job
        html(.h2, text: texts.aboutTheCompany)
        if !company.about.text.isEmpty {
            html(.p, text: Prose.summary(of: company.about.text, lengthMax: 600))
        }
        html(.p) { html in
            html(.a, .href(Links.company(company.slug)), text: texts.allJobsOfCompany)
        }
    }
}

extension JobTexts {
    /// When a commission is paid under an offer.
    func payment(of offer: TermsOffer) -> String {
        offer.instalments.count == 1 ? paidAtOnce : instalments(offer.instalments.text)
    }
}
