/// A person who signs in.
package struct Account: Hashable, Sendable {
    package let id: AccountID
    package let principal: Principal
    package let email: EmailAddress
    package let name: PersonName
    package let language: Language
    package let createdAt: Instant
    package let isDisabled: Bool
    /// Whether somebody has shown that mails to the address reach them.
    package let isConfirmed: Bool

    package var role: Role { principal.role }

    package init(
        id: AccountID, principal: Principal, email: EmailAddress, name: PersonName,
        language: Language, createdAt: Instant, isDisabled: Bool, isConfirmed: Bool
    ) {
        self.id = id
        self.principal = principal
        self.email = email
        self.name = name
        self.language = language
        self.createdAt = createdAt
        self.isDisabled = isDisabled
        self.isConfirmed = isConfirmed
    }
}

/// A signed-in browser; the signed cookie carries it, the database can revoke it.
package struct Session: Hashable, Sendable {
    package let id: SessionID
    package let principal: Principal
    package let expiresAt: Instant

    /// Two weeks: long enough to stay signed in, short enough for a lost computer.
    package static let lifetimeDays = 14

    package init(id: SessionID, principal: Principal, expiresAt: Instant) {
        self.id = id
        self.principal = principal
        self.expiresAt = expiresAt
    }
}

/// How often a password may be tried.
package enum SignInPolicy {
    package static let windowSeconds = 900
    /// For one account, wherever the tries come from.
    package static let triesPerAccountMax = 10
    /// For one address prefix, whichever account they are for; an office shares an address.
    package static let triesPerAddressMax = 60
}
