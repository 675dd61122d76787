import Domain
import HTML

/// A new secret for an app, and the form that takes its first code.
package struct SetUpFactorPage: Page {
    let secret: String
    let picture: QRCode?
    let offer: String
    let role: Role
    let isReplacement: Bool
    let input: FormInput

    /// - Parameters:
    ///   - secret: its letters in groups, to be typed where nothing can be scanned.
    ///   - picture: the same for a camera.
    ///   - offer: the sealed secret, which the form sends back.
    ///   - isReplacement: whether there is a factor, whose code is asked for too.
    package init(
        secret: String, picture: QRCode?, offer: String, role: Role, isReplacement: Bool,
        input: FormInput = FormInput()
    ) {
        self.secret = secret
        self.picture = picture
        self.offer = offer
        self.role = role
        self.isReplacement = isReplacement
        self.input = input
    }

    package var section: Section { .account }

    package func title(_ texts: Texts) -> String {
        isReplacement ? texts.factor.replaceTitle : texts.factor.setUpTitle
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.factor
        let form = Form(input, context)
        html.heading(
            title(context.texts),
            lead: role == .admin && !isReplacement ? texts.adminsNeedIt : texts.whatItIs)
        html.errorSummary(form)
        html(.section, .class("card"), .ariaLabelledBy("step-scan")) { html in
            html(.h2, .id("step-scan"), text: texts.stepScan)
            html(.p, text: texts.scanLead)
            html(.div, .class("factor-secret")) { html in
                if let picture { html.picture(of: picture, label: texts.pictureLabel) }
                html(.div) { html in
                    html(.p, .id("factor-key"), text: texts.orType)
                    html(.p, .class("factor-key")) { html in html(.code, text: secret) }
                    html(.p, .class("muted"), text: texts.keepToYourself)
                }
            }
        }
        html(.section, .class("card"), .ariaLabelledBy("step-code")) { html in
            html(.h2, .id("step-code"), text: texts.stepCode)
            html.postForm(Links.secondFactor, context) { html in
                html(.input, .type("hidden"), .name("factor_secret"), .value(offer))
                html.oneTimeCodeField(.factorCode, form, hint: texts.firstCodeHint)
                if isReplacement {
                    html.recoveryCodeField(.currentCode, form, hint: texts.currentCodeHint)
                }
                html.presentPasswordField(form)
                html(.button, .type("submit"), text: texts.setUp)
            }
        }
    }
}

extension HTMLPrinter {
    /// A QR code as a drawing of the page itself, which needs no request and no other policy.
    mutating func picture(of code: QRCode, label: String) {
        self(
            .svg, .class("qr-code"), .viewBox("0 0 \(code.extent) \(code.extent)"),
            .role("img"), .ariaLabel(label)
        ) { html in
            html(.path, .pathData(code.path)) { _ in }
        }
    }
}
