import HTML

/// A form whose token was too old, ready to be sent again with what was typed.
///
/// Only for a request that came from this very site (its Origin says so): for another one this page
/// would be a forged request that lacks one click.
package struct FormExpiredPage: Page {
    let action: String
    let fields: [(name: String, value: String)]
    let fileField: String?

    /// - Parameters:
    ///   - action: the path the form was sent to.
    ///   - fields: everything that was typed; passwords and the old token are left out by the caller.
    ///   - fileField: the name of a file field, which has to be chosen again.
    package init(
        action: String, fields: [(name: String, value: String)], fileField: String? = nil
    ) {
        self.action = action
        self.fields = fields
        self.fileField = fileField
    }

    package func title(_ texts: Texts) -> String { texts.error.formExpiredTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.error
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.formExpiredTitle, lead: texts.formExpiredText)
            html.postForm(
                URLReference(target: action), context, isMultipart: fileField != nil
            ) { html in
                for field in fields {
                    html(.input, .type("hidden"), .name(field.name), .value(field.value))
                }
                if let fileField {
                    html(.div, .class("field")) { html in
                        html(.label, .for("file"), text: texts.formExpiredFile)
                        html(.input, .type("file"), .id("file"), .name(fileField))
                    }
                }
                html(.button, .type("submit"), text: texts.sendAgain)
            }
        }
    }
}
