import Domain
import HTML

/// The form that asks for a link to set a new password.
package struct ForgotPage: Page {
    let input: FormInput

    package init(input: FormInput = FormInput()) { self.input = input }

    package var section: Section { .signIn }

    package func title(_ texts: Texts) -> String { texts.mailed.forgotTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.mailed
        let form = Form(input, context)
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.forgotTitle, lead: texts.forgotLead)
            html.errorSummary(form)
            html.postForm(Links.forgot, context) { html in
                html.emailField(form)
                html(.button, .type("submit"), .class("wide"), text: texts.forgotButton)
            }
            html(.p, .class("aside")) { html in
                html(.a, .href(Links.signIn), text: context.texts.account.signInTitle)
            }
        }
    }
}

/// The form behind the link: a new password.
package struct ResetPasswordPage: Page {
    let token: MailToken
    let email: EmailAddress
    let input: FormInput

    package init(token: MailToken, email: EmailAddress, input: FormInput = FormInput()) {
        self.token = token
        self.email = email
        self.input = input
    }

    package func title(_ texts: Texts) -> String { texts.mailed.resetTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.mailed
        let form = Form(input, context)
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.resetTitle, lead: texts.resetLead(email.text))
            html.errorSummary(form)
            html.postForm(Links.reset(token), context) { html in
                html.newPasswordField(form, context)
                html(.button, .type("submit"), .class("wide"), text: texts.resetButton)
                html(.p, .class("muted small"), text: texts.resetConsequences)
            }
        }
    }
}

/// What stands where a mailed link led that was used or is too old.
package struct MailedLinkOverPage: Page {
    let purpose: MailPurpose

    package init(purpose: MailPurpose) { self.purpose = purpose }

    package func title(_ texts: Texts) -> String { texts.mailed.overTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.mailed
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.overTitle, lead: texts.over(purpose))
            html(.p) { html in
                switch purpose {
                case .resetPassword:
                    html(.a, .class("button"), .href(Links.forgot), text: texts.forgotTitle)
                case .answerRecommendation:
                    html(.a, .class("button"), .href(Links.jobs), text: context.texts.common.jobs)
                case .confirmAddress, .acceptInvitation:
                    html(
                        .a, .class("button"), .href(Links.signIn), text: context.texts.common.signIn
                    )
                }
            }
        }
    }
}

extension HTMLPrinter {
    /// A password that is to be set.
    mutating func newPasswordField(_ form: Form, _ context: PageContext) {
        textField(
            .newPassword, form, FieldNote(hint: context.texts.account.passwordHint),
            attributes: [
                .type("password"), .autocomplete("new-password"), .minLength(NewPassword.lengthMin),
            ])
    }
}
