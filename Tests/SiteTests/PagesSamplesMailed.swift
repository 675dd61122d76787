import Domain
import Site

extension PagesSamples {
    private var token: MailToken { MailToken(stored: "7k2m9p4qab7k2m9p4qab7k2m9p") }
    private var address: EmailAddress { EmailAddress(stored: wrap("ioana@example.com")) }

    /// What mailed links lead to, and the forms that ask for them.
    var mailedPages: [Sample] {
        [
            Sample(
                name: "confirm-address", page: ConfirmAddressPage(token: token, address: address)),
            Sample(name: "forgot", page: ForgotPage()),
            Sample(
                name: "forgot-errors",
                page: ForgotPage(
                    input: FormInput(
                        [.email: wrap("ioana@")],
                        failure: .invalid([ValidationError(.email, .malformed)])))),
            Sample(name: "reset-password", page: ResetPasswordPage(token: token, email: address)),
            Sample(
                name: "reset-password-errors",
                page: ResetPasswordPage(
                    token: token, email: address,
                    input: FormInput(
                        failure: .invalid([ValidationError(.newPassword, .tooCommon)])))),
            Sample(
                name: "account-unconfirmed", page: account(wanted: true), role: .affiliate,
                isConfirmed: false),
            Sample(
                name: "account-wrong-password",
                page: account(wanted: false), role: .company),
        ]
            + MailPurpose.allCases.map {
                Sample(
                    name: "link-over-\($0.rawValue)", page: MailedLinkOverPage(purpose: $0))
            }
    }

    private func account(wanted: Bool) -> AccountPage {
        let wrong = FormInput(
            failure: .invalid([ValidationError(.currentPassword, .wrongPassword)]))
        return AccountPage(
            name: person("Ioana Dragomir"), email: address, role: wanted ? .affiliate : .company,
            language: .english, tokens: [],
            wantedAddress: wanted ? EmailAddress(stored: wrap("new@example.com")) : nil,
            passwordInput: wanted ? FormInput() : wrong)
    }
}
