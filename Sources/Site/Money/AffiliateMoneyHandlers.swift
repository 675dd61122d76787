import Domain
import HTTP
import Store

/// An affiliate's money: balances, account, payouts and statements.
struct AffiliateMoneyHandlers {
    let visit: Visit

    private static let payoutsShown = PageLimit(clamping: 20)
    private static let monthsShown = 12

    func show() async throws -> Response {
        let known = try await visit.store.payoutAccounts.find(try visit.affiliate())
        var input = FormInput()
        if let details = known?.details {
            input[.holder] = details.holder.text
            input[.iban] = details.iban.description
            input[.country] = details.country.text
            input[.taxID] = details.taxID.text
        }
        return visit.page(try await page(input))
    }

    /// Keeps where the affiliate is paid; the password is asked for again, and tries are counted as
    /// those of signing in are.
    func save() async throws -> Response {
        let principal = try visit.principal()
        let fields = visit.fields
        do {
            let details = try Self.details(fields)
            try await visit.demandPassword(.password)
            _ = try await visit.store.write { transaction in
                try await visit.store.payoutAccounts.set(
                    details, by: principal, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await page(fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(to: AffiliateRoute.payouts.path, notice: .payoutAccountSaved)
    }

    /// A month that is over, or what the running one holds so far.
    func statement(_ month: CalendarMonth) async throws -> Response {
        guard let holder = visit.person?.account?.name else {
            throw DomainError.notFound(.statement)
        }
        let (statement, isClosed) = try await read(month)
        return visit.page(
            StatementPage(statement: statement, holder: holder, isClosed: isClosed))
    }

    /// A month that is over, as a table for an accountant.
    func statementFile(_ month: CalendarMonth) async throws -> Response {
        guard month.end <= visit.now else { throw DomainError.notFound(.statement) }
        return visit.download(
            try await read(month).statement.csv, mediaType: "text/csv; charset=utf-8",
            name: "vouch-\(month).csv")
    }

    /// A month for pages and programs; reading one that is over closes it.
    func read(
        _ month: CalendarMonth
    ) async throws -> (statement: Statement, isClosed: Bool) {
        let affiliate = try visit.affiliate()
        guard month.start <= visit.now else { throw DomainError.notFound(.statement) }
        let isClosed = month.end <= visit.now
        let statement = try await visit.store.write { transaction in
            let statements = visit.store.statements
            return isClosed
                ? try await statements.statement(
                    of: affiliate, in: month, at: visit.now, in: transaction)
                : try await statements.running(of: affiliate, at: visit.now, in: transaction)
        }
        return (statement, isClosed)
    }

    static func details(_ fields: Fields) throws(DomainError) -> PayoutDetails {
        var validation = Validation()
        let holder = validation.read { () throws(ValidationError) in
            try AccountHolder(fields[.holder])
        }
        let iban = validation.read { () throws(ValidationError) in try IBAN(fields[.iban]) }
        let country = validation.read { () throws(ValidationError) in
            try CountryCode(fields[.country])
        }
        let taxID = validation.read { () throws(ValidationError) in try TaxID(fields[.taxID]) }
        try validation.finish()
        guard let holder, let iban, let country, let taxID else {
            throw .invalid(validation.errors)
        }
        return PayoutDetails(holder: holder, iban: iban, country: country, taxID: taxID)
    }

    private func page(_ input: FormInput) async throws -> AffiliateMoneyPage {
        let affiliate = try visit.affiliate()
        let balances = try await visit.store.commissions.balances(
            of: affiliate, today: visit.today)
        let payouts = try await visit.store.payoutLists.payouts(
            to: affiliate, limit: Self.payoutsShown)
        return AffiliateMoneyPage(
            balances: balances.map {
                AffiliateMoneyPage.Balance(currency: $0.currency, sums: $0.sums)
            },
            payouts: payouts.items.map { payout in
                AffiliateMoneyPage.Payout(
                    createdAt: payout.createdAt, iban: payout.details.iban,
                    amount: payout.amount, state: payout.state, failure: payout.failure)
            }, months: months, input: input)
    }

    /// The running month and those that are over since the account was opened, newest first.
    private var months: [CalendarMonth] {
        guard let first = visit.person?.account?.createdAt.date else { return [] }
        var month = CalendarMonth(visit.today)
        var months: [CalendarMonth] = []
        while months.count < Self.monthsShown, month.end > Instant(first) {
            months.append(month)
            month = CalendarMonth(month.firstDay.adding(days: -1))
        }
        return months
    }
}
