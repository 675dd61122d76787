import Domain
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Store

/// Hires, commissions, disputes, payouts and invoices on which many people work at once, in two
/// instances.
final class PayWorld: Sendable {
    /// Something that somebody does; a number chooses one of what there is at that moment.
    enum Act: Sendable {
        case record(Int)
        case end(Int, HireDeed)
        case decide(Int, CommissionDeed)
        case add(Int, Int64, CommissionBearer)
        case clock
        case object(Int, Int64?)
        case claim(Int, Int64)
        case answer(Int, DisputeSide)
        case rule(Int, Int)
        case withdraw(Int)
        case account(Int, Int)
        case resolve
        case run(Currency)
        case file(Int)
        case settle(Int, paid: Bool)
        case receive(Int)
        case reopen(Int)
        case state(Int)
    }

    private struct State {
        var statements: [String: [UInt8]] = [:]
        var paidRows: [Int64: String] = [:]
    }

    private let people: People
    private let stores: [Store]
    private let affiliates: [Account]
    private let introductions: [IntroductionID]
    private let state = Mutex(State())

    private static let note = Note(stored: "Decided")

    init(_ stores: [Store]) async throws {
        self.stores = stores
        people = try await People(stores[0])
        try await stores[0].write { transaction in
            try await stores[0].invoices.announce(
                InvoiceIssuer(
                    name: CompanyName(stored: "Vouch SRL"),
                    address: BillingAddress(stored: "Strada 1\nCluj"), country: .romania,
                    taxID: TaxID(stored: "RO1"), iban: IBAN(stored: People.romanianIBAN),
                    vatRate: VATRate(basisPoints: 2_100)),
                at: People.now, in: transaction)
        }
        var affiliates = [people.affiliate]
        for number in 1..<3 {
            affiliates.append(try await stores[0].signUp(affiliate: "a\(number)@example.com"))
        }
        self.affiliates = affiliates
        var introductions: [IntroductionID] = []
        for (index, shares) in ["50/50", "100", "33/33/34"].enumerated() {
            let offer = try TermsOffer(
                commission: Money(
                    minorUnits: 90_001, currency: index == 1 ? .ron : .eur),
                guaranteeDays: 15 + 10 * index, instalments: InstalmentPlan(shares))
            let job = try await Self.job(offer, people)
            for number in 0..<6 {
                let link = try await people.link(to: job, for: affiliates[number % 3])
                introductions.append(
                    try accepted(
                        try await people.apply(
                            to: job, via: link, email: "c\(index)\(number)@example.com")))
            }
        }
        self.introductions = introductions
        for (index, account) in affiliates.enumerated() { try await setAccount(account, index) }
    }

    private static func job(_ offer: TermsOffer, _ people: People) async throws -> Jobs.OwnJob {
        let draft = try await people.draft()
        let edited = try await people.store.write { transaction in
            try await people.store.jobs.edit(
                draft.id, draft.details, offer: offer, by: people.company.principal,
                at: People.now, in: transaction)
        }
        return try await people.move(edited, to: .published)
    }

    /// Chooses what happens next.
    func acts(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Act] {
        (0..<count).map { _ in
            let pick = Int.random(in: 0..<1000, using: &generator)
            let amount = Int64.random(in: 1...40_000, using: &generator)
            switch Int.random(in: 0..<30, using: &generator) {
            case 0..<4: return .record(pick)
            case 4: return .end(pick, .confirm)
            case 5: return .end(pick, .cancel(.recordedInError, note: Self.note))
            case 6: return .end(pick, .leftEarly(on: People.today, note: Self.note))
            case 7, 8: return .decide(pick, .approve)
            case 9: return .decide(pick, .hold(.selfDealing))
            case 10: return .decide(pick, .release)
            case 11: return .decide(pick, .reverse(.other))
            case 12: return .add(pick, amount, amount.isMultiple(of: 2) ? .company : .platform)
            case 13, 14: return .clock
            case 15: return .object(pick, pick.isMultiple(of: 3) ? nil : amount)
            case 16:
                guard !pick.isMultiple(of: 2) else { return .claim(pick, amount) }
                return pick.isMultiple(of: 3) ? .withdraw(pick) : .rule(pick, pick % 3)
            case 17: return .answer(pick, pick.isMultiple(of: 2) ? .affiliate : .company)
            case 18: return pick.isMultiple(of: 4) ? .account(pick % 3, pick) : .resolve
            case 19, 20: return .run(pick.isMultiple(of: 3) ? .ron : .eur)
            case 21, 22: return .file(pick)
            case 23..<26: return .settle(pick, paid: !pick.isMultiple(of: 4))
            default:
                return [.receive(pick), .receive(pick), .reopen(pick), .state(pick % 3)][pick % 4]
            }
        }
    }

