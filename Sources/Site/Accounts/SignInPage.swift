import Domain
import HTML

/// The form that signs in.
package struct SignInPage: Page {
    let input: FormInput
    let hasFailed: Bool
    let next: String?

    /// - Parameters:
    ///   - hasFailed: whether e-mail or password were wrong; which of them is not said.
    ///   - next: path and query to go to afterwards.
    package init(input: FormInput = FormInput(), hasFailed: Bool = false, next: String? = nil) {
        self.input = input
        self.hasFailed = hasFailed
        self.next = next
    }

    package var section: Section { .signIn }

    package func title(_ texts: Texts) -> String { texts.account.signInTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.account
        let form = Form(input, context)
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.signInTitle, lead: texts.signInLead)
            html.errorSummary(form)
            if hasFailed {
                html(.p, .class("error-summary"), .role("alert"), text: texts.signInFailed)
            }
            html.postForm(Links.signIn, context) { html in
                if let next {
                    html(.input, .type("hidden"), .name("next"), .value(next))
                }
                html.emailField(form)
                html.textField(
                    .password, form,
                    attributes: [.type("password"), .autocomplete("current-password")])
                html(.button, .type("submit"), .class("wide"), text: texts.signInButton)
            }
            html(.div, .class("aside")) { html in
                html(.p) { html in
                    html(.a, .href(Links.forgot), text: context.texts.mailed.forgotLink)
                }
                html(.p) { html in
                    html.text(texts.noAccountYet + " ")
                    html(
                        .a, .href(Links.signUpCompany), text: context.texts.common.forCompanies)
                    html.text(" · ")
                    html(
                        .a, .href(Links.signUpAffiliate), text: context.texts.common.forAffiliates)
                }
                html(.p, .class("muted"), text: texts.candidatesNeedNone)
            }
        }
    }
}

extension HTMLPrinter {
    /// The e-mail address of the person who fills in the form.
    mutating func emailField(_ form: Form, hint: String? = nil) {
        textField(
            .email, form, FieldNote(hint: hint),
            attributes: [
                .type("email"), .autocomplete("email"), .inputMode("email"),
                .maxLength(EmailAddress.bytesMax), .spellCheck(false),
            ])
    }

    /// The name of the person who fills in the form.
    mutating func nameField(_ form: Form) {
        textField(
            .name, form,
            attributes: [
                .type("text"), .autocomplete("name"), .maxLength(TextRules.PersonName.lengthMax),
            ])
    }
}
