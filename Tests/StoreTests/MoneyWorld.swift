import Domain
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Store

/// Three jobs, three affiliates and a few people who apply again and again, in two instances.
final class MoneyWorld: Sendable {
    /// Something that somebody does; several happen at once.
    enum Act: Sendable {
        case apply(job: Int, affiliate: Int?, person: Int)
        case move(Int, to: Stage)
        case reject(Int)
        case withdraw(Int)
        case report(Int, day: Int)
        case record(Int, day: Int)
        case promise(job: Int, TermsOffer)
    }

    private struct State {
        var introductions: [(id: IntroductionID, receipt: ReceiptCode)] = []
        var applied: [(Applications.Submission, Applications.Outcome)] = []
        var recorded: [IntroductionID: HireRecording.RecordedHire] = [:]
    }

    private let people: People
    private let stores: [Store]
    private let jobs: [Jobs.OwnJob]
    private let links: [[Links.Link]]
    private let state = Mutex(State())

    /// Two of them are one person by a dot, two by the telephone.
    private static let persons: [(email: String, phone: String?)] = [
        ("mihai.ionescu@gmail.com", nil), ("MihaiIonescu@gmail.com", "0722 123 456"),
        ("elena@example.com", "+40722123456"), ("radu@example.com", nil),
        ("ioana@example.com", "0733 444 555"), ("dan@example.com", nil),
    ]

    init(_ stores: [Store]) async throws {
        self.stores = stores
        people = try await People(stores[0])
        let shares = ["100", "33/33/34", "50/50"]
        var jobs: [Jobs.OwnJob] = []
        for share in shares {
            let draft = try await people.draft(instalments: share) {
                $0.validThrough = People.today.adding(days: 366)
            }
            jobs.append(try await people.move(draft, to: .published))
        }
        self.jobs = jobs
        var links: [[Links.Link]] = []
        for number in 0..<3 {
            let affiliate = try await stores[0].signUp(affiliate: "affiliate\(number)@example.com")
            var ofOne: [Links.Link] = []
            for job in jobs { ofOne.append(try await people.link(to: job, for: affiliate)) }
            links.append(ofOne)
        }
        self.links = links
    }

    /// Chooses what happens next.
    func acts(_ count: Int, using generator: inout some RandomNumberGenerator) throws -> [Act] {
        let known = state.withLock { $0.introductions.count }
        return try (0..<count).map { _ in
            let target = known > 0 ? Int.random(in: 0..<known, using: &generator) : 0
            switch Int.random(in: 0..<12, using: &generator) {
            case _ where known == 0, 0..<4:
                let affiliate = Int.random(in: -1..<3, using: &generator)
                return .apply(
                    job: Int.random(in: 0..<3, using: &generator),
                    affiliate: affiliate < 0 ? nil : affiliate,
                    person: Int.random(in: 0..<Self.persons.count, using: &generator))
            case 4, 5:
                let stages = [Stage.shortlisted, .interview, .offer]
                return .move(target, to: stages.randomElement(using: &generator) ?? .offer)
            case 6: return .reject(target)
            case 7: return .withdraw(target)
            case 8: return .report(target, day: Int.random(in: 0..<2, using: &generator))
            case 9, 10: return .record(target, day: Int.random(in: 0..<2, using: &generator))
            default:
                let offer = try TermsOffer(
                    commission: Money(
                        minorUnits: Int64.random(in: 1...90_001, using: &generator),
                        currency: Bool.random(using: &generator) ? .eur : .ron),
                    guaranteeDays: Int.random(in: 0...90, using: &generator),
                    instalments: InstalmentPlan(shares: [1, 66, 33]))
                return .promise(job: Int.random(in: 0..<3, using: &generator), offer)
            }
        }
    }

