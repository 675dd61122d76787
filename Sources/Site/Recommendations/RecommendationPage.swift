import Domain
import HTML

/// What a person sees whom somebody recommended: everything that is kept, and the two answers.
package struct RecommendationPage: Page {
    let token: MailToken
    let job: JobReference
    let isJobOpen: Bool
    let kept: Kept
    let input: FormInput

    /// Everything that is kept of the person.
    package struct Kept: Sendable {
        package let name: PersonName
        package let email: EmailAddress
        package let phone: PhoneNumber?
        package let language: Language
        package let words: CoverMessage
        package let affiliate: PersonName
        package let since: Instant
        /// When it is erased if nobody answers.
        package let erasedAt: Instant

        package init(
            name: PersonName, email: EmailAddress, phone: PhoneNumber?, language: Language,
            words: CoverMessage, affiliate: PersonName, since: Instant, erasedAt: Instant
        ) {
            self.name = name
            self.email = email
            self.phone = phone
            self.language = language
            self.words = words
            self.affiliate = affiliate
            self.since = since
            self.erasedAt = erasedAt
        }
    }

    /// - Parameter input: the form that agrees.
    package init(
        token: MailToken, job: JobReference, isJobOpen: Bool, kept: Kept,
        input: FormInput = FormInput()
    ) {
        self.token = token
        self.job = job
        self.isJobOpen = isJobOpen
        self.kept = kept
        self.input = input
    }

    package func title(_ texts: Texts) -> String { texts.recommendation.title(job.title.text) }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.recommendation
        html(.div, .class("narrow-page")) { html in
            html.heading(
                title(context.texts),
                lead: texts.lead(kept.affiliate.text, job.company.text))
            facts(&html, context)
            if isJobOpen {
                agreement(&html, context)
            } else {
                html(.p, .class("notice info"), text: texts.jobClosed)
            }
            refusal(&html, context)
        }
    }

    private func facts(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.section, .class("card"), .ariaLabelledBy("kept")) { html in
            html(.h2, .id("kept"), text: texts.recommendation.keptTitle)
            html(.p, text: texts.recommendation.keptLead(kept.affiliate.text))
            html(.dl, .class("facts")) { html in
                html.fact(texts.recommendation.name, text: kept.name.text)
                html.fact(texts.form.label(.email), text: kept.email.text)
                if let phone = kept.phone {
                    html.fact(texts.form.label(.phone), text: phone.text)
                }
                html.fact(texts.form.label(.language), text: texts.value.language(kept.language))
                html.fact(texts.recommendation.namedBy, text: kept.affiliate.text)
                html.fact(texts.recommendation.job) { html in
                    html(.a, .href(Links.job(job.slug)), text: job.title.text)
                }
                html.fact(texts.recommendation.since) { html in html.moment(kept.since, texts) }
                html.fact(texts.recommendation.erasedAt) { html in
                    html.moment(kept.erasedAt, texts)
                }
            }
            if !kept.words.text.isEmpty {
                html(.h3, text: texts.recommendation.says(kept.affiliate.text))
                html.prose(kept.words.text, headings: .h4)
            }
        }
    }

    private func agreement(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html(.section, .class("card"), .ariaLabelledBy("agree")) { html in
            html(.h2, .id("agree"), text: texts.recommendation.agreeTitle)
            html(.p, text: texts.recommendation.agreeLead(job.company.text))
            html.errorSummary(form)
            html.postForm(Links.confirmRecommendation(token), context, isMultipart: true) { html in
                html.textField(
                    .phone, form,
                    FieldNote(hint: texts.application.phoneHint, isOptional: true),
                    attributes: [.type("tel"), .autocomplete("tel"), .maxLength(32)])
                html.textField(
                    .cv, form, FieldNote(hint: texts.application.cvHint, isOptional: true),
                    attributes: [.type("file"), .accept(".pdf,application/pdf")])
                html.textArea(
                    .message, form,
                    FieldNote(hint: texts.application.messageHint, isOptional: true), rows: 6,
                    attributes: [.maxLength(TextRules.Message.lengthMax)])
                html.consentField(
                    .consent, form,
                    sentence: texts.recommendation.agreement(job.company.text),
                    explanation: texts.application.consentExplained)
                html(
                    .button, .type("submit"), .class("large"),
                    text: texts.recommendation.agreeButton)
            }
        }
    }

    private func refusal(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.recommendation
        html(.section, .class("card"), .ariaLabelledBy("refuse")) { html in
            html(.h2, .id("refuse"), text: texts.refuseTitle)
            html(.p, text: texts.refuseLead)
            html.postForm(Links.refuseRecommendation(token), context, style: "plain") { html in
                html(.button, .type("submit"), .class("quiet danger"), text: texts.refuseButton)
            }
        }
    }
}

/// What a person sees who agrees, and is a candidate for the job already.
package struct KnownAlreadyPage: Page {
    let match: CandidateMatch

    package init(match: CandidateMatch) { self.match = match }

    package func title(_ texts: Texts) -> String { texts.recommendation.knownTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.div, .class("narrow-page")) { html in
            html.heading(
                title(texts), lead: texts.error.sentence(.duplicate(.candidate(match))))
            html(.p, text: texts.recommendation.knownLead)
            html(.p) { html in
                html(.a, .class("button"), .href(Links.jobs), text: texts.common.jobs)
            }
        }
    }
}
