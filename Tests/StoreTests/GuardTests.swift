import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// What the database refuses whatever the program asks.
@Suite struct `The database's own guards` {
    @Test(arguments: [
        "ledger_transfer", "ledger_entry", "stage_history", "audit",
    ])
    func `histories only grow`(table: String) async throws {
        let place = try TestDatabase()
        try await withStore(place) { store in
            let people = try await People(store)
            _ = try await people.record(try await people.introduction())
        }
        for statement in [
            "UPDATE \(table) SET id = DEFAULT", "DELETE FROM \(table)",
            "TRUNCATE \(table) CASCADE",
        ] {
            #expect(throws: TestFailure.self, "\(statement)") { try place.run(statement) }
        }
        try place.drop()
    }

    @Test func `terms are a promise`() async throws {
        let place = try TestDatabase()
        try await withStore(place) { store in
            _ = try await People(store).job()
        }
        for statement in [
            "UPDATE terms SET commission = 1", "UPDATE terms SET guarantee_days = 90",
            "DELETE FROM terms",
        ] {
            #expect(throws: TestFailure.self, "\(statement)") { try place.run(statement) }
        }
        try place.drop()
    }

    @Test(arguments: [
        "TRUNCATE terms CASCADE", "TRUNCATE commission CASCADE", "TRUNCATE hire CASCADE",
        "TRUNCATE introduction CASCADE", "TRUNCATE account CASCADE", "DELETE FROM account",
        "DELETE FROM job", "DELETE FROM introduction", "DELETE FROM hire", "DELETE FROM link",
        "UPDATE introduction SET affiliate_id = NULL", "UPDATE introduction SET terms_id = NULL",
        "UPDATE introduction SET affiliate_id = 2", "UPDATE introduction SET origin = origin",
        "UPDATE hire SET introduction_id = introduction_id + 1",
        "UPDATE hire SET starts_on = starts_on + 1", "UPDATE hire SET recorded_by = recorded_by",
        // A second transfer for what was booked, and more entries for an old one.
        """
        INSERT INTO ledger_transfer (kind, hire_id, at)
        SELECT kind, hire_id, at FROM ledger_transfer WHERE kind = 'hire_billed'
        """,
        """
        INSERT INTO ledger_entry (transfer_id, account_id, amount, currency)
        SELECT transfer_id, account_id, 1, currency FROM ledger_entry
        """,
        """
        SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;
        INSERT INTO ledger_entry (transfer_id, account_id, amount, currency)
        SELECT transfer_id, account_id, 1, currency FROM ledger_entry LIMIT 1
        """,
        """
        BEGIN; SAVEPOINT s;
        INSERT INTO ledger_entry (transfer_id, account_id, amount, currency)
        SELECT transfer_id, account_id, 1, currency FROM ledger_entry LIMIT 1;
        RELEASE SAVEPOINT s; COMMIT
        """,
    ])
    func `what was won cannot be taken away or doubled behind the program's back`(
        statement: String
    ) async throws {
        let place = try TestDatabase()
        try await withStore(place) { store in
            let people = try await People(store)
            _ = try await people.record(try await people.introduction())
            #expect(throws: TestFailure.self) { try place.run(statement) }
            let report = try await store.books.check()
            #expect(report.isBalanced)
            #expect(report.totals.map(\.debits) == [.euros(1000)])
        }
        try place.drop()
    }

