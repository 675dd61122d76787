import Domain
import HTML

/// What is kept of a candidate, to be taken along or erased.
package struct ApplicationDataPage: Page {
    let code: ReceiptCode
    let job: JobReference
    let sent: ApplicationPage.Sent
    let language: Language
    let message: CoverMessage
    let recommendation: CoverMessage

    package init(
        code: ReceiptCode, job: JobReference, sent: ApplicationPage.Sent, language: Language,
        message: CoverMessage, recommendation: CoverMessage
    ) {
        self.code = code
        self.job = job
        self.sent = sent
        self.language = language
        self.message = message
        self.recommendation = recommendation
    }

    package func title(_ texts: Texts) -> String { texts.erasure.dataTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.div, .class("narrow-page")) { html in
            html.backLink(texts.application.stateTitle, Links.receipt(code), context)
            html.heading(
                texts.erasure.dataTitle,
                lead: texts.job.titleAtCompany(job.title.text, job.company.text))
            html(.section, .class("card")) { html in
                html(.dl, .class("facts")) { html in
                    html.fact(texts.form.label(.name), text: sent.name.text)
                    html.fact(texts.form.label(.email), text: sent.email.text)
                    if let phone = sent.phone {
                        html.fact(texts.form.label(.phone), text: phone.text)
                    }
                    html.fact(
                        texts.form.label(.cv), text: sent.cvName?.text ?? texts.company.noCV)
                    html.fact(
                        texts.form.label(.language), text: texts.value.language(language))
                }
                words(message, texts.erasure.yourWords, &html)
                words(recommendation, texts.erasure.theirWords, &html)
            }
            html(.section, .class("card")) { html in
                html(.h2, text: texts.erasure.exportTitle)
                html(.p, text: texts.erasure.exportLead)
                html(
                    .a, .class("button"), .href(Links.exportApplication(code)), .download,
                    text: texts.erasure.export)
            }
            html(.section, .class("card")) { html in
                html(.h2, text: texts.erasure.title)
                html(.p, text: texts.erasure.lead)
                html(
                    .a, .class("button quiet danger"), .href(Links.eraseApplication(code)),
                    text: texts.erasure.goOn)
            }
        }
    }

    private func words(_ text: CoverMessage, _ title: String, _ html: inout HTMLPrinter) {
        guard !text.text.isEmpty else { return }
        html(.h2, text: title)
        html.prose(text.text)
    }
}

/// What erasing does, before it is done.
package struct EraseApplicationPage: Page {
    let code: ReceiptCode
    let job: JobReference
    let input: FormInput

    package init(code: ReceiptCode, job: JobReference, input: FormInput = FormInput()) {
        self.code = code
        self.job = job
        self.input = input
    }

    package func title(_ texts: Texts) -> String { texts.erasure.title }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html(.div, .class("narrow-page")) { html in
            html.backLink(texts.erasure.dataTitle, Links.applicationData(code), context)
            html.heading(
                texts.erasure.title,
                lead: texts.job.titleAtCompany(job.title.text, job.company.text))
            html.errorSummary(form)
            html(.ul) { html in
                for sentence in texts.erasure.consequences(Attribution.ownershipDays) {
                    html(.li, text: sentence)
                }
            }
            html.postForm(Links.eraseApplication(code), context) { html in
                html.consentField(
                    .consent, form, sentence: texts.erasure.agreement,
                    explanation: texts.erasure.definite)
                html(
                    .button, .type("submit"), .class("danger"), text: texts.erasure.erase)
            }
        }
    }
}

/// What stands where an application was.
package struct ErasedPage: Page {
    package init() {}

    package func title(_ texts: Texts) -> String { texts.erasure.doneTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.erasure.doneTitle, lead: texts.erasure.doneLead)
            html(.p) { html in
                html(.a, .class("button"), .href(Links.jobs), text: texts.common.jobs)
            }
        }
    }
}
