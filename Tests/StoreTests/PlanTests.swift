import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// The plans of the queries that everybody waits for, with enough rows for the planner to care.
@Suite struct `Query plans` {
    @Test func `hot queries go by their index and read no table from end to end`()
        async throws
    {
        let place = try TestDatabase()
        try await withStore(place) { store in
            try Self.fill(place)
            for expectation in Self.expectations {
                let plan = try await store.plan(of: expectation.statement)
                #expect(plan.contains(expectation.index), "\(expectation.name)\n\(plan)")
                for table in Self.largeTables {
                    let isRead = plan.contains("Seq Scan on \(table) ")
                    #expect(!isRead, "\(expectation.name)\n\(plan)")
                }
            }
        }
        try place.drop()
    }

    @Test func `the public lists come in order, without sorting`() async throws {
        let place = try TestDatabase()
        try await withStore(place) { store in
            try Self.fill(place)
            for search in [PublicJobs.Search(), .init(country: .romania), .init(remote: .full)] {
                let plan = try await store.plan(of: Self.list(search))
                #expect(!plan.contains("Sort"), "\(plan)")
            }
        }
        try place.drop()
    }

    /// The tables that grow with the business; the others a planner may well read whole.
    private static let largeTables = [
        "job", "terms", "candidate", "introduction", "hire", "commission", "outbox",
    ]

    private struct Expectation: Sendable {
        let name: String
        let statement: SQL
        let index: String
    }

    private static let expectations: [Expectation] = [
        Expectation(
            name: "job by address",
            statement: PublicJobs.statement(for: [JobSlug(stored: "job-5")]),
            index: "job_slug_unique"),
        Expectation(name: "newest jobs", statement: list(.init()), index: "job_public"),
        Expectation(
            name: "jobs of a country", statement: list(.init(country: CountryCode(stored: "MT"))),
            index: "job_public_country"),
        Expectation(
            name: "remote jobs", statement: list(.init(remote: .full)),
            index: "job_public_remote"),
        Expectation(
            name: "hybrid jobs", statement: list(.init(remote: .hybrid)),
            index: "job_public_remote"),
        Expectation(
            name: "jobs of a kind", statement: list(.init(employmentType: .internship)),
            index: "job_public_type"),
        Expectation(
            name: "the largest commission",
            statement: Desks.largestStatement(today: People.today), index: "terms_largest"),
        Expectation(
            name: "jobs by words", statement: list(.init(words: "needle")),
            index: "job_public_search"),
        Expectation(
            name: "candidates of a job",
            statement: Candidates.statement(
                for: JobID(7), at: nil, after: nil, limit: .usual),
            index: "introduction_job_newest"),
        Expectation(
            name: "commissions of an affiliate",
            statement: Commissions.statement(for: AffiliateID(3), after: nil, limit: .usual),
            index: "commission_affiliate"),
        Expectation(
            name: "reported hires", statement: Hires.reportedStatement(after: nil, limit: .usual),
            index: "hire_reported"),
        Expectation(
            name: "messages to deliver",
            statement: Outbox.waitingStatement(limit: .usual), index: "outbox_waiting"),
        Expectation(
            name: "news of everybody",
            statement: News.statement(after: OutboxID(9_980), except: [OutboxID(9_985)]),
            index: "outbox_pkey"),
        Expectation(
            name: "news that an affiliate missed",
            statement: News.statement(
                for: AffiliateID(3), after: OutboxID(7), since: Instant(microseconds: 0)),
            index: "outbox_affiliate"),
    ]

    private static func list(_ search: PublicJobs.Search) -> SQL {
        PublicJobs.statement(for: search, after: nil, limit: .usual, today: People.today)
    }

