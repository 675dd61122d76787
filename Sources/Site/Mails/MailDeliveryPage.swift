import Domain
import HTML
import Store

/// How the delivery of mails goes, and what could not be delivered.
package struct MailDeliveryPage: Page {
    let state: MailDelivery.State
    let deadLetters: [MailDelivery.DeadLetter]
    let suppressed: [MailDelivery.Suppressed]

    package init(
        state: MailDelivery.State, deadLetters: [MailDelivery.DeadLetter],
        suppressed: [MailDelivery.Suppressed]
    ) {
        self.state = state
        self.deadLetters = deadLetters
        self.suppressed = suppressed
    }

    package var section: Section { .adminMails }

    package func title(_ texts: Texts) -> String { texts.mailbox.delivery }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.mailbox.delivery, lead: texts.mailbox.deliveryLead)
        html(.ul, .class("card")) { html in
            html(.li, text: texts.mailbox.waiting(state.waiting))
            if let oldest = state.oldestWaiting {
                html(.li, text: texts.mailbox.oldest(texts.value.dateTime(oldest)))
            }
            if let median = state.median, let slowest = state.slowest {
                html(
                    .li,
                    text: texts.mailbox.took(
                        texts.value.number(median), texts.value.number(slowest)))
            }
        }
        html(.h2, text: texts.mailbox.deadLetters)
        if deadLetters.isEmpty {
            html.emptyState(texts.mailbox.noDeadLetters, texts.mailbox.noDeadLettersHint, context)
        } else {
            deadLetterTable(&html, context)
        }
        html(.h2, text: texts.mailbox.suppressed)
        if suppressed.isEmpty {
            html.emptyState(texts.mailbox.noSuppressed, texts.mailbox.noSuppressedHint, context)
        } else {
            suppressedTable(&html, context)
        }
    }

    private func deadLetterTable(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.mailbox.deadLetters,
            columns: [
                Table.Column(name: texts.mailbox.message), Table.Column(name: texts.mailbox.why),
                Table.Column(name: texts.mailbox.at),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        html.table(table, rows: deadLetters) { letter, row, html in
            row.header(&html) { html in
                html(.code, text: letter.topic)
                html(.span, .class("sub"), text: texts.mailbox.tries(letter.attempts))
            }
            row.cell(&html, text: letter.error)
            row.cell(&html) { html in html.moment(letter.failedAt, texts) }
            row.cell(&html) { html in
                html.postForm(Links.resendMail(letter.id), context) { html in
                    html(.button, .type("submit"), .class("small"), text: texts.admin.sendAgain)
                }
            }
        }
    }

    private func suppressedTable(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.mailbox.suppressed,
            columns: [
                Table.Column(name: texts.mailbox.to), Table.Column(name: texts.mailbox.why),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        html.table(table, rows: suppressed) { entry, row, html in
            row.header(&html) { html in
                html.text(entry.address.text)
                html(.span, .class("sub"), text: texts.value.dateTime(entry.since))
            }
            row.cell(&html, text: entry.reason)
            row.cell(&html) { html in
                html.postForm(MailRoute.allowAddress.link(), context) { html in
                    html(
                        .input, .type("hidden"), .name(ValidationError.Field.email.rawValue),
                        .value(entry.address.text))
                    html(.button, .type("submit"), .class("small"), text: texts.mailbox.allow)
                }
            }
        }
    }
}
