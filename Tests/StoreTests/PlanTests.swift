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
            for expectation in Self.expectations + Self.deskExpectations {
                let plan = try await store.plan(of: expectation.statement)
                #expect(
                    expectation.index.isEmpty || plan.contains(expectation.index),
                    "\(expectation.name)\n\(plan)")
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
        "audit", "account", "invoice",
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
                for: .affiliate(AffiliateID(3)), after: OutboxID(7), since: Instant(microseconds: 0)
            ),
            index: "outbox_affiliate"),
        Expectation(
            name: "news that a company missed",
            statement: News.statement(
                for: .company(CompanyID(3)), after: OutboxID(7),
                since: Instant(microseconds: 0)),
            index: "outbox_company"),
    ]

    /// The admin's queue, log and search.
    private static let deskExpectations: [Expectation] =
        [
            (AdminQueue.Kind.companies, "company_unverified"), (.hires, "hire_reported"),
            (.guarantees, "commission_due"), (.commissions, "commission_due"),
            (.held, "commission_held"), (.disputes, "dispute_replied"),
            (.flags, "affiliate_flag_open"),
            (.flags, "self_dealing_open"), (.payouts, "commission_approved"),
            (.invoices, "invoice_open"), (.mails, "outbox_failed"),
        ].flatMap { kind, index -> [Expectation] in
            [
                Expectation(
                    name: "the queue's \(kind.rawValue)",
                    statement: AdminQueue.statement(
                        kind, today: People.today.adding(days: 68), limit: 5), index: index),
                Expectation(
                    name: "the number of \(kind.rawValue)",
                    statement: AdminQueue.countStatement(
                        kind, today: People.today.adding(days: 68)), index: ""),
            ]
        }
        + invoiceExpectations
        + [
            (AuditLog.Filter(), "audit_at"),
            (AuditLog.Filter(subject: "hire", subjectID: 7), "audit_subject"),
            (AuditLog.Filter(subject: "payout"), "audit_subject_newest"),
            (AuditLog.Filter(account: AccountID(7)), "audit_account"),
            (AuditLog.Filter(action: "payout.paid"), "audit_action"),
            (AuditLog.Filter(day: People.today), "audit_at"),
        ].map { filter, index in
            Expectation(
                name: "the log by \(filter)",
                statement: AuditLog.statement(filter, after: nil, limit: .usual), index: index)
        }
        + [
            ("needle@exam", AdminSearch.Kind.accounts, ["account_words", "account_email_prefix"]),
            ("needle@exam", .candidates, ["candidate_words", "candidate_email_prefix"]),
            ("needle@exam", .hires, ["candidate_words", "candidate_email_prefix"]),
            ("needle", .companies, ["company_words"]),
            ("needle", .jobs, ["job_words", "job_slug_unique"]),
            ("3000", .payouts, ["payout_pkey", "payout_tail"]),
            ("V20260000001", .invoices, ["invoice_number_unique", "invoice_reference_unique"]),
        ].flatMap { text, kind, indexes -> [Expectation] in
            guard let question = try? SearchQuestion(text),
                let statement = AdminSearch.statement(kind, question)
            else { return [] }
            return indexes.map {
                Expectation(
                    name: "\(kind.rawValue) by \(text)", statement: statement, index: $0)
            }
        }

    private static let invoiceExpectations: [Expectation] = [
        Expectation(
            name: "invoices of a company",
            statement: Invoices.statement(
                Invoices.Filter(company: CompanyID(7), today: People.today), after: nil,
                limit: .usual), index: "invoice_company"),
        Expectation(
            name: "invoices that were received",
            statement: Invoices.statement(
                Invoices.Filter(standing: .paid, today: People.today), after: nil,
                limit: .usual), index: "invoice_state"),
        Expectation(
            name: "an invoice by its number",
            statement: Invoices.statement(InvoiceNumber(stored: "V20260000001")),
            index: "invoice_number_unique"),
        Expectation(
            name: "what a company owes by standing",
            statement: Invoices.sumsStatement(of: CompanyID(7), today: People.today),
            index: "invoice_company"),
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
            INSERT INTO outbox (topic, recipient, company_id, payload, dedupe_key, created_at,
                available_at, delivered_at)
            SELECT 'hire.recorded', 'company', n % 100 + 1, '{"hire": 1}', 'hired' || n, now(),
                now(), now() FROM generate_series(1, 5000) n;
            INSERT INTO outbox (topic, recipient, payload, dedupe_key, created_at, available_at,
                failed_at)
            SELECT 'hire.recorded', 'admin', '{}', 'dead' || n, now(), now(), now()
            FROM generate_series(1, 20) n;
            INSERT INTO company (slug, name, created_at, updated_at, verified_at)
            SELECT 'v-' || n, 'Company ' || n, now(), now(), now() FROM generate_series(1, 5000) n;
            INSERT INTO account (role, company_id, email, email_key, email_folded, name,
                password_hash, language, created_at)
            SELECT 'company', n % 100 + 1, 'c' || n || '@example.com', 'c' || n || '@example.com',
                'c' || n || '@example.com', 'Person ' || n, 'x', 'ro', now()
            FROM generate_series(1, 5000) n;
            INSERT INTO audit (at, actor, account_id, action, subject, subject_id)
            SELECT '2026-11-01'::timestamptz + n * interval '1 minute', 'company', n % 5000 + 101,
                CASE WHEN n % 500 = 0 THEN 'payout.paid' ELSE 'job.moved' END,
                CASE WHEN n % 500 = 0 THEN 'payout' WHEN n % 9 = 0 THEN 'hire' ELSE 'job' END, n
            FROM generate_series(1, 40000) n;
            INSERT INTO commission (hire_id, affiliate_id, terms_id, kind, instalment,
                instalment_count, share, remainder, amount, currency, due_on, state, reason, note,
                created_by, created_at, state_changed_at)
            SELECT n, n % 100 + 1, 1, 'manual', 1, 1, 100, 0, 50000, 'EUR', '2026-12-01',
                CASE n % 50 WHEN 0 THEN 'approved' WHEN 1 THEN 'held' ELSE 'reversed' END, 'other', 'Agreed', 1,
                now(), now()
            FROM generate_series(1, 5000) n;
            INSERT INTO dispute (hire_id, company_id, affiliate_id, side, reason, amount, currency,
                state, opened_at, opened_by, outcome, granted, decided_at)
            SELECT n, 1, 1, 'affiliate', 'other', 1, 'EUR', 'decided', now(), 1, 'rejected', 0,
                now()
            FROM generate_series(1, 5000) n;
            INSERT INTO dispute (hire_id, company_id, affiliate_id, side, reason, amount, currency,
                state, opened_at, opened_by)
            SELECT n, 1, 1, 'affiliate', 'other', 1, 'EUR', 'replied', now(), 1
            FROM generate_series(5001, 5030) n;
            INSERT INTO self_dealing (introduction_id, flag, found_at, resolved_at, resolved_by,
                note)
            SELECT n, 'company_is_affiliate', now(), now(), 1, 'x'
            FROM generate_series(1, 5000) n;
            INSERT INTO self_dealing (introduction_id, flag, found_at)
            SELECT n, 'company_is_affiliate', now() FROM generate_series(5001, 5030) n;
            INSERT INTO affiliate_flag (affiliate_id, other_id, flag, found_at, resolved_at,
                resolved_by, note)
            SELECT n % 99 + 1, 100, 'shared_payout_account', now(), now(), 1, 'x'
            FROM generate_series(1, 5000) n;
            INSERT INTO affiliate_flag (affiliate_id, other_id, flag, found_at)
            SELECT n, 100, 'shared_payout_account', now() FROM generate_series(1, 30) n;
            INSERT INTO payout_batch (currency, cut_off, fingerprint, created_at, created_by)
            SELECT 'EUR', '2026-11-01', lpad(n::text, 32, '0'), now(), 1
            FROM generate_series(1, 50) n;
            INSERT INTO payout (batch_id, affiliate_id, holder, iban, country, tax_id, amount,
                currency, state)
            SELECT b, n, 'Ana', 'RO49AAAA1B31' || lpad((b * 100 + n)::text, 12, '0'), 'RO', 'A1',
                1, 'EUR', 'pending'
            FROM generate_series(1, 50) b, generate_series(1, 100) n;
            INSERT INTO invoice (number, reference, company_id, hire_id, commission_id, amount,
                currency, issued_at, due_on, state)
            SELECT 'V2026' || lpad(n::text, 7, '0'), 'RF18V2026' || lpad(n::text, 7, '0'),
                n % 100 + 1, n, n, 100, 'EUR', now(), '2027-01-01',
                CASE WHEN n % 50 = 0 THEN 'open' ELSE 'void' END
            FROM generate_series(1, 5000) n;
            ANALYZE company, affiliate, account, job, terms, candidate, introduction, hire,
                commission, outbox, audit, dispute, self_dealing, affiliate_flag, payout_batch,
                payout, payout_account, invoice
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
