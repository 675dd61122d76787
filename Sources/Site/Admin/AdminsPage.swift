import Domain
import HTML

/// Who runs the platform, and the form that lets others in.
package struct AdminsPage: Page {
    let admins: [Row]
    let input: FormInput

    /// How far an admin's account has come.
    package enum State: Sendable {
        case invited, active, disabled
    }

    /// One admin of the list.
    package struct Row: Sendable {
        package let id: AccountID
        package let name: PersonName
        package let email: EmailAddress
        package let state: State
        package let since: Instant
        /// False for whoever looks, and for one who is out.
        package let canBeDisabled: Bool

        package init(
            id: AccountID, name: PersonName, email: EmailAddress, state: State, since: Instant,
            canBeDisabled: Bool
        ) {
            self.id = id
            self.name = name
            self.email = email
            self.state = state
            self.since = since
            self.canBeDisabled = canBeDisabled
        }
    }

    package init(admins: [Row], input: FormInput = FormInput()) {
        self.admins = admins
        self.input = input
    }

    package var section: Section { .adminAdmins }

    package func title(_ texts: Texts) -> String { texts.admin.adminsTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.admin.adminsTitle, lead: texts.admin.adminsLead)
        table(&html, context)
        let form = Form(input, context)
        html(.section, .class("card"), .ariaLabelledBy("invite")) { html in
            html(.h2, .id("invite"), text: texts.admin.inviteTitle)
            html(.p, text: texts.admin.inviteLead)
            html.errorSummary(form)
            html.postForm(Links.inviteAdmin, context) { html in
                html.textField(
                    .candidateName, form,
                    attributes: [
                        .type("text"), .autocomplete("off"),
                        .maxLength(TextRules.PersonName.lengthMax),
                    ])
                html.textField(
                    .email, form,
                    attributes: [
                        .type("email"), .autocomplete("off"), .inputMode("email"),
                        .maxLength(EmailAddress.bytesMax), .spellCheck(false),
                    ])
                html(.button, .type("submit"), text: texts.admin.inviteButton)
            }
        }
    }

    private func table(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.admin.adminsTitle,
            columns: [
                Table.Column(name: texts.admin.adminName),
                Table.Column(name: texts.form.label(.email)),
                Table.Column(name: texts.admin.registered),
                Table.Column(name: texts.common.state),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        html.table(table, rows: admins) { admin, row, html in
            row.header(&html) { html in html.text(admin.name.text) }
            row.cell(&html, text: admin.email.text)
            row.cell(&html) { html in html.moment(admin.since, texts) }
            row.cell(&html) { html in
                switch admin.state {
                case .invited: html.badge(texts.admin.adminInvited, .waiting)
                case .active: html.badge(texts.admin.adminActive, .good)
                case .disabled: html.badge(texts.admin.adminDisabled, .over)
                }
            }
            row.cell(&html) { html in
                guard admin.canBeDisabled else { return }
                html.postForm(Links.disableAdmin(admin.id), context, style: "plain") { html in
                    html(
                        .button, .type("submit"), .class("quiet small danger"),
                        .ariaLabel(texts.admin.disableNamed(admin.name.text)),
                        text: texts.admin.disable)
                }
            }
        }
    }
}

/// What an invitation leads to: the first password.
package struct InvitationPage: Page {
    let token: MailToken
    let name: PersonName
    let email: EmailAddress
    let input: FormInput

    package init(
        token: MailToken, name: PersonName, email: EmailAddress, input: FormInput = FormInput()
    ) {
        self.token = token
        self.name = name
        self.email = email
        self.input = input
    }

    package func title(_ texts: Texts) -> String { texts.admin.invitationTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html(.div, .class("narrow-page")) { html in
            html.heading(
                title(texts), lead: texts.admin.invitationLead(name.text, email.text))
            html.errorSummary(form)
            html.postForm(Links.acceptInvitation(token), context) { html in
                html.newPasswordField(form, context)
                html(.button, .type("submit"), .class("wide"), text: texts.admin.acceptButton)
            }
        }
    }
}