    /// 5,000 jobs of 100 companies, with 20,000 introductions and 15,000 hires.
    private static func fill(_ place: TestDatabase) throws {
        try place.run(
            """
            INSERT INTO company (slug, name, created_at, updated_at)
            SELECT 'c-' || n, 'Company', now(), now() FROM generate_series(1, 100) n;
            INSERT INTO affiliate (created_at) SELECT now() FROM generate_series(1, 100);
            INSERT INTO account (role, affiliate_id, email, email_key, email_folded, name,
                password_hash, language, created_at)
            SELECT 'affiliate', n, n || '@example.com', n || '@example.com', n || '@example.com',
                'Ana', 'x', 'ro', now() FROM generate_series(1, 100) n;
            INSERT INTO job (company_id, slug, state, title, description, employment_type, country,
                city, remote, salary_min, salary_max, salary_currency, salary_period,
                valid_through, search, created_at, updated_at, published_at)
            SELECT n % 100 + 1, 'job-' || n, 'published', 'A job', repeat('text ', 20),
                'full_time', CASE WHEN n % 50 = 0 THEN 'MT' ELSE 'RO' END, 'Iași',
                CASE WHEN n % 10 = 0 THEN 'full' ELSE 'on_site' END, 100, 200, 'EUR', 'month',
                '2027-01-01', to_tsvector('simple', 'straw w' || n % 400
                    || CASE WHEN n % 500 = 0 THEN ' needle' ELSE '' END),
                now(), now(), now() - n * interval '1 minute'
            FROM generate_series(1, 5000) n;
            INSERT INTO terms (job_id, version, commission, currency, guarantee_days, instalments,
                in_force_from)
            SELECT n, 1, 50000, 'EUR', 60, '{100}', now() FROM generate_series(1, 5000) n;
            INSERT INTO candidate (name, email, language, created_at)
            SELECT 'Mihai', n || '@example.org', 'ro', now() FROM generate_series(1, 20000) n;
            INSERT INTO introduction (job_id, company_id, candidate_id, origin, terms_id, stage,
                email_folded, owns, receipt, created_at, confirmed_at, stage_changed_at)
            SELECT n % 5000 + 1, (n % 5000 + 1) % 100 + 1, n, 'direct', n % 5000 + 1, 'submitted',
                n || '@example.org', true, lpad(n::text, 26, '0'), now(), now(), now()
            FROM generate_series(1, 20000) n;
            INSERT INTO hire (introduction_id, state, starts_on, recorded_at, recorded_by)
            SELECT n, 'recorded', '2026-12-01', now(), 1 FROM generate_series(1, 15000) n;
            INSERT INTO hire (introduction_id, state, starts_on, reported_at, reported_by)
            SELECT n, 'reported', '2026-12-01', now() - n * interval '1 minute', 1
            FROM generate_series(15001, 15050) n;
            INSERT INTO commission (hire_id, affiliate_id, terms_id, instalment, instalment_count,
                share, remainder, amount, currency, due_on, state, created_at, state_changed_at)
            SELECT n, n % 100 + 1, 1, 1, 1, 100, 0, 50000, 'EUR', '2027-02-01', 'pending', now(),
                now() FROM generate_series(1, 15000) n;
            INSERT INTO outbox (topic, recipient, payload, dedupe_key, created_at, available_at,
                delivered_at)
            SELECT 'hire.recorded', 'admin', '{}', n::text, now(), now(),
                CASE WHEN n > 20 THEN now() END FROM generate_series(1, 5000) n;
            INSERT INTO outbox (topic, recipient, affiliate_id, payload, dedupe_key, created_at,
                available_at, delivered_at)
            SELECT 'commission.won', 'affiliate', n % 100 + 1, '{"hire": 1}', 'won' || n, now(),
                now(), now() FROM generate_series(1, 5000) n;
            ANALYZE
            """)
    }
}

extension Store {
    fileprivate func plan(of statement: SQL) async throws -> String {
        try await write { transaction in
            try await transaction.query("EXPLAIN \(fragment: statement)") { row in
                try row.next(String.self)
            }.joined(separator: "\n")
        }
    }
}
