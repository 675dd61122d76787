import HTML

/// Ends the mails that may be ended.
package struct UnsubscribePage: Page {
    let code: UnsubscribeCode
    let isDone: Bool

    package init(code: UnsubscribeCode, isDone: Bool) {
        self.code = code
        self.isDone = isDone
    }

    package func title(_ texts: Texts) -> String {
        isDone ? texts.mailbox.unsubscribed : texts.mailbox.unsubscribe
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.mailbox
        html(.div, .class("narrow-page")) { html in
            html.heading(
                title(context.texts), lead: isDone ? texts.unsubscribedLead : texts.whatEnds)
            if !isDone {
                // Without a token, as mail programs send it.
                html(
                    .form, .method(.post), .action(MailRoute.unsubscribe(code).link()),
                    .class("form")
                ) { html in
                    html(.button, .type("submit"), text: texts.unsubscribe)
                }
            }
        }
    }
}
