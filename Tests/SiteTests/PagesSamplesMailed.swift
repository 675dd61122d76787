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
                name: "recommendation",
                page: recommendation(words: "The calmest engineer I know.", isOpen: true)),
            Sample(
                name: "recommendation-errors",
                page: recommendation(
                    words: "", isOpen: true,
                    input: FormInput(
                        [.phone: wrap("12")],
                        failure: .invalid([
                            ValidationError(.phone, .malformed),
                            ValidationError(.cv, .wrongFileType),
                            ValidationError(.consent, .notAccepted),
                        ])))),
            Sample(name: "recommendation-closed", page: recommendation(words: "", isOpen: false)),
            Sample(name: "admins", page: admins(FormInput()), role: .admin),
            Sample(
                name: "admins-last", page: admins(FormInput(failure: .conflict(.lastAdmin))),
                role: .admin),
            Sample(
                name: "invitation",
                page: InvitationPage(
                    token: token, name: person("Ioana Dragomir"), email: address,
                    input: FormInput(
                        failure: .invalid([ValidationError(.newPassword, .tooShort(min: 10))])))),
            Sample(name: "known-already", page: KnownAlreadyPage(match: .email)),
            Sample(
                name: "recommend-errors",
                page: TakeLinkPage(
                    job: job, location: location, offer: offer, links: [],
                    recommendation: FormInput(
                        [.candidateName: wrap("Radu"), .email: wrap("radu@")],
                        failure: .invalid([
                            ValidationError(.email, .malformed),
                            ValidationError(.consent, .notAccepted),
                        ]))), role: .affiliate),
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

    private func recommendation(
        words: String, isOpen: Bool, input: FormInput = FormInput()
    ) -> RecommendationPage {
        RecommendationPage(
            token: token, job: job, isJobOpen: isOpen,
            kept: RecommendationPage.Kept(
                name: person("Radu Ionescu"), email: address,
                phone: words.isEmpty ? nil : PhoneNumber(stored: wrap("+40 721 234 567")),
                language: .romanian,
                words: CoverMessage(stored: words.isEmpty ? "" : wrap(words)),
                affiliate: person("Mihai Popa"), since: Self.now.adding(days: -2),
                erasedAt: Self.now.adding(days: 28)),
            input: input)
    }

    /// Recommendations by name that were not agreed to.
    var unconfirmed: [AffiliateIntroductionsPage.Unconfirmed] {
        [(Stage.unconfirmed, nil), (.withdrawn, nil), (.rejected, RejectionReason.alreadyKnown)].map
        {
            AffiliateIntroductionsPage.Unconfirmed(
                name: $0.0 == .unconfirmed ? person("Radu Ionescu") : PersonName(stored: "–"),
                job: job, stage: $0.0, rejection: $0.1, at: Self.now.adding(days: -2))
        }
    }

    private func admins(_ input: FormInput) -> AdminsPage {
        let states: [AdminsPage.State] = [.active, .invited, .disabled]
        return AdminsPage(
            admins: states.enumerated().map { number, state in
                AdminsPage.Row(
                    id: AccountID(Int64(number + 1)), name: person("Ioana Dragomir"),
                    email: address, state: state, since: Self.now, canBeDisabled: number == 1)
            }, input: input)
    }

    private func account(wanted: Bool) -> AccountPage {
        let wrong = FormInput(
            failure: .invalid([ValidationError(.currentPassword, .wrongPassword)]))
        return AccountPage(
            name: person("Ioana Dragomir"), email: address, role: wanted ? .affiliate : .company,
            language: .english, tokens: [], idempotencyKey: "key",
            wantedAddress: wanted ? EmailAddress(stored: wrap("new@example.com")) : nil,
            passwordInput: wanted ? FormInput() : wrong)
    }
}
