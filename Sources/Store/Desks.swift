import Domain
import Postgres

/// The few figures on top of each desk, and on the front page.
package struct Desks: Sendable {
    let database: Database

    /// What a company sees first.
    package struct Company: Hashable, Sendable {
        package let openJobs: Int
        /// At `submitted`.
        package let newCandidates: Int
        /// From `shortlisted` to `offer`.
        package let candidatesInProgress: Int
        /// Recorded ones.
        package let hires: Int
        /// What the ledger says it owes, one sum per currency.
        package fileprivate(set) var owed: [Money]

        fileprivate func owing(_ sums: [Money]) -> Company {
            var company = self
            company.owed = sums
            return company
        }
    }

    /// What an affiliate sees first, beside the balances.
    package struct Affiliate: Hashable, Sendable {
        /// From `submitted` to `offer`.
        package let runningIntroductions: Int
        package let clicks: Int
    }

    /// What the front page says of the whole.
    package struct Front: Hashable, Sendable {
        package let openJobs: Int
        /// Companies with an open job.
        package let companies: Int
        /// The largest that is promised now, of those in EUR if there are any.
        package let largestCommission: Money?
    }

    package func company(_ id: CompanyID, today: CalendarDate) async throws -> Company {
        async let sums = owed(by: id)
        let figures = try await database.queryFirst(
            """
            SELECT
                (SELECT count(*) FROM job WHERE company_id = \(id) AND state = 'published'
                    AND valid_through >= \(today)),
                count(*) FILTER (WHERE stage = 'submitted'),
                count(*) FILTER (WHERE stage IN ('shortlisted', 'interview', 'offer')),
                count(*) FILTER (WHERE stage = 'hired')
            FROM introduction WHERE company_id = \(id) AND confirmed_at IS NOT NULL
            """
        ) { row in
            Company(
                openJobs: try row.next(), newCandidates: try row.next(),
                candidatesInProgress: try row.next(), hires: try row.next(), owed: [])
        }
        guard let figures else { throw DomainError.notFound(.company) }
        return figures.owing(try await sums)
    }

    /// What a company owes, one sum per currency; empty when it owes nothing.
    package func owed(by company: CompanyID) async throws -> [Money] {
        try await database.query(
            """
            SELECT sum(e.amount)::bigint, e.currency
            FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.id
            WHERE a.kind = 'company_receivable' AND a.company_id = \(company)
            GROUP BY e.currency HAVING sum(e.amount) <> 0 ORDER BY e.currency
            """
        ) { row in try row.money() }
    }

    package func affiliate(_ id: AffiliateID) async throws -> Affiliate {
        let figures = try await database.queryFirst(
            """
            SELECT
                (SELECT count(*) FROM introduction WHERE affiliate_id = \(id)
                    AND stage IN ('submitted', 'shortlisted', 'interview', 'offer')),
                (SELECT coalesce(sum(c.clicks), 0)::bigint
                    FROM link l JOIN link_click c ON c.link_id = l.id
                    WHERE l.affiliate_id = \(id))
            """
        ) { row in Affiliate(runningIntroductions: try row.next(), clicks: try row.next()) }
        return figures ?? Affiliate(runningIntroductions: 0, clicks: 0)
    }

    /// What affiliates are owed, one sum per currency.
    package func openCommissions() async throws -> [Money] {
        try await database.query(
            """
            SELECT sum(amount)::bigint, currency FROM commission
            WHERE state IN ('pending', 'approved', 'held') GROUP BY currency ORDER BY currency
            """
        ) { row in try row.money() }
    }

    /// Counts the open jobs, which takes a while with many: for a page that is kept in memory.
    package func front(today: CalendarDate) async throws -> Front {
        let largest = try await database.queryFirst(
            Self.largestStatement(today: today)
        ) { row in try row.money() }
        let counts = try await database.queryFirst(
            """
            SELECT count(*), count(DISTINCT company_id) FROM job
            WHERE state = 'published' AND valid_through >= \(today)
            """
        ) { row in (jobs: try row.next(Int.self), companies: try row.next(Int.self)) }
        return Front(
            openJobs: counts?.jobs ?? 0, companies: counts?.companies ?? 0,
            largestCommission: largest)
    }

    /// EUR comes before RON in the index too.
    static func largestStatement(today: CalendarDate) -> SQL {
        """
        SELECT t.commission, t.currency
        FROM terms t JOIN job j ON j.id = t.job_id
        WHERE t.in_force_until IS NULL AND j.state = 'published' AND j.valid_through >= \(today)
        ORDER BY t.currency, t.commission DESC LIMIT 1
        """
    }
}
