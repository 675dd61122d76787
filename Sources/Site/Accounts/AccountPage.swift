import Domain
import HTML

/// The account of whoever is signed in: language and API tokens.
package struct AccountPage: Page {
    let name: PersonName
    let email: EmailAddress
    let role: Role
    let language: Language
    let tokens: [TokenRow]
    let idempotencyKey: String
    let wantedAddress: EmailAddress?
    let hasSecondFactor: Bool
    let newToken: String?
    let input: FormInput
    let addressInput: FormInput
    let passwordInput: FormInput

    /// One token, without its secret.
    package struct TokenRow: Sendable {
        package let id: APITokenID
        package let name: TokenName
        package let createdAt: Instant
        package let lastUsedAt: Instant?

        package init(
            id: APITokenID, name: TokenName, createdAt: Instant, lastUsedAt: Instant?
        ) {
            self.id = id
            self.name = name
            self.createdAt = createdAt
            self.lastUsedAt = lastUsedAt
        }
    }

    /// - Parameters:
    ///   - idempotencyKey: makes one token of a button that is pressed twice.
    ///   - wantedAddress: an address that is to replace the present one, once it is confirmed.
    ///   - newToken: the secret of a token just created, shown this once.
    ///   - input: the form that creates a token.
    ///   - addressInput: the form that changes the address.
    ///   - passwordInput: the form that changes the password.
    package init(
        name: PersonName, email: EmailAddress, role: Role, language: Language,
        tokens: [TokenRow], idempotencyKey: String, wantedAddress: EmailAddress? = nil,
        hasSecondFactor: Bool = false, newToken: String? = nil,
        input: FormInput = FormInput(), addressInput: FormInput = FormInput(),
        passwordInput: FormInput = FormInput()
    ) {
        self.name = name
        self.email = email
        self.role = role
        self.language = language
        self.tokens = tokens
        self.idempotencyKey = idempotencyKey
        self.wantedAddress = wantedAddress
        self.hasSecondFactor = hasSecondFactor
        self.newToken = newToken
        self.input = input
        self.addressInput = addressInput
        self.passwordInput = passwordInput
    }

    package var section: Section { .account }

    package func title(_ texts: Texts) -> String { texts.account.title }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.account.title)
        html(.section, .class("card")) { html in
            html(.h2, text: texts.account.you)
            html(.dl, .class("facts")) { html in
                html.fact(texts.form.label(.name), text: name.text)
                html.fact(texts.form.label(.email), text: email.text)
                html.fact(texts.account.role, text: texts.value.role(role))
            }
            languageForm(&html, context)
        }
        addressSection(&html, context)
        passwordSection(&html, context)
        factorSection(&html, context)
        tokenSection(&html, context)
        html(.section, .class("card")) { html in
            html(.h2, text: texts.account.sessionsTitle)
            html(.p, text: texts.account.signOutEverywhereText)
            html.postForm(Links.signOutEverywhere, context, style: "plain") { html in
                html(
                    .button, .type("submit"), .class("quiet danger"),
                    text: texts.account.signOutEverywhere)
            }
        }
    }

    private func languageForm(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.postForm(Links.accountLanguage, context, style: "form inline") { html in
            html.selectField(
                .language, Form(FormInput([.language: language.rawValue]), context),
                FieldNote(hint: texts.account.languageHint), hasEmptyChoice: false,
                options: Language.allCases.map { ($0.rawValue, texts.value.language($0)) })
            html(.button, .type("submit"), .class("quiet"), text: texts.common.save)
        }
    }

    private func tokenSection(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.account
        html(.section, .class("card"), .ariaLabelledBy("tokens")) { html in
            html(.h2, .id("tokens"), text: texts.tokensTitle)
            html(.p) { html in
                html.text(texts.tokensLead + " ")
                html(.a, .href(Links.api), text: texts.apiTitle)
            }
            if let newToken { fresh(newToken, &html, context) }
            if tokens.isEmpty {
                html(.p, .class("muted"), text: texts.noTokens)
            } else {
                tokenTable(&html, context)
            }
            tokenForm(&html, context)
        }
    }

    private func fresh(_ token: String, _ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.account
        html(.div, .class("notice"), .role("status")) { html in
            html(.div) { html in
                html(.h3, text: texts.tokenReady)
                html(.p, text: texts.tokenOnce)
                html.copyLine(token, label: texts.tokenReady, context)
            }
        }
    }

    private func tokenTable(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.account.tokensTitle,
            columns: [
                Table.Column(name: texts.form.label(.tokenName)),
                Table.Column(name: texts.account.tokenCreated),
                Table.Column(name: texts.account.tokenUsed),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        html.table(table, rows: tokens) { token, row, html in
            row.header(&html) { html in html.text(token.name.text) }
            row.cell(&html) { html in html.moment(token.createdAt, texts) }
            row.cell(&html) { html in
                if let used = token.lastUsedAt {
                    html.moment(used, texts)
                } else {
                    html.text(texts.account.tokenUnused)
                }
            }
            row.cell(&html) { html in
                html.postForm(Links.revokeToken(token.id), context, style: "plain") { html in
                    html(
                        .button, .type("submit"), .class("quiet small danger"),
                        .ariaLabel(texts.account.revokeNamed(token.name.text)),
                        text: texts.account.revoke)
                }
            }
        }
    }

    private func tokenForm(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.account
        let form = Form(input, context)
        html.errorSummary(form)
        html.postForm(Links.accountTokens, context, style: "form inline") { html in
            html.idempotencyKey(idempotencyKey)
            html.textField(
                .tokenName, form, FieldNote(hint: texts.tokenHint),
                attributes: [
                    .type("text"), .autocomplete("off"), .maxLength(TextRules.TokenName.lengthMax),
                ])
            html(.button, .type("submit"), text: texts.newToken)
        }
    }
}