    /// Does all of it at once, each in one of the instances; a refusal is an answer too.
    ///
    /// - Parameter duringOutage: a database that is gone is an answer as well.
    func perform(_ acts: [Act], at now: Instant, duringOutage: Bool = false) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, act) in acts.enumerated() {
                let store = stores[index % stores.count]
                group.addTask(executorPreference: store.database.loop) {
                    do {
                        try await self.perform(act, in: store, at: now.adding(seconds: index))
                    } catch is DomainError {
                        return
                    } catch is PostgresError where duringOutage {
                        return
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func perform(_ act: Act, in store: Store, at now: Instant) async throws {
        switch act {
        case .record, .end, .decide, .add, .clock: try await decide(act, in: store, at: now)
        case .object, .claim, .answer, .rule, .withdraw:
            try await dispute(act, in: store, at: now)
        case .account, .resolve, .run, .file, .settle, .receive, .reopen, .state:
            try await pay(act, in: store, at: now)
        }
    }

    private func pick<Tag>(_ number: Int, _ statement: SQL) async throws -> ID<Tag> {
        let ids = try await stores[0].database.query(statement) { row in
            try row.next(ID<Tag>.self)
        }
        guard !ids.isEmpty else { throw DomainError.notFound(.hire) }
        return ids[number % ids.count]
    }

    private func hire(_ number: Int) async throws -> HireID {
        try await pick(number, "SELECT id FROM hire ORDER BY id")
    }

    // MARK: Hires and commissions

    private func decide(_ act: Act, in store: Store, at now: Instant) async throws {
        let admin = people.admin.principal
        switch act {
        case .record(let number):
            _ = try await store.write { transaction in
                try await store.recording.record(
                    self.introductions[number % self.introductions.count], startsOn: now.date,
                    by: admin, at: now, in: transaction)
            }
        case .end(let number, let deed): try await end(number, deed, in: store, at: now)
        case .decide(let number, let deed):
            // What a clawback took back is not given again here: it would be a second promise.
            let first: CommissionID = try await pick(
                number,
                """
                SELECT id FROM commission WHERE kind <> 'clawback' AND state <> 'reversed'
                ORDER BY id
                """)
            _ = try await store.write { transaction in
                try await store.commissionDeeds.decide(
                    deed, on: [first], note: Self.note, by: admin, at: now, in: transaction)
            }
        case .add(let number, let amount, let bearer):
            let id = try await hire(number)
            let currency = try await currency(of: id)
            let grant = try CommissionDeeds.Grant(
                hire: id, amount: Money(minorUnits: amount, currency: currency),
                bearer: bearer, reason: .other, note: Self.note)
            _ = try await store.write { transaction in
                try await store.commissionDeeds.add(
                    grant, by: admin, at: now, in: transaction)
            }
        default:
            _ = try await store.write { transaction in
                try await store.clock.advance(at: now, in: transaction)
            }
        }
    }

    private func end(
        _ number: Int, _ deed: HireDeed, in store: Store, at now: Instant
    ) async throws {
        let id = try await hire(number)
        var deed = deed
        if case .leftEarly(_, let note) = deed { deed = .leftEarly(on: now.date, note: note) }
        let admin = people.admin.principal
        let shown = try await store.hireEnding.preview(
            deed, on: id, by: admin, today: now.date)
        let (decided, chosen) = (shown.fingerprint, deed)
        let perform = { @Sendable (store: Store) in
            try await store.write { transaction in
                try await store.hireEnding.perform(
                    chosen, on: id, decided: decided, by: admin, at: now, in: transaction)
            }
        }
        // An impatient hand; both get the same answer, or the same kind of refusal.
        async let first = perform(stores[0])
        async let second = perform(stores[1])
        let answers = try await [first, second]
        #expect(answers[0] == answers[1])
    }

    private func currency(of hire: HireID) async throws -> Currency {
        let found = try await stores[0].database.queryFirst(
            """
            SELECT t.currency FROM hire h JOIN introduction i ON i.id = h.introduction_id
            JOIN terms t ON t.id = i.terms_id WHERE h.id = \(hire)
            """
        ) { row in try row.next(Currency.self) }
        return found ?? .eur
    }

    // MARK: Disputes

    private func dispute(_ act: Act, in store: Store, at now: Instant) async throws {
        let text = DisputeText(stored: "Not so")
        switch act {
        case .object(let number, let part):
            let id: CommissionID = try await pick(number, "SELECT id FROM commission ORDER BY id")
            let currency = try await stores[0].database.queryFirst(
                "SELECT currency FROM commission WHERE id = \(id)"
            ) { row in try row.next(Currency.self) }
            try await open(
                .commission(id), .wrongAmount,
                part.map { Money(minorUnits: $0, currency: currency ?? .eur) },
                by: people.company, in: store, at: now)
        case .claim(let number, let amount):
            let id = try await hire(number)
            let owner: AffiliateID = try await pick(
                0,
                """
                SELECT i.affiliate_id FROM hire h JOIN introduction i ON i.id = h.introduction_id
                WHERE h.id = \(id)
                """)
            let account = affiliates.first { $0.principal.affiliate == owner }
            try await open(
                .claim(id), .wronglyReversed,
                Money(minorUnits: amount, currency: try await currency(of: id)),
                by: account ?? people.affiliate, in: store, at: now)
        case .answer(let number, let side):
            let id: DisputeID = try await pick(number, "SELECT id FROM dispute ORDER BY id")
            let affiliate = affiliates[number % 3]
            _ = try await store.write { transaction in
                try await store.disputes.answer(
                    id, text,
                    by: (side == .company ? self.people.company : affiliate).principal,
                    at: now, in: transaction)
            }
        case .rule(let number, let way):
            let id: DisputeID = try await pick(number, "SELECT id FROM dispute ORDER BY id")
            let found = try await store.disputes.find(id, for: people.admin.principal)
            let half = Money(
                minorUnits: found.amount.minorUnits / 2, currency: found.amount.currency)
            let outcome = [DisputeOutcome.upheld, .rejected, .partly(half)][way]
            _ = try await store.write { transaction in
                try await store.disputes.decide(
                    id, outcome, because: .evidence, note: Self.note,
                    by: self.people.admin.principal, at: now, in: transaction)
            }
        case .withdraw(let number):
            let id: DisputeID = try await pick(number, "SELECT id FROM dispute ORDER BY id")
            let opener = try await stores[0].database.queryFirst(
                "SELECT opened_by FROM dispute WHERE id = \(id)"
            ) { row in try row.next(AccountID.self) }
            let account = (affiliates + [people.company]).first { $0.id == opener }
            _ = try await store.write { transaction in
                try await store.disputes.withdraw(
                    id, by: (account ?? self.people.company).principal, at: now,
                    in: transaction)
            }
        default: return
        }
    }

    private func open(
        _ subject: Disputes.Subject, _ reason: DisputeReason, _ amount: Money?,
        by account: Account, in store: Store, at now: Instant
    ) async throws {
        let opening = Disputes.Opening(
            subject: subject, reason: reason, text: DisputeText(stored: "No"), amount: amount)
        _ = try await store.write { transaction in
            try await store.disputes.open(
                opening, by: account.principal, at: now, in: transaction)
        }
    }

    // MARK: Payouts

    private func pay(_ act: Act, in store: Store, at now: Instant) async throws {
        let admin = people.admin.principal
        switch act {
        case .account(let number, let iban): try await setAccount(affiliates[number], iban)
        case .resolve:
            for flag in try await store.flags.open() {
                guard case .affiliate(let id, _, _, _) = flag else { continue }
                try await store.write { transaction in
                    try await store.flags.resolve(
                        id, note: Self.note, by: admin, at: now, in: transaction)
                }
            }
        case .run(let currency): try await run(currency, at: now)
        case .file(let number):
            let id: PayoutBatchID = try await pick(
                number,
                """
                SELECT id FROM payout_batch ORDER BY sent_at IS NOT NULL, id DESC LIMIT 3
                """)
            _ = try await store.write { transaction in
                try await store.payoutAnswers.file(
                    of: id, from: People.payer, by: admin, at: now, in: transaction)
            }
        case .settle(let number, let paid):
            let id: PayoutID = try await pick(
                number,
                """
                SELECT id FROM payout ORDER BY state IN ('paid', 'failed'), state DESC, id LIMIT 4
                """)
            try await store.write { transaction in
                if paid {
                    try await store.payoutAnswers.paid(id, by: admin, at: now, in: transaction)
                } else {
                    try await store.payoutAnswers.failed(
                        id, because: .other, note: Self.note, by: admin, at: now,
                        in: transaction)
                }
            }
        case .receive(let number):
            let id: InvoiceID = try await pick(number, "SELECT id FROM invoice ORDER BY id")
            _ = try await store.write { transaction in
                try await store.invoices.receive(
                    id, on: now.date, bankReference: BankReference(stored: "OP"), by: admin,
                    at: now, in: transaction)
            }
        case .reopen(let number):
            let id: InvoiceID = try await pick(
                number, "SELECT id FROM invoice ORDER BY state = 'received' DESC, id LIMIT 5")
            try await reopen(id, by: admin, at: now)
        case .state(let number): try await state(affiliates[number], in: store, at: now)
        default: return
        }
    }

    /// Two admins undo the same payment.
    private func reopen(_ id: InvoiceID, by admin: Principal, at now: Instant) async throws {
        let payments = try await stores[0].count(
            """
            SELECT count(*) FROM ledger_transfer WHERE invoice_id = \(id) AND kind = 'company_paid'
            """)
        let reopening = try InvoiceReopening(
            payment: max(1, Int(payments)), reason: .returnedByBank, note: Self.note)
        let perform = { @Sendable (store: Store) in
            _ = try await store.write { transaction in
                try await store.invoices.reopen(
                    id, reopening, by: admin, at: now, in: transaction)
            }
        }
        async let first: Void = perform(stores[0])
        async let second: Void = perform(stores[1])
        _ = try await (first, second)
    }

    private static let ibans = [
        People.romanianIBAN, "RO09BCYP0000001234567890", "RO66BACX0000001234567890",
    ]

    private func setAccount(_ account: Account, _ number: Int) async throws {
        let details = PayoutDetails(
            holder: AccountHolder(stored: "Holder \(number % 7)"),
            iban: IBAN(stored: Self.ibans[number % 3]), country: .romania,
            taxID: try TaxID("RO12"))
        _ = try await stores[0].write { transaction in
            try await self.stores[0].payoutAccounts.set(
                details, by: account.principal, at: People.now, in: transaction)
        }
    }

    /// Two admins, in two instances, with one preview.
    private func run(_ currency: Currency, at now: Instant) async throws {
        let choice = try PayoutRun.Choice(currency: currency, cutOff: now.date)
        let shown = try await stores[1].payouts.preview(choice)
        let admin = people.admin.principal
        let create = { @Sendable (store: Store) in
            try await store.write { transaction in
                try await store.payouts.create(
                    choice, decided: shown.fingerprint, by: admin, at: now, in: transaction)
            }
        }
        async let first = create(stores[0])
        async let second = create(stores[1])
        let batches = try await [first, second]
        #expect(batches[0].id == batches[1].id)
    }

    /// Asks for the month before, and compares it with what was said of it earlier.
    private func state(_ account: Account, in store: Store, at now: Instant) async throws {
        guard let affiliate = account.principal.affiliate else { return }
        let month = CalendarMonth(CalendarMonth(now.date).firstDay.adding(days: -1))
        let statement = try await store.write { transaction in
            try await store.statements.statement(
                of: affiliate, in: month, at: now, in: transaction)
        }
        state.withLock { state in
            let key = "\(affiliate) \(month)"
            let old = state.statements.updateValue(statement.csv, forKey: key)
            #expect(old == nil || old == statement.csv, "the statement of \(key) changed")
        }
    }

    /// Replays every month that was ever stated.
    func replay(at now: Instant) async throws {
        let stated = state.withLock { $0.statements }
        for account in affiliates {
            guard let affiliate = account.principal.affiliate else { continue }
            var month = CalendarMonth(People.today)
            while month.end <= now {
                let current = month
                let statement = try await stores[0].write { transaction in
                    try await self.stores[0].statements.statement(
                        of: affiliate, in: current, at: now, in: transaction)
                }
                if let old = stated["\(affiliate) \(current)"] { #expect(old == statement.csv) }
                month = month.next
            }
        }
    }

    /// Compares the rows that were paid with what they were when they were first seen so.
    func checkPaidRows() async throws {
        let rows = try await stores[0].database.query(
            "SELECT id, to_jsonb(m)::text FROM commission m WHERE state = 'paid'"
        ) { row in (id: try row.next(Int64.self), text: try row.next(String.self)) }
        state.withLock { state in
            let seen = Set(rows.map(\.id))
            #expect(seen.isSuperset(of: state.paidRows.keys), "a paid row is not paid any more")
            for row in rows {
                let old = state.paidRows.updateValue(row.text, forKey: row.id)
                #expect(old == nil || old == row.text, "a paid row changed")
            }
        }
    }
}
