import Domain

/// Who may use a route; checked once, before its handler runs.
package enum AccessRule: Hashable, Sendable {
    case everyone
    /// Who is signed in is sent to their desk instead.
    case guest
    case signedIn
    /// Who has a part in something, by what the store says; an admin with a second factor.
    case party
    case company
    case affiliate
    /// An admin whose account has a second factor.
    case admin
    /// Whoever knows the secret in the path; a wrong one names nothing.
    case candidate
    /// A program with a personal token of this role, or of any role; an admin's works only while
    /// the account has a second factor.
    case token(Role?)

    /// What the rule says to somebody.
    package enum Verdict: Hashable, Sendable {
        case allowed
        /// Sign in first (or send a token), and then perhaps.
        case unauthenticated
        case forbidden
        /// To the desk of their own role.
        case alreadySignedIn(Role)
        /// To set a second factor up first.
        case secondFactorWanted
    }

    /// Whether it takes a second factor.
    package var wantsSecondFactor: Bool {
        switch self {
        case .admin, .party, .token(.admin), .token(nil): true
        case .everyone, .guest, .signedIn, .company, .affiliate, .candidate, .token: false
        }
    }

    /// The verdict on whoever is signed in by a session or by a token.
    ///
    /// - Parameter hasSecondFactor: matters only where the rule `wantsSecondFactor`.
    package func verdict(on role: Role?, hasSecondFactor: Bool) -> Verdict {
        let wanted: Role?
        switch self {
        case .everyone, .candidate: return .allowed
        case .guest: return role.map(Verdict.alreadySignedIn) ?? .allowed
        case .signedIn, .party: wanted = nil
        case .company: wanted = .company
        case .affiliate: wanted = .affiliate
        case .admin: wanted = .admin
        case .token(let role): wanted = role
        }
        guard let role else { return .unauthenticated }
        guard wanted == nil || wanted == role else { return .forbidden }
        return role == .admin && wantsSecondFactor && !hasSecondFactor
            ? .secondFactorWanted : .allowed
    }
}
