import Domain
import Site

extension PagesSamples {
    /// The second factor: set up, asked for, changed.
    var factorPages: [Sample] {
        let wrong = { (fields: ValidationError.Field...) in
            FormInput(failure: .invalid(fields.map { ValidationError($0, .wrongCode) }))
        }
        return [
            Sample(name: "sign-in-code", page: SignInCodePage(next: wrap("/admin/payouts"))),
            Sample(
                name: "sign-in-code-errors", page: SignInCodePage(input: wrong(.recoveryCode))),
            Sample(
                name: "sign-in-code-rests",
                page: SignInCodePage(
                    input: FormInput(failure: .tooMany(.factorTries, retryAfterSeconds: 900)))),
            Sample(name: "set-up-factor", page: setUp(isReplacement: false), role: .admin),
            Sample(
                name: "set-up-factor-expired",
                page: setUp(
                    isReplacement: false, input: FormInput(failure: .conflict(.setUpExpired))),
                role: .affiliate),
            Sample(
                name: "replace-factor",
                page: setUp(isReplacement: true, input: wrong(.factorCode, .currentCode)),
                role: .admin),
            Sample(
                name: "second-factor",
                page: SecondFactorPage(role: .affiliate, since: Self.now, codesLeft: 10),
                role: .affiliate),
            Sample(
                name: "second-factor-few-codes",
                page: SecondFactorPage(
                    role: .admin, since: Self.now, codesLeft: 1, input: wrong(.factorCode)),
                role: .admin),
            Sample(
                name: "recovery-codes",
                page: RecoveryCodesPage(
                    codes: (0..<10).map { wrap("7k2m-9p4q-ab7k-2m9\($0)") }, role: .admin),
                role: .admin),
        ]
    }

    private func setUp(isReplacement: Bool, input: FormInput = FormInput()) -> SetUpFactorPage {
        let secret = FactorVault.randomSecret()
        return SetUpFactorPage(
            secret: wrap(secret.base32),
            picture: QRCode(secret.uri(for: EmailAddress(stored: wrap("ioana@example.com")))),
            offer: "sealed", role: .admin, isReplacement: isReplacement, input: input)
    }
}
