import Domain
import HTML

// The forms that change by what an account is entered.

extension AccountPage {
    func addressSection(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.mailed
        let form = Form(addressInput, context)
        html(.section, .class("card"), .ariaLabelledBy("address")) { html in
            html(.h2, .id("address"), text: texts.addressTitle)
            html(.p, text: texts.addressLead)
            if let wantedAddress {
                html(.div, .class("notice info")) { html in
                    html(.div) { html in
                        html(.p, text: texts.wanted(wantedAddress.text))
                        html.sendConfirmationForm(context)
                    }
                }
            }
            html.errorSummary(form)
            html.postForm(Links.changeAddress, context) { html in
                html.textField(
                    .email, form, FieldNote(label: texts.newAddress),
                    attributes: [
                        .type("email"), .autocomplete("email"), .inputMode("email"),
                        .maxLength(EmailAddress.bytesMax), .spellCheck(false),
                    ])
                html.textField(
                    .password, form,
                    attributes: [.type("password"), .autocomplete("current-password")])
                html(.button, .type("submit"), .class("quiet"), text: texts.changeAddress)
            }
        }
    }

    func passwordSection(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.mailed
        let form = Form(passwordInput, context)
        html(.section, .class("card"), .ariaLabelledBy("password")) { html in
            html(.h2, .id("password"), text: texts.passwordTitle)
            html(.p, text: texts.passwordLead)
            html.errorSummary(form)
            html.postForm(Links.changePassword, context) { html in
                html.textField(
                    .currentPassword, form,
                    attributes: [.type("password"), .autocomplete("current-password")])
                html.newPasswordField(form, context)
                html(.button, .type("submit"), .class("quiet"), text: texts.changePassword)
            }
        }
    }
}
