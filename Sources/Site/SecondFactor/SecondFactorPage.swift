import Domain
import HTML

/// The second factor of an account that has one: since when, and what can be done about it.
package struct SecondFactorPage: Page {
    let role: Role
    let since: Instant
    let codesLeft: Int
    var input: FormInput

    package init(role: Role, since: Instant, codesLeft: Int, input: FormInput = FormInput()) {
        self.role = role
        self.since = since
        self.codesLeft = codesLeft
        self.input = input
    }

    package var section: Section { .account }

    package func title(_ texts: Texts) -> String { texts.factor.title }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.factor
        let form = Form(input, context)
        html.backLink(context.texts.account.title, Links.account, context)
        html.heading(texts.title, lead: texts.whatItIs)
        html(.section, .class("card")) { html in
            html(.dl, .class("facts")) { html in
                html.fact(texts.setUpOn) { html in html.moment(since, context.texts) }
                html.fact(texts.codesLeft, text: texts.codes(codesLeft))
            }
            if codesLeft <= 2 { html(.p, .class("muted"), text: texts.fewCodesLeft) }
            html(.a, .class("button quiet"), .href(Links.replaceFactor), text: texts.replace)
        }
        html(.section, .class("card"), .ariaLabelledBy("change")) { html in
            html(.h2, .id("change"), text: texts.changeTitle)
            html(.p, text: role == .admin ? texts.changeLeadAdmin : texts.changeLead)
            html.errorSummary(form)
            html.postForm(Links.renewRecoveryCodes, context) { html in
                html.presentPasswordField(form)
                html.recoveryCodeField(.factorCode, form, hint: texts.currentCodeHint)
                html(.div, .class("actions")) { html in
                    html(.button, .type("submit"), .class("quiet"), text: texts.renew)
                    if role != .admin {
                        html(
                            .button, .type("submit"), .class("quiet danger"),
                            .formAction(Links.removeFactor), text: texts.remove)
                    }
                }
            }
        }
    }
}

/// New recovery codes, shown this once.
package struct RecoveryCodesPage: Page {
    let codes: [String]
    let role: Role

    package init(codes: [String], role: Role) {
        self.codes = codes
        self.role = role
    }

    package var section: Section { .account }

    package func title(_ texts: Texts) -> String { texts.factor.codesTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.factor
        html.heading(texts.codesTitle, lead: texts.codesLead)
        html(.section, .class("card")) { html in
            html(.ol, .class("recovery-codes")) { html in
                for code in codes {
                    html(.li) { html in html(.code, text: code) }
                }
            }
            html(.p, text: texts.codesOnce)
            html(.p, .class("muted"), text: texts.codesEach)
        }
        html(.p, .class("no-print")) { html in
            html(
                .a, .class("button"), .href(URLReference(target: Visit.desk(of: role))),
                text: texts.codesKept)
        }
    }
}
