import Domain
import HTML

/// The candidate's own page: the receipt of an application, and its state ever after.
package struct ApplicationPage: Page {
    let code: ReceiptCode
    let job: JobReference
    let isJobOpen: Bool
    let stage: Stage
    let sentAt: Instant
    let rejection: RejectionReason?
    let sent: Sent
    let history: [Step]
    let isNew: Bool

    /// What the candidate gave.
    package struct Sent: Sendable {
        package let name: PersonName
        package let email: EmailAddress
        package let phone: PhoneNumber?
        package let cvName: FileName?

        package init(
            name: PersonName, email: EmailAddress, phone: PhoneNumber?, cvName: FileName?
        ) {
            self.name = name
            self.email = email
            self.phone = phone
            self.cvName = cvName
        }
    }

    /// One row of the stage history as the candidate sees it: without the company's notes.
    package struct Step: Sendable {
        package let stage: Stage
        package let at: Instant

        package init(stage: Stage, at: Instant) {
            self.stage = stage
            self.at = at
        }
    }

    /// - Parameters:
    ///   - history: oldest first.
    ///   - isNew: whether the application was sent just now, so that the page is its receipt.
    package init(
        code: ReceiptCode, job: JobReference, isJobOpen: Bool, stage: Stage, sentAt: Instant,
        rejection: RejectionReason?, sent: Sent, history: [Step], isNew: Bool
    ) {
        self.code = code
        self.job = job
        self.isJobOpen = isJobOpen
        self.stage = stage
        self.sentAt = sentAt
        self.rejection = rejection
        self.sent = sent
        self.history = history
        self.isNew = isNew
    }

    package func title(_ texts: Texts) -> String {
        isNew ? texts.application.receiptTitle : texts.application.stateTitle
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.application
        html(.div, .class("narrow-page")) { html in
            html.heading(
                title(context.texts),
                lead: context.texts.job.titleAtCompany(job.title.text, job.company.text))
            state(&html, context)
            html(.section, .class("card")) { html in
                html(.p, text: texts.keepAddress)
                html.copyLine(
                    Links.receipt(code).absolute(origin: context.origin).encoded,
                    label: texts.pageAddress, context)
            }
            historySection(&html, context)
            sentSection(&html, context)
            if !stage.isFinal { withdrawal(&html, context) }
            if stage != .unconfirmed {
                html(.p) { html in
                    html(
                        .a, .href(Links.applicationData(code)),
                        text: context.texts.erasure.dataLink)
                }
            }
        }
    }

    private func state(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.section, .class("card"), .ariaLabelledBy("state")) { html in
            html(.h2, .id("state"), text: texts.application.presentStage)
            html(.p) { html in html.badge(stage, texts) }
            html(.p, text: texts.application.meaning(stage, job.company.text))
            if let rejection {
                html(.p) { html in
                    html.text(texts.application.reasonGiven + ": ")
                    html(.strong, text: texts.value.rejection(rejection))
                }
            }
            if isJobOpen {
                html(.p) { html in
                    html(.a, .href(Links.job(job.slug)), text: texts.application.backToJob)
                }
            }
        }
    }

    private func historySection(_ html: inout HTMLPrinter, _ context: PageContext) {
        html(.section) { html in
            html(.h2, text: context.texts.application.history)
            html.timeline(history) { step, html in
                html(.strong, text: context.texts.value.stage(step.stage))
                html.text(" ")
                html.moment(step.at, context.texts)
            }
        }
    }

    private func sentSection(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.section) { html in
            html(.h2, text: texts.application.whatYouSent)
            html(.dl, .class("facts")) { html in
                html.fact(texts.application.sentOn) { html in html.moment(sentAt, texts) }
                html.fact(texts.form.label(.name), text: sent.name.text)
                html.fact(texts.form.label(.email), text: sent.email.text)
                if let phone = sent.phone { html.fact(texts.form.label(.phone), text: phone.text) }
                html.fact(texts.form.label(.cv), text: sent.cvName?.text ?? texts.company.noCV)
            }
        }
    }

    private func withdrawal(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.application
        html(.details, .class("card")) { html in
            html(.summary, text: texts.withdrawTitle)
            html(.p, text: texts.withdrawText)
            html.postForm(Links.withdraw(code), context, style: "plain") { html in
                html(.button, .type("submit"), .class("danger"), text: texts.withdraw)
            }
        }
    }
}
