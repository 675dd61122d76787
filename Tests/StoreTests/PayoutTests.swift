import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `Paying out` {
    private func choice(
        _ currency: Currency = .eur, on day: CalendarDate = People.today,
        excluded: Set<AffiliateID> = []
    ) throws -> PayoutRun.Choice {
        try PayoutRun.Choice(currency: currency, cutOff: day, excluded: excluded)
    }

    @Test func `a change of the account is logged, and mailed to the address of that moment`()
        async throws
    {
        try await withPeople { people in
            let store = people.store
            try await people.payTo(People.germanIBAN)
            let second = try await people.payTo("ro49 aaaa 1b31 0075 9384 0000")
            #expect(try await people.payTo(People.romanianIBAN) == second)
            #expect(second.version == 2)
            #expect(try await store.payoutAccounts.find(people.affiliateID) == second)
            let audit = try await store.audit.list(of: "affiliate", people.affiliateID.rawValue)
            #expect(audit.items.count == 2)
            let change = try #require(audit.items.first?.detail)
            #expect(change.contains(People.germanIBAN) && change.contains(People.romanianIBAN))
            let told = try await store.outbox.waiting().filter {
                $0.topic == "payout_account.changed"
            }
            #expect(told.count == 2)
            let mail = try #require(told.last?.payload)
            #expect(mail.contains("ana@example.com") && mail.contains("DE89 **** 3000"))
            #expect(!mail.contains(People.germanIBAN))
            await #expect(throws: DomainError.forbidden) {
                try await people.payTo(People.germanIBAN, people.company)
            }
        }
    }

    @Test func `one account for two affiliates stops both until an admin has looked`()
        async throws
    {
        try await withPeople { people in
            let store = people.store
            let other = try await store.signUp(affiliate: "bogdan@example.com")
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            try await people.payTo()
            let second = try await people.overlap { transaction in
                try await transaction.execute(
                    "LOCK TABLE payout_account IN SHARE ROW EXCLUSIVE MODE")
            } meeting: {
                try await people.payTo(People.germanIBAN, holder: "Bogdan", other)
            }
            _ = try second.get()
            #expect(try await store.flags.open().count == 2)
            let shown = try await store.payouts.preview(try choice())
            #expect(shown.lines.isEmpty)
            #expect(shown.skipped.map(\.reason) == [.flagged])
            for flag in try await store.flags.open() {
                guard case .affiliate(let id, _, _, _) = flag else { continue }
                try await store.write { transaction in
                    try await store.flags.resolve(
                        id, note: Note(stored: "Husband and wife"), by: people.admin.principal,
                        at: People.now, in: transaction)
                }
            }
            #expect(try await store.flags.open().isEmpty)
            #expect(try await store.payouts.preview(try choice()).lines.count == 1)
        }
    }

    @Test func `a run says whom it passes over and why`() async throws {
        try await withPeople { people in
            let store = people.store
            let hire = try await people.record(try await people.introduction(euros: 24))
            try await people.decide(.approve, hire.commissions.map(\.id))
            #expect(
                try await store.payouts.preview(try choice()).skipped.map(\.reason)
                    == [.belowMinimum])
            _ = try await people.add(.euros(1), to: hire.id)
            #expect(
                try await store.payouts.preview(try choice()).skipped.map(\.reason)
                    == [.noDetails])
            try await people.payTo()
            #expect(
                try await store.payouts.preview(
                    try choice(excluded: [people.affiliateID])
                ).skipped.map(\.reason) == [.excluded])
            let early = try choice(on: People.today.adding(days: -1))
            #expect(try await store.payouts.preview(early).skipped.isEmpty)
            #expect(try await store.payouts.preview(early).lines.isEmpty)
            let run = try await store.payouts.preview(try choice())
            #expect(run.lines.map(\.total) == [.euros(25)])
            await #expect(throws: DomainError.conflict(.nothingToPay)) {
                _ = try await people.run(try choice(.ron))
            }
        }
    }

    @Test func `a batch goes to the bank, is paid, and is told`() async throws {
        try await withPeople { people in
            let store = people.store
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let batch = try await people.run(try choice())
            #expect(batch.total == .euros(500))
            #expect(try await people.payable() == 0)
            #expect(try await people.booksBalance())
            let line = try #require(
                try await store.payoutLists.payouts(of: batch.id).items.first)
            await #expect(throws: DomainError.conflict(.payoutNotSent)) {
                try await people.paid(line.id)
            }
            let file = try await people.file(batch.id)
            let later = try await people.file(batch.id, at: People.now.adding(days: 4))
            #expect(file.bytes == later.bytes)
            try await people.paid(line.id)
            try await people.paid(line.id)
            await #expect(throws: DomainError.conflict(.payoutSettled)) {
                try await people.failed(line.id)
            }
            #expect(try await people.rows(hire.id) == ["instalment paid 500"])
            #expect(try await people.told(.payoutSent) == 1)
            #expect(try await people.told(.payoutPaid) == 1)
            #expect(try await people.booksBalance())
            #expect(
                try await store.payoutLists.payouts(to: people.affiliateID).items.map(\.state)
                    == [.paid])
        }
    }

    @Test func `what the bank refused is owed again and paid by the next batch`() async throws {
        try await withPeople { people in
            let store = people.store
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let first = try await people.run(try choice())
            try await people.file(first.id)
            let line = try #require(
                try await store.payoutLists.payouts(of: first.id).items.first)
            try await people.failed(line.id)
            try await people.failed(line.id)
            await #expect(throws: DomainError.conflict(.payoutSettled)) {
                try await people.paid(line.id)
            }
            #expect(try await people.payable() == 50_000)
            #expect(try await people.booksBalance())
            try await people.payTo(People.romanianIBAN)
            try await people.payAll(at: People.now.adding(seconds: 5))
            #expect(try await people.rows(hire.id) == ["instalment paid 500"])
            #expect(try await people.told(.payoutFailed) == 1)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `what the bank refused can be paid to the same account on the same day`()
        async throws
    {
        try await withPeople { people in
            let store = people.store
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let first = try await people.run(try choice())
            try await people.file(first.id)
            let lines = try await store.payoutLists.payouts(of: first.id)
            let line = try #require(lines.items.first)
            try await people.failed(line.id, .other, at: People.now.adding(seconds: 1))
            let second = try await people.run(try choice(), at: People.now.adding(seconds: 2))
            #expect(second.id != first.id)
            #expect(second.total == first.total)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `what was paid too much is taken off the next payout`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            let ids = hire.commissions.map(\.id)
            try await people.decide(.approve, ids)
            try await people.payAll(at: People.now)
            try await people.decide(.reverse(.leftEarly), ids)
            let job = try await people.job(euros: 800)
            let next = try await people.record(
                try accepted(
                    try await people.apply(
                        to: job, via: try await people.link(to: job), email: "y@example.com")))
            try await people.decide(.approve, next.commissions.map(\.id))
            let batch = try await people.run(try choice())
            #expect(batch.total == .euros(300))
            #expect(try await people.booksBalance())
        }
    }

    @Test func `two admins who decide upon one preview make one batch`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let choice = try choice()
            let shown = try await people.store.payouts.preview(choice)
            let batches = try await withThrowingTaskGroup(of: Payouts.Batch.self) { group in
                for index in 0..<8 {
                    group.addTask(executorPreference: people.store.database.loop) {
                        try await people.create(
                            choice, shown.fingerprint, at: People.now.adding(seconds: index))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(batches).count == 1)
            #expect(try await people.store.count("SELECT count(*) FROM payout") == 1)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `a batch that something else would be paid by is refused`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let shown = try await people.store.payouts.preview(try choice())
            try await people.payTo(People.romanianIBAN)
            await #expect(throws: DomainError.conflict(.changedMeanwhile)) {
                _ = try await people.create(try choice(), shown.fingerprint)
            }
            #expect(try await people.store.count("SELECT count(*) FROM payout_batch") == 0)
        }
    }

    @Test func `a failure after the last step of a batch leaves nothing behind`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let choice = try choice()
            let shown = try await people.store.payouts.preview(choice)
            await #expect(throws: TestFailure.self) {
                try await people.store.write { transaction in
                    _ = try await people.store.payouts.create(
                        choice, decided: shown.fingerprint, by: people.admin.principal,
                        at: People.now, in: transaction)
                    throw TestFailure("the power went")
                }
            }
            #expect(try await people.rows(hire.id) == ["instalment approved 500"])
            #expect(try await people.payable() == 50_000)
            #expect(try await people.create(choice, shown.fingerprint).total == .euros(500))
        }
    }

    @Test func `what is paid cannot be changed or paid again behind the program's back`()
        async throws
    {
        let place = try TestDatabase()
        try await withStore(place) { store in
            let people = try await People(store)
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            try await people.payAll(at: People.now)
            try await people.decide(.reverse(.other), hire.commissions.map(\.id))
        }
        for statement in [
            "UPDATE payout SET state = 'failed', failure = 'other'",
            "UPDATE payout SET amount = amount + 1", "UPDATE invoice SET amount = amount + 1",
            "INSERT INTO payout_item SELECT payout_id + 1, commission_id, amount FROM payout_item",
            "UPDATE commission SET state = 'approved' WHERE state = 'paid'",
            """
            INSERT INTO commission (hire_id, affiliate_id, terms_id, kind, reverses, instalment,
                instalment_count, share, remainder, amount, currency, due_on, state, reason,
                created_at, state_changed_at)
            SELECT hire_id, affiliate_id, terms_id, kind, reverses, instalment, instalment_count,
                share, remainder, -1, currency, due_on, 'approved', 'other', created_at,
                created_at FROM commission WHERE kind = 'clawback'
            """,
        ] {
            #expect(throws: TestFailure.self, "\(statement)") { try place.run(statement) }
        }
        try place.drop()
    }
}
