import Domain
import HTML

/// The form by which a candidate applies for a job, without an account.
package struct ApplyPage: Page {
    let job: JobReference
    let via: LinkCode?
    let input: FormInput
    let idempotencyKey: String

    /// - Parameters:
    ///   - via: the affiliate's link by which the candidate came; the form carries it on.
    ///   - idempotencyKey: makes one application of a form that is sent twice.
    package init(
        job: JobReference, via: LinkCode?, input: FormInput = FormInput(), idempotencyKey: String
    ) {
        self.job = job
        self.via = via
        self.input = input
        self.idempotencyKey = idempotencyKey
    }

    package var section: Section { .jobs }

    package func title(_ texts: Texts) -> String { texts.application.title(job.title.text) }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.application
        html(.div, .class("narrow-page")) { html in
            html.backLink(texts.backToJob, Links.job(job.slug, via: via), context)
            html.heading(title(context.texts), lead: texts.at(job.company.text))
            if via != nil { html(.p, .class("vouched"), text: texts.cameRecommended) }
            form(&html, context)
        }
    }

    private func form(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.application
        let form = Form(input, context)
        html.errorSummary(form)
        html.postForm(Links.apply(job.slug, via: via), context, isMultipart: true) { html in
            if let via {
                html(.input, .type("hidden"), .name("code"), .value(via.text))
            }
            html.idempotencyKey(idempotencyKey)
            html(.fieldset) { html in
                html(.legend, text: texts.yourDetails)
                html.nameField(form)
                html.emailField(form, hint: texts.emailHint)
                html.textField(
                    .phone, form, FieldNote(hint: texts.phoneHint, isOptional: true),
                    attributes: [.type("tel"), .autocomplete("tel"), .maxLength(32)])
            }
            html(.fieldset) { html in
                html(.legend, text: texts.yourPapers)
                cvField(form, &html, texts)
                html.textArea(
                    .message, form, FieldNote(hint: texts.messageHint, isOptional: true), rows: 6,
                    attributes: [.maxLength(TextRules.Message.lengthMax)])
            }
            html.consentField(
                .consent, form, sentence: texts.consent(job.company.text),
                explanation: texts.consentExplained)
            html(.button, .type("submit"), .class("large"), text: texts.send)
        }
    }

    private func cvField(_ form: Form, _ html: inout HTMLPrinter, _ texts: ApplicationTexts) {
        let hint = input.failure == nil ? texts.cvHint : texts.cvHint + " " + texts.cvAgain
        html.textField(
            .cv, form, FieldNote(hint: hint),
            attributes: [.type("file"), .accept(".pdf,application/pdf")])
    }
}

/// A job as another page names it.
package struct JobReference: Sendable {
    package let slug: JobSlug
    package let title: JobTitle
    package let company: CompanyName

    package init(slug: JobSlug, title: JobTitle, company: CompanyName) {
        self.slug = slug
        self.title = title
        self.company = company
    }
}

extension HTMLPrinter {
    /// The hidden field that makes one write of a form that is sent twice.
    mutating func idempotencyKey(_ key: String) {
        self(
            .input, .type("hidden"), .name(ValidationError.Field.idempotencyKey.rawValue),
            .value(key))
    }
}
