import Domain

/// Whoever a request comes from, as the database confirmed.
struct Person: Sendable {
    let principal: Principal
    /// Nil for a program that came with a token.
    let session: Session?
    /// Nil for a program.
    let account: Account?

    var role: Role { principal.role }
}
