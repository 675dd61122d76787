import Domain
import HTML

/// What a mailed link to confirm an address leads to: a button that does it.
package struct ConfirmAddressPage: Page {
    let token: MailToken
    let address: EmailAddress

    package init(token: MailToken, address: EmailAddress) {
        self.token = token
        self.address = address
    }

    package func title(_ texts: Texts) -> String { texts.mailed.confirmTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.mailed
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.confirmTitle, lead: texts.confirmLead)
            html(.section, .class("card")) { html in
                html(.p) { html in html(.strong, text: address.text) }
                html.postForm(Links.confirm(token), context) { html in
                    html(.button, .type("submit"), .class("large"), text: texts.confirmButton)
                    html(.p, .class("muted small"), text: texts.confirmNotYou)
                }
            }
        }
    }
}
