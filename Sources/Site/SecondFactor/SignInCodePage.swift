import Domain
import HTML

/// The second step of signing in: a code of the app, or a recovery code.
package struct SignInCodePage: Page {
    let input: FormInput
    let next: String?

    /// - Parameter next: path and query to go to afterwards.
    package init(input: FormInput = FormInput(), next: String? = nil) {
        self.input = input
        self.next = next
    }

    package var section: Section { .signIn }

    package func title(_ texts: Texts) -> String { texts.factor.codeTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.factor
        let form = Form(input, context)
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.codeTitle, lead: texts.codeLead)
            html.errorSummary(form)
            html.postForm(Links.signInCode, context) { html in
                nextField(&html)
                html.oneTimeCodeField(.factorCode, form)
                html(
                    .button, .type("submit"), .class("wide"),
                    text: context.texts.account.signInButton)
            }
            html(
                .details, .class("aside"),
                .open(input.error(of: .recoveryCode) != nil)
            ) { html in
                html(.summary, text: texts.appLost)
                html.postForm(Links.signInCode, context) { html in
                    nextField(&html)
                    html.recoveryCodeField(.recoveryCode, form, hint: texts.recoveryHint)
                    html(
                        .button, .type("submit"), .class("quiet"), text: texts.useRecoveryCode)
                }
                html(.p, .class("muted"), text: texts.nothingLeft)
            }
        }
    }

    private func nextField(_ html: inout HTMLPrinter) {
        guard let next else { return }
        html(.input, .type("hidden"), .name("next"), .value(next))
    }
}

extension HTMLPrinter {
    /// Six digits of an app; phones offer their keys for numbers.
    mutating func oneTimeCodeField(
        _ field: ValidationError.Field, _ form: Form, hint: String? = nil
    ) {
        textField(
            field, form, FieldNote(hint: hint, isNarrow: true),
            attributes: [
                .type("text"), .autocomplete("one-time-code"), .inputMode("numeric"),
                .maxLength(2 * OneTimeCode.digits), .spellCheck(false),
            ])
    }

    /// A code with letters: a recovery code, or one of either kind.
    mutating func recoveryCodeField(
        _ field: ValidationError.Field, _ form: Form, hint: String? = nil
    ) {
        textField(
            field, form, FieldNote(hint: hint),
            attributes: [
                .type("text"), .autocomplete("off"), .maxLength(3 * RecoveryCode.length),
                .spellCheck(false),
            ])
    }

    /// The password of whoever is signed in.
    mutating func presentPasswordField(_ form: Form) {
        textField(
            .password, form, attributes: [.type("password"), .autocomplete("current-password")])
    }
}