    @Test func `a paid commission never changes, an open one only in its state`() async throws {
        let place = try TestDatabase()
        try await withStore(place) { store in
            let people = try await People(store)
            _ = try await people.record(try await people.introduction())
        }
        for statement in ["UPDATE commission SET amount = 1", "DELETE FROM commission"] {
            #expect(throws: TestFailure.self, "\(statement)") { try place.run(statement) }
        }
        try place.run("UPDATE commission SET state = 'paid'")
        #expect(throws: TestFailure.self) {
            try place.run("UPDATE commission SET state = 'pending'")
        }
        try place.drop()
    }

    @Test(arguments: [
        // One entry only.
        "INSERT INTO ledger_entry (transfer_id, account_id, amount, currency) SELECT id, 1, 5, 'EUR' FROM t",
        // Two that do not sum to zero.
        """
        INSERT INTO ledger_entry (transfer_id, account_id, amount, currency)
        SELECT id, unnest(ARRAY[1, 2]), unnest(ARRAY[5, -4]), 'EUR' FROM t
        """,
        // Two that do, in two currencies.
        """
        INSERT INTO ledger_entry (transfer_id, account_id, amount, currency)
        SELECT id, unnest(ARRAY[1, 2]), unnest(ARRAY[5, -5]), unnest(ARRAY['EUR', 'RON']) FROM t
        """,
        // None at all.
        "SELECT FROM t",
    ])
    func `a transfer that does not balance does not commit`(entries: String) throws {
        let place = try TestDatabase()
        let transfer = """
            WITH t AS (INSERT INTO ledger_transfer (kind, at) VALUES ('company_paid', now())
            RETURNING id) \(entries)
            """
        #expect(throws: TestFailure.self) { try place.run(transfer) }
        try place.drop()
    }

    @Test func `the books say what is wrong with them`() async throws {
        let place = try TestDatabase()
        try await withStore(place) { store in
            let people = try await People(store)
            _ = try await people.record(try await people.introduction())
            // The state changes without a transfer: owed and open differ now.
            try place.run("UPDATE commission SET state = 'reversed', reason = 'other'")
            let report = try await store.books.check()
            #expect(!report.isBalanced)
            #expect(report.mismatches.map(\.payable) == [.euros(500)])
            #expect(report.mismatches.map(\.open) == [.zero(.eur)])
            #expect(report.unbalanced.isEmpty)
            #expect(report.faults.contains { $0.row == .commission(CommissionID(1)) })
        }
        try place.drop()
    }

    @Test(arguments: [
        (
            "UPDATE commission SET state = 'approved' WHERE state = 'processing'",
            [Books.Fault.Row.payout(PayoutID(1)), .inTransit]
        ),
        (
            """
            ALTER TABLE payout DISABLE TRIGGER USER;
            UPDATE payout SET state = 'paid', settled_at = now(), settled_by = 1
            """, [.payout(PayoutID(1)), .bank]
        ),
        (
            "UPDATE invoice SET state = 'received', received_on = '2026-11-22', received_by = 1",
            [.bank, .company(CompanyID(1))]
        ),
        (
            """
            INSERT INTO ledger_transfer (kind, at) VALUES ('company_paid', now());
            INSERT INTO ledger_entry (transfer_id, account_id, amount, currency)
            SELECT (SELECT max(id) FROM ledger_transfer), id,
                CASE kind WHEN 'bank' THEN 100 ELSE -100 END, 'EUR'
            FROM ledger_account WHERE kind IN ('bank', 'vat_payable')
            """, [.bank, .vat]
        ),
        (
            """
            INSERT INTO commission (hire_id, affiliate_id, terms_id, kind, replaces, instalment,
                instalment_count, share, remainder, amount, currency, due_on, state, created_at,
                state_changed_at)
            SELECT hire_id, affiliate_id, terms_id, 'remainder', id, instalment,
                instalment_count, share, remainder, amount, currency, due_on, 'pending',
                created_at, created_at FROM commission
            """, [.commission(CommissionID(2)), .company(CompanyID(1))]
        ),
    ])
    func `the books name the row that is off`(
        statement: String, rows: [Books.Fault.Row]
    ) async throws {
        let place = try TestDatabase()
        try await withStore(place) { store in
            let people = try await People(store)
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            _ = try await people.run(PayoutRun.Choice(currency: .eur, cutOff: People.today))
            #expect(try await people.booksBalance())
            try place.run(statement)
            let faults = try await store.books.check().faults
            #expect(faults.map(\.row) == rows)
            #expect(faults.allSatisfy { $0.said != $0.booked })
        }
        try place.drop()
    }

    @Test func `every value of the domain's lists is one the tables take`() async throws {
        try await withDatabase { database in
            let checks = try await database.query(
                """
                SELECT string_agg(pg_get_constraintdef(oid), ' ') FROM pg_constraint
                WHERE contype = 'c' AND connamespace = current_schema()::regnamespace
                """
            ) { row in try row.next(String.self) }
            let text = try #require(checks.first)
            let values =
                Role.allCases.map(\.rawValue) + JobState.allCases.map(\.rawValue)
                + Stage.allCases.map(\.rawValue) + RejectionReason.allCases.map(\.rawValue)
                + HireState.allCases.map(\.rawValue) + CommissionState.allCases.map(\.rawValue)
                + CommissionReason.allCases.map(\.rawValue) + Currency.allCases.map(\.rawValue)
                + EmploymentType.allCases.map(\.rawValue) + Remote.allCases.map(\.rawValue)
                + SalaryPeriod.allCases.map(\.rawValue) + SelfDealing.allCases.map(\.rawValue)
                + LedgerAccount.Kind.allCases.map(\.rawValue)
                + Transfer.Kind.allCases.map(\.rawValue)
                + CommissionKind.allCases.map(\.rawValue)
                + CommissionBearer.allCases.map(\.rawValue)
                + DisputeSide.allCases.map(\.rawValue) + DisputeState.allCases.map(\.rawValue)
                + DisputeReason.allCases.map(\.rawValue)
                + DisputeOutcomeReason.allCases.map(\.rawValue)
                + [DisputeOutcome.upheld, .rejected, .partly(.euros(1))].map(\.name)
                + PayoutState.allCases.map(\.rawValue) + PayoutFailure.allCases.map(\.rawValue)
                + InvoiceState.allCases.map(\.rawValue)
                + CandidateMatch.allCases.map(\.rawValue) + Language.allCases.map(\.rawValue)
            for value in values {
                #expect(text.contains("'\(value)'"), "\(value)")
            }
        }
    }
}

/// Runs `body` with a store on a schema that the test keeps.
func withStore(
    _ place: TestDatabase, _ body: @escaping @Sendable (Store) async throws -> Void
) async throws {
    try await withLoop { loop in
        let database = Database(
            loop: loop, settings: PoolSettings(connectionString: place.connectionString),
            logger: quietLogger)
        do {
            try await body(Store(database: database))
            await database.close()
        } catch {
            await database.close()
            throw error
        }
    }
}
