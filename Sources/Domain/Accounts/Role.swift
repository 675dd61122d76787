/// What an account may be used for; the raw value is what the database and the cookie say.
package enum Role: String, Hashable, Sendable, CaseIterable {
    case company, affiliate, admin
}

/// Whoever is signed in, with what their role owns.
package enum Principal: Hashable, Sendable {
    case company(AccountID, CompanyID)
    case affiliate(AccountID, AffiliateID)
    case admin(AccountID)

    package var account: AccountID {
        switch self {
        case .company(let account, _), .affiliate(let account, _), .admin(let account): account
        }
    }

    package var role: Role {
        switch self {
        case .company: .company
        case .affiliate: .affiliate
        case .admin: .admin
        }
    }

    package var company: CompanyID? {
        guard case .company(_, let company) = self else { return nil }
        return company
    }

    package var affiliate: AffiliateID? {
        guard case .affiliate(_, let affiliate) = self else { return nil }
        return affiliate
    }
}

/// Who did something, for the stage history and the audit log.
package enum Actor: Hashable, Sendable {
    case account(AccountID, Role)
    case candidate
    /// The platform itself, like a job run by the clock.
    case system

    package init(_ principal: Principal) {
        self = .account(principal.account, principal.role)
    }

    package var account: AccountID? {
        guard case .account(let account, _) = self else { return nil }
        return account
    }

    /// The name of the kind of actor in the database.
    package var kind: String {
        switch self {
        case .account(_, let role): role.rawValue
        case .candidate: "candidate"
        case .system: "system"
        }
    }
}
