import Domain

/// Signing up, signing in, and what belongs to the person rather than to the role.
package enum AccountRoute: RouteGroup {
    case signInForm
    case signIn
    case signOut
    case signUpCompanyForm
    case signUpCompany
    case signUpAffiliateForm
    case signUpAffiliate
    case overview
    case saveLanguage
    case createToken
    case revokeToken(APITokenID)
    case signOutEverywhere

    package var row: RouteRow {
        switch self {
        case .signInForm: .page("/sign-in", for: .guest, .member)
        case .signIn: .form("/sign-in", for: .everyone, .member, bodyBytesMax: 8_192)
        case .signOut: .form("/sign-out", for: .everyone, .member, bodyBytesMax: 8_192)
        case .signUpCompanyForm: .page("/sign-up/company", for: .guest, .conversion)
        case .signUpCompany: .form("/sign-up/company", for: .guest, .conversion)
        case .signUpAffiliateForm: .page("/sign-up/affiliate", for: .guest, .conversion)
        case .signUpAffiliate: .form("/sign-up/affiliate", for: .guest, .conversion)
        case .overview: .page("/account", for: .signedIn, .member)
        case .saveLanguage:
            .form("/account/language", for: .signedIn, .member, bodyBytesMax: 8_192)
        case .createToken: .form("/account/tokens", for: .signedIn, .member)
        case .revokeToken(let id):
            .form("/account/tokens/{token}/revoke", id, for: .signedIn, .member)
        case .signOutEverywhere: .form("/account/sign-out-everywhere", for: .signedIn, .member)
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.signInForm), .fixed(.signIn), .fixed(.signOut), .fixed(.signUpCompanyForm),
        .fixed(.signUpCompany), .fixed(.signUpAffiliateForm), .fixed(.signUpAffiliate),
        .fixed(.overview), .fixed(.saveLanguage), .fixed(.createToken), .by(Self.revokeToken),
        .fixed(.signOutEverywhere),
    ]
}
