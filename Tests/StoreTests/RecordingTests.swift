import Domain
import EventLoop
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `Recording a hire` {
    @Test func `it makes hire, commission, transfers, history, audit and messages together`()
        async throws
    {
        try await withPeople { people in
            let id = try await people.introduction()
            let hire = try await people.record(id)

            #expect(hire.affiliate == people.affiliateID)
            #expect(hire.commissions.map(\.amount) == [.euros(500)])
            #expect(hire.commissions.map(\.dueOn) == [People.today.adding(days: 60)])
            let store = people.store
            #expect(try await store.count("SELECT count(*) FROM ledger_transfer") == 2)
            #expect(try await store.count("SELECT count(*) FROM ledger_entry") == 4)
            let history: SQL =
                "SELECT count(*) FROM stage_history WHERE to_stage = 'hired' AND actor = 'admin'"
            #expect(try await store.count(history) == 1)
            let audit = try await store.audit.list(of: "hire", hire.id.rawValue)
            #expect(audit.items.map(\.action) == ["hire.recorded"])
            let told = try await store.outbox.waiting(limit: PageLimit(clamping: 100))
                .filter { $0.payload.contains("\"hire\"") }
            #expect(Set(told.map(\.recipient)) == ["affiliate", "company", "admin"])
            #expect(try await store.books.check().isBalanced)
        }
    }

    @Test func `sixty-four recordings in two instances at once make one and answer the same`()
        async throws
    {
        let place = try TestDatabase()
        var settings = PoolSettings(connectionString: place.connectionString)
        settings.exclusiveConnectionsMax = 16
        settings.lockTimeout = .seconds(60)
        let pool = settings
        try await withLoop { loop in
            let first = Database(loop: loop, settings: pool, logger: quietLogger)
            try await withLoop { otherLoop in
                let second = Database(loop: otherLoop, settings: pool, logger: quietLogger)
                try await recordEverywhere(first, second)
                await second.close()
            }
            await first.close()
        }
        try place.drop()
    }

    private func recordEverywhere(_ first: Database, _ second: Database) async throws {
        let people = try await People(Store(database: first))
        let id = try await people.introduction(instalments: "50/50")
        let answers = try await withThrowingTaskGroup(of: HireRecording.RecordedHire.self) {
            group in
            for index in 0..<64 {
                let store = Store(database: index.isMultiple(of: 2) ? first : second)
                group.addTask {
                    try await store.write { transaction in
                        try await store.recording.record(
                            id, startsOn: People.today, by: people.admin.principal,
                            at: People.now.adding(seconds: index), in: transaction)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 64)
        #expect(Set(answers).count == 1)
        let store = people.store
        #expect(try await store.count("SELECT count(*) FROM hire") == 1)
        #expect(try await store.count("SELECT count(*) FROM commission") == 2)
        let hired: SQL = "SELECT count(*) FROM stage_history WHERE to_stage = 'hired'"
        #expect(try await store.count(hired) == 1)
        let report = try await store.books.check()
        #expect(report.isBalanced)
        #expect(report.transfers == 3)
    }

    @Test func `the same key at the same moment gives one hire and one stored answer`()
        async throws
    {
        try await withPeople { people in
            let id = try await people.introduction()
            let request = KeyedRequest(
                account: people.admin.id, key: try IdempotencyKey("key-of-the-form"),
                hash: [UInt8](repeating: 7, count: 32))
            let answers = try await withThrowingTaskGroup(of: StoredAnswer.self) { group in
                for index in 0..<16 {
                    group.addTask {
                        try await people.store.once(request, at: People.now) { transaction in
                            let hire = try await people.store.recording.record(
                                id, startsOn: People.today, by: people.admin.principal,
                                at: People.now, in: transaction)
                            return StoredAnswer(
                                status: 201, location: "/admin/hires/\(hire.id)",
                                contentType: "text/plain", body: Array("\(index)".utf8))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers).count == 1)
            #expect(try await people.store.count("SELECT count(*) FROM hire") == 1)
        }
    }

    @Test func `a failure after the last step leaves nothing behind`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let before = try await people.store.outbox.waiting().count
            await #expect(throws: TestFailure.self) {
                try await people.store.write { transaction in
                    _ = try await people.store.recording.record(
                        id, startsOn: People.today, by: people.admin.principal, at: People.now,
                        in: transaction)
                    throw TestFailure("the power went")
                }
            }
            let left: SQL = """
                SELECT (SELECT count(*) FROM hire) + (SELECT count(*) FROM commission)
                    + (SELECT count(*) FROM ledger_transfer)
                    + (SELECT count(*) FROM audit WHERE action = 'hire.recorded')
                """
            #expect(try await people.store.count(left) == 0)
            #expect(try await people.store.outbox.waiting().count == before)
            #expect(
                try await people.store.candidates.find(id, for: people.admin.principal)
                    .summary.stage == .submitted)
        }
    }

    @Test func `a candidate who came alone earns nobody anything`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let id = try accepted(try await people.apply(to: job))
            let hire = try await people.record(id)
            #expect(hire.affiliate == nil)
            #expect(hire.commissions.isEmpty)
            #expect(try await people.store.count("SELECT count(*) FROM ledger_transfer") == 0)
            let recipients: SQL = "SELECT count(*) FROM outbox WHERE topic = 'commission.won'"
            #expect(try await people.store.count(recipients) == 0)
        }
    }

    @Test func `a reported hire is recorded and leaves the queue`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let store = people.store
            let reported = try await store.write { transaction in
                try await store.hires.report(
                    id, startsOn: People.today.adding(days: 7), note: try Note("Starts soon"),
                    by: people.company.principal, at: People.now, in: transaction)
            }
            let queue = try await store.hires.reported()
            #expect(queue.items.map(\.id) == [reported])
            #expect(queue.items.first?.affiliateName?.text == "Ana Pop")
            #expect(queue.items.first?.offer.commission == .euros(500))

            let hire = try await people.record(id, startsOn: People.today.adding(days: 7))
            #expect(hire.id == reported)
            #expect(try await store.hires.reported().items.isEmpty)
            #expect(try await store.hires.recorded().items.map(\.id) == [reported])
            #expect(try await store.hires.find(reported).note.text == "Starts soon")
        }
    }

    @Test func `a report sent twice is one`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let report = { @Sendable in
                try await people.store.write { transaction in
                    try await people.store.hires.report(
                        id, startsOn: People.today, note: Note(stored: ""),
                        by: people.company.principal, at: People.now, in: transaction)
                }
            }
            let first = try await report()
            #expect(try await report() == first)
            let told: SQL = "SELECT count(*) FROM outbox WHERE topic = 'hire.reported'"
            #expect(try await people.store.count(told) == 1)
        }
    }

    @Test func `another first day after the recording is a conflict`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            _ = try await people.record(id)
            await #expect(throws: DomainError.conflict(.hireAlreadyRecorded)) {
                try await people.record(id, startsOn: People.today.adding(days: 1))
            }
        }
    }

    @Test func `nobody but an admin records, and nobody who is out is hired`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            await #expect(throws: DomainError.forbidden) {
                try await people.record(id, by: people.company)
            }
            try await people.move(id, .reject(.lacksSkills, note: Note(stored: "")))
            await #expect(throws: DomainError.conflict(.introductionClosed(.rejected))) {
                try await people.record(id)
            }
            await #expect(throws: DomainError.notFound(.introduction)) {
                try await people.record(IntroductionID(999))
            }
        }
    }
}