    /// Does all of it at once, each in one of the instances; a refusal is an answer too.
    func perform(_ acts: [Act], at now: Instant) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, act) in acts.enumerated() {
                let store = stores[index % stores.count]
                group.addTask(executorPreference: store.database.loop) {
                    do {
                        try await self.perform(act, in: store, at: now.adding(seconds: index))
                    } catch is DomainError {
                        return
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func perform(_ act: Act, in store: Store, at now: Instant) async throws {
        switch act {
        case .apply(let job, let affiliate, let person):
            try await apply(
                to: jobs[job], via: affiliate.map { links[$0][job] }, Self.persons[person],
                in: store, at: now)
        case .record(let index, let day):
            try await record(
                introduction(index), on: now.date.adding(days: day), in: store, at: now)
        case .move(let index, let stage):
            let move = StageMove.advance(to: stage, note: Note(stored: ""))
            try await self.move(introduction(index).id, move, in: store, at: now)
        case .reject(let index):
            let move = StageMove.reject(.other, note: Note(stored: "No"))
            try await self.move(introduction(index).id, move, in: store, at: now)
        case .withdraw(let index):
            let receipt = introduction(index).receipt
            try await store.write { transaction in
                try await store.receipts.withdraw(receipt, at: now, in: transaction)
            }
        case .report(let index, let day):
            let id = introduction(index).id
            try await store.write { transaction in
                try await self.people.report(
                    id, startsOn: now.date.adding(days: day), at: now, in: transaction)
            }
        case .promise(let job, let offer):
            let job = jobs[job]
            _ = try await store.write { transaction in
                try await store.jobs.edit(
                    job.id, job.details, offer: offer, by: self.people.company.principal, at: now,
                    in: transaction)
            }
        }
    }

    private func introduction(_ index: Int) -> (id: IntroductionID, receipt: ReceiptCode) {
        state.withLock { $0.introductions[index] }
    }

    private func move(
        _ id: IntroductionID, _ move: StageMove, in store: Store, at now: Instant
    ) async throws {
        try await store.write { transaction in
            try await store.stages.move(
                id, move, by: self.people.company.principal, at: now, in: transaction)
        }
    }

    /// Sends the form twice at once, as an impatient hand does.
    private func apply(
        to job: Jobs.OwnJob, via link: Links.Link?, _ person: (email: String, phone: String?),
        in store: Store, at now: Instant
    ) async throws {
        let key = String(UInt64.random(in: .min ... .max), radix: 36) + "-application"
        let submission = try people.submission(
            to: job, via: link, email: person.email, phone: person.phone, key: key, at: now)
        async let first = store.write { transaction in
            try await store.applications.submit(submission, in: transaction)
        }
        async let second = stores[0].write { transaction in
            try await self.stores[0].applications.submit(submission, in: transaction)
        }
        let outcomes = try await [first, second]
        #expect(outcomes[0] == outcomes[1])
        state.withLock { state in
            guard case .accepted(let id, let receipt) = outcomes[0] else { return }
            state.introductions.append((id, receipt))
            state.applied.append((submission, outcomes[0]))
        }
    }

    /// Sends the form twice at once, and keeps what was answered.
    private func record(
        _ introduction: (id: IntroductionID, receipt: ReceiptCode), on startsOn: CalendarDate,
        in store: Store, at now: Instant
    ) async throws {
        let request = KeyedRequest(
            account: people.admin.id,
            key: try IdempotencyKey(
                String(UInt64.random(in: .min ... .max), radix: 36) + "-record"),
            hash: [UInt8](repeating: 1, count: 32))
        async let first = once(request, introduction.id, startsOn, in: store, at: now)
        async let second = once(request, introduction.id, startsOn, in: stores[0], at: now)
        let answers = try await [first, second]
        #expect(answers[0] == answers[1])
        let hire = try await people.record(introduction.id, startsOn: startsOn)
        state.withLock { state in
            let old = state.recorded.updateValue(hire, forKey: introduction.id)
            #expect(old == nil || old == hire)
        }
    }

    private func once(
        _ request: KeyedRequest, _ id: IntroductionID, _ startsOn: CalendarDate, in store: Store,
        at now: Instant
    ) async throws -> StoredAnswer {
        try await store.once(request, at: now) { transaction in
            let hire = try await store.recording.record(
                id, startsOn: startsOn, by: self.people.admin.principal, at: now, in: transaction)
            return StoredAnswer(status: 201, body: Array("\(hire)".utf8))
        }
    }

    /// How many were recorded until now.
    var recordedCount: Int { state.withLock { $0.recorded.count } }

    /// Asks everything that was accepted once more: the answers are the first ones.
    func replay(at now: Instant) async throws {
        let (applied, recorded) = state.withLock { ($0.applied, $0.recorded) }
        let store = stores[1]
        for (submission, outcome) in applied {
            let again = try await store.write { transaction in
                try await store.applications.submit(submission, in: transaction)
            }
            #expect(again == outcome)
        }
        for (id, hire) in recorded {
            let again = try await store.write { transaction in
                try await store.recording.record(
                    id, startsOn: hire.startsOn, by: self.people.admin.principal, at: now,
                    in: transaction)
            }
            #expect(again == hire)
        }
    }
}
