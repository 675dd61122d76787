import Domain

/// Signing up, signing in, and what belongs to the person rather than to the role.
package enum AccountRoute: RouteGroup {
    case signInForm
    case signIn
    case signInCodeForm
    case signInCode
    case signOut
    case signUpCompanyForm
    case signUpCompany
    case signUpAffiliateForm
    case signUpAffiliate
    case forgotForm
    case forgot
    case resetForm(MailToken)
    case reset(MailToken)
    case invitationForm(MailToken)
    case acceptInvitation(MailToken)
    case confirmForm(MailToken)
    case confirm(MailToken)
    case sendConfirmation
    case changeAddress
    case changePassword
    case overview
    case saveLanguage
    case createToken
    case revokeToken(APITokenID)
    case signOutEverywhere
    case secondFactor
    case replaceFactorForm
    case saveFactor
    case renewRecoveryCodes
    case removeFactor

    package var row: RouteRow {
        switch self {
        case .signInForm: .staticPage("/sign-in", for: .guest, .member)
        case .signIn: .form("/sign-in", for: .everyone, .member, bodyBytesMax: 8_192)
        case .signInCodeForm: .staticPage("/sign-in/code", for: .guest, .member)
        case .signInCode:
            .form("/sign-in/code", for: .everyone, .member, bodyBytesMax: 8_192)
        case .signOut: .form("/sign-out", for: .everyone, .member, bodyBytesMax: 8_192)
        case .signUpCompanyForm: .staticPage("/sign-up/company", for: .guest, .conversion)
        case .signUpCompany: .form("/sign-up/company", for: .guest, .conversion)
        case .signUpAffiliateForm: .staticPage("/sign-up/affiliate", for: .guest, .conversion)
        case .signUpAffiliate: .form("/sign-up/affiliate", for: .guest, .conversion)
        case .forgotForm: .staticPage("/forgot", for: .everyone, .member)
        case .forgot: .form("/forgot", for: .everyone, .member, bodyBytesMax: 8_192)
        case .resetForm(let token): .page("/reset/{mailed}", token, for: .candidate, .member)
        case .reset(let token):
            .form("/reset/{mailed}", token, for: .candidate, .member, bodyBytesMax: 8_192)
        case .invitationForm(let token):
            .page("/invitations/{mailed}", token, for: .candidate, .admin)
        case .acceptInvitation(let token):
            .form("/invitations/{mailed}", token, for: .candidate, .admin, bodyBytesMax: 8_192)
        case .confirmForm(let token): .page("/confirm/{mailed}", token, for: .candidate, .member)
        case .confirm(let token):
            .form("/confirm/{mailed}", token, for: .candidate, .member, bodyBytesMax: 8_192)
        case .sendConfirmation:
            .form("/account/confirmation", for: .signedIn, .member, bodyBytesMax: 8_192)
        case .changeAddress:
            .form("/account/address", for: .signedIn, .member, bodyBytesMax: 8_192)
        case .changePassword:
            .form("/account/password", for: .signedIn, .member, bodyBytesMax: 8_192)
        case .overview: .page("/account", for: .signedIn, .member)
        case .saveLanguage:
            .form("/account/language", for: .signedIn, .member, bodyBytesMax: 8_192)
        case .createToken: .form("/account/tokens", for: .signedIn, .member)
        case .revokeToken(let id):
            .form("/account/tokens/{token}/revoke", id, for: .signedIn, .member)
        case .signOutEverywhere: .form("/account/sign-out-everywhere", for: .signedIn, .member)
        case .secondFactor: .page("/account/second-factor", for: .signedIn, .member)
        case .replaceFactorForm:
            .page("/account/second-factor/replace", for: .signedIn, .member)
        case .saveFactor:
            .form("/account/second-factor", for: .signedIn, .member, bodyBytesMax: 8_192)
        case .renewRecoveryCodes:
            .form("/account/second-factor/codes", for: .signedIn, .member, bodyBytesMax: 8_192)
        case .removeFactor:
            .form("/account/second-factor/remove", for: .signedIn, .member, bodyBytesMax: 8_192)
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.signInForm), .fixed(.signIn), .fixed(.signOut), .fixed(.signUpCompanyForm),
        .fixed(.signUpCompany), .fixed(.signUpAffiliateForm), .fixed(.signUpAffiliate),
        .fixed(.forgotForm), .fixed(.forgot), .by(Self.resetForm), .by(Self.reset),
        .by(Self.invitationForm), .by(Self.acceptInvitation), .by(Self.confirmForm),
        .by(Self.confirm), .fixed(.sendConfirmation),
        .fixed(.changeAddress), .fixed(.changePassword),
        .fixed(.overview), .fixed(.saveLanguage), .fixed(.createToken), .by(Self.revokeToken),
        .fixed(.signOutEverywhere), .fixed(.signInCodeForm), .fixed(.signInCode),
        .fixed(.secondFactor), .fixed(.replaceFactorForm), .fixed(.saveFactor),
        .fixed(.renewRecoveryCodes), .fixed(.removeFactor),
    ]
}
