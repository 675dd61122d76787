import Domain
import Postgres
import TestSupport

@testable import Store

/// The steps of the money path after the recording, as tests take them.
extension People {
    /// Two accounts that pass the check, from the examples of SWIFT's registry.
    static let romanianIBAN = "RO49AAAA1B31007593840000"
    static let germanIBAN = "DE89370400440532013000"

    /// Looks at what a deed does, and does it.
    @discardableResult
    func end(
        _ hire: HireID, _ deed: HireDeed, by account: Account? = nil, at now: Instant = now
    ) async throws -> HireEnding.Outcome {
        let principal = (account ?? admin).principal
        let shown = try await store.hireEnding.preview(
            deed, on: hire, by: principal, today: now.date)
        return try await perform(deed, on: hire, shown.fingerprint, by: account, at: now)
    }

    func perform(
        _ deed: HireDeed, on hire: HireID, _ decided: Fingerprint, by account: Account? = nil,
        at now: Instant = now
    ) async throws -> HireEnding.Outcome {
        try await store.write { transaction in
            try await store.hireEnding.perform(
                deed, on: hire, decided: decided, by: (account ?? admin).principal, at: now,
                in: transaction)
        }
    }

    @discardableResult
    func decide(
        _ deed: CommissionDeed, _ ids: [CommissionID], note: String = "Looked at it",
        by account: Account? = nil, at now: Instant = now
    ) async throws -> [CommissionID] {
        try await store.write { transaction in
            try await store.commissionDeeds.decide(
                deed, on: ids, note: Note(stored: note), by: (account ?? admin).principal,
                at: now, in: transaction)
        }
    }

    func add(
        _ amount: Money, to hire: HireID, bearer: CommissionBearer = .company,
        at now: Instant = now
    ) async throws -> CommissionID {
        let grant = try CommissionDeeds.Grant(
            hire: hire, amount: amount, bearer: bearer, reason: .other,
            note: Note("Promised on the phone"))
        return try await store.write { transaction in
            try await store.commissionDeeds.add(
                grant, by: admin.principal, at: now, in: transaction)
        }
    }

    /// Turns the clock until nothing is left to do.
    @discardableResult
    func advance(at now: Instant) async throws -> [CommissionID] {
        var approved: [CommissionID] = []
        while true {
            let turn = try await store.write { transaction in
                try await store.clock.advance(at: now, in: transaction)
            }
            approved += turn.approved
            if !turn.isFull { return approved }
        }
    }

    @discardableResult
    func payTo(
        _ iban: String = germanIBAN, holder: String = "Ana Pop", _ account: Account? = nil,
        at now: Instant = now
    ) async throws -> PayoutAccounts.Account {
        let details = PayoutDetails(
            holder: try AccountHolder(holder), iban: try IBAN(iban), country: .romania,
            taxID: try TaxID("RO 1234567"))
        return try await store.write { transaction in
            try await store.payoutAccounts.set(
                details, by: (account ?? affiliate).principal, at: now, in: transaction)
        }
    }

    /// Looks at a run, and makes its batch.
    func run(
        _ choice: PayoutRun.Choice, at now: Instant = now
    ) async throws -> Payouts.Batch {
        let shown = try await store.payouts.preview(choice)
        return try await create(choice, shown.fingerprint, at: now)
    }

    func create(
        _ choice: PayoutRun.Choice, _ decided: Fingerprint, at now: Instant = now
    ) async throws -> Payouts.Batch {
        try await store.write { transaction in
            try await store.payouts.create(
                choice, decided: decided, by: admin.principal, at: now, in: transaction)
        }
    }

    static let payer: PaymentFile.Payer = {
        PaymentFile.Payer(
            name: AccountHolder(stored: "Vouch Recomandări SRL"),
            iban: IBAN(stored: People.romanianIBAN))
    }()

    @discardableResult
    func file(_ batch: PayoutBatchID, at now: Instant = now) async throws -> PaymentFile {
        try await store.write { transaction in
            try await store.payoutAnswers.file(
                of: batch, from: Self.payer, by: admin.principal, at: now, in: transaction)
        }
    }

    func paid(_ payout: PayoutID, at now: Instant = now) async throws {
        try await store.write { transaction in
            try await store.payoutAnswers.paid(
                payout, by: admin.principal, at: now, in: transaction)
        }
    }

    func failed(
        _ payout: PayoutID, _ failure: PayoutFailure = .accountClosed, at now: Instant = now
    ) async throws {
        try await store.write { transaction in
            try await store.payoutAnswers.failed(
                payout, because: failure, note: Note(stored: ""), by: admin.principal, at: now,
                in: transaction)
        }
    }

    /// Pays everything that is approved, and has the bank do it.
    func payAll(_ currency: Currency = .eur, at now: Instant) async throws {
        let batch = try await run(
            PayoutRun.Choice(currency: currency, cutOff: now.date), at: now)
        try await file(batch.id, at: now)
        let lines = try await store.payoutLists.payouts(
            of: batch.id, limit: PageLimit(clamping: 100))
        for line in lines.items { try await paid(line.id, at: now) }
    }

    /// The states of a hire's rows in order of their ids, with their amounts.
    func rows(_ hire: HireID) async throws -> [String] {
        try await store.database.query(
            "SELECT kind, state, amount FROM commission WHERE hire_id = \(hire) ORDER BY id"
        ) { row in
            let kind: String = try row.next()
            let state: String = try row.next()
            return "\(kind) \(state) \(try row.next(Int64.self) / 100)"
        }
    }

    /// How many messages of a topic there are for a kind of recipient.
    func told(_ topic: Outbox.Topic, _ recipient: String = "affiliate") async throws -> Int {
        try await store.count(
            """
            SELECT count(*) FROM outbox
            WHERE topic = \(topic.rawValue) AND recipient = \(recipient)
            """)
    }

    /// What an affiliate is owed according to the ledger.
    func payable() async throws -> Int {
        try await store.count(
            """
            SELECT coalesce(-sum(e.amount), 0)::bigint FROM ledger_entry e
            JOIN ledger_account a ON a.id = e.account_id WHERE a.kind = 'affiliate_payable'
            """)
    }

    /// Checks the books, and says what is off.
    func booksBalance() async throws -> Bool {
        let report = try await store.books.check()
        guard report.isBalanced else { throw TestFailure("\(report)") }
        return true
    }
}
