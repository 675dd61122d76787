import Domain

/// Whoever a request comes from, as the database confirmed.
struct Person: Sendable {
    let principal: Principal
    /// Nil for a program that came with a token.
    let session: Session?
    /// Nil for a program.
    let account: Account?

    /// Whether the account has a second factor; known only where the route's rule asks for it.
    let hasSecondFactor: Bool
    /// Nil for a browser.
    var token: APITokenID?

    var role: Role { principal.role }

    func with(hasSecondFactor: Bool) -> Person {
        Person(
            principal: principal, session: session, account: account,
            hasSecondFactor: hasSecondFactor, token: token)
    }
}
