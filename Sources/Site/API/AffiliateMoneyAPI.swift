import Domain
import HTTP
import Store

/// An affiliate's account, payouts and statements for programs.
struct AffiliateMoneyAPI {
    let visit: Visit

    func account() async throws -> Response {
        visit.json(
            PayoutAccountResource(
                account: try await visit.store.payoutAccounts.find(try visit.affiliate())))
    }

    /// Keeps where the affiliate is paid, with the password: a token alone moves no money elsewhere.
    func saveAccount() async throws -> Response {
        let fields = try visit.sentFields()
        let principal = try visit.principal()
        let details = try AffiliateMoneyHandlers.details(fields)
        try await visit.demandPassword(.password, fields[.password])
        return try await visit.write { transaction in
            PayoutAccountResource(
                account: try await visit.store.payoutAccounts.set(
                    details, by: principal, at: visit.now, in: transaction))
        }
    }

    func payouts() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await visit.store.payoutLists.payouts(
            to: try visit.affiliate(), after: query.after, limit: query.limit)
        return visit.json(found) { PayoutResource(payout: $0) }
    }

    /// A month that is over, or what the running one holds so far.
    func statement(_ month: CalendarMonth) async throws -> Response {
        let (statement, isClosed) = try await AffiliateMoneyHandlers(visit: visit).read(month)
        return visit.json(StatementResource(statement: statement, isClosed: isClosed))
    }
}
