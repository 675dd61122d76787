import Domain
import HTML

/// The form that makes an account: for a company, or for an affiliate.
package struct SignUpPage: Page {
    let role: Role
    let input: FormInput

    /// - Parameter role: `company` or `affiliate`; admins are made by a command.
    package init(for role: Role, input: FormInput = FormInput()) {
        self.role = role
        self.input = input
    }

    private var isCompany: Bool { role == .company }

    package var section: Section { isCompany ? .signUpCompany : .signUpAffiliate }

    package func title(_ texts: Texts) -> String {
        isCompany ? texts.account.companyTitle : texts.account.affiliateTitle
    }

    package func metadata(_ context: PageContext) -> PageMetadata {
        let texts = context.texts.account
        return PageMetadata(
            description: isCompany ? texts.companyLead : texts.affiliateLead,
            canonical: isCompany ? Links.signUpCompany : Links.signUpAffiliate)
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.account
        html(.div, .class("split")) { html in
            html(.div) { html in
                html(.h1, text: title(context.texts))
                html(.p, .class("lead"), text: isCompany ? texts.companyLead : texts.affiliateLead)
                html(.ul, .class("ticks")) { html in
                    for point in isCompany ? texts.companyPoints : texts.affiliatePoints {
                        html(.li, text: point)
                    }
                }
            }
            html(.div, .class("card")) { html in form(&html, context) }
        }
    }

    private func form(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.account
        let form = Form(input, context)
        html.errorSummary(form)
        html.postForm(isCompany ? Links.signUpCompany : Links.signUpAffiliate, context) { html in
            if isCompany {
                html.textField(
                    .companyName, form,
                    attributes: [
                        .type("text"), .autocomplete("organization"),
                        .maxLength(TextRules.CompanyName.lengthMax),
                    ])
            }
            html.nameField(form)
            html.emailField(form, hint: isCompany ? texts.workEmailHint : nil)
            html.textField(
                .password, form, FieldNote(hint: texts.passwordHint),
                attributes: [
                    .type("password"), .autocomplete("new-password"),
                    .minLength(NewPassword.lengthMin),
                ])
            html(
                .button, .type("submit"), .class("wide"),
                text: isCompany ? texts.companyButton : texts.affiliateButton)
            html(.p, .class("muted small"), text: texts.privacy)
        }
        html(.p, .class("aside")) { html in
            html.text(texts.haveAccount + " ")
            html(.a, .href(Links.signIn), text: texts.signInTitle)
        }
    }
}
