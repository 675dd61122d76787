import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// Two transactions that meet at the worst moment, which a lock makes certain.
@Suite struct `Two at once` {
    @Test func `nobody withdraws while the hire is being reported`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let outcome = try await people.apply(to: job)
            let (id, code) = (try accepted(outcome), try receipt(outcome))
            let withdrawal = try await people.overlap { transaction in
                try await people.report(id, in: transaction)
            } meeting: {
                try await people.store.write { transaction in
                    try await people.store.receipts.withdraw(
                        code, at: People.now, in: transaction)
                }
            }
            #expect(throws: DomainError.conflict(.hireReported)) { try withdrawal.get() }
            #expect(try await people.record(id).introduction == id)
        }
    }

    @Test func `nobody is rejected while the hire is being reported`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let rejection = try await people.overlap { transaction in
                try await people.report(id, in: transaction)
            } meeting: {
                try await people.move(id, .reject(.other, note: Note(stored: "")))
            }
            #expect(throws: DomainError.conflict(.hireReported)) { try rejection.get() }
        }
    }

    @Test func `whoever is rejected while the hire is being recorded stays hired`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let rejection = try await people.overlap { transaction in
                _ = try await people.store.recording.record(
                    id, startsOn: People.today, by: people.admin.principal, at: People.now,
                    in: transaction)
            } meeting: {
                try await people.move(id, .reject(.other, note: Note(stored: "")))
            }
            #expect(throws: DomainError.conflict(.introductionClosed(.hired))) {
                try rejection.get()
            }
        }
    }

    @Test func `a hire is not recorded while the candidate withdraws`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let outcome = try await people.apply(to: job)
            let (id, code) = (try accepted(outcome), try receipt(outcome))
            let recording = try await people.overlap { transaction in
                try await people.store.receipts.withdraw(
                    code, at: People.now, in: transaction)
            } meeting: {
                try await people.record(id)
            }
            #expect(throws: DomainError.conflict(.introductionClosed(.withdrawn))) {
                _ = try recording.get()
            }
            #expect(try await people.store.count("SELECT count(*) FROM hire") == 0)
        }
    }

    @Test func `nobody applies while the job is being paused`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let application = try await people.overlap { transaction in
                _ = try await people.store.jobs.move(
                    job.id, to: .paused, by: people.company.principal, at: People.now,
                    in: transaction)
            } meeting: {
                try await people.apply(to: job)
            }
            #expect(throws: DomainError.conflict(.jobNotPublished)) {
                _ = try application.get()
            }
        }
    }

    @Test func `the terms that were in force when the form came hold while they are edited`()
        async throws
    {
        try await withPeople { people in
            let job = try await people.job(euros: 500)
            let link = try await people.link(to: job)
            let lower = try TermsOffer(commission: .euros(100))
            let application = try await people.overlap { transaction in
                _ = try await people.store.jobs.edit(
                    job.id, job.details, offer: lower, by: people.company.principal,
                    at: People.now.adding(seconds: 1), in: transaction)
            } meeting: {
                try await people.apply(to: job, via: link)
            }
            let id = try accepted(try application.get())
            #expect(try await people.record(id).commissions.map(\.amount) == [.euros(500)])
        }
    }

    @Test func `of two edits at once the second knows the terms of the first`() async throws {
        try await withPeople { people in
            let job = try await people.job(euros: 500)
            let lower = try TermsOffer(commission: .euros(100))
            let again = try await people.overlap { transaction in
                _ = try await people.store.jobs.edit(
                    job.id, job.details, offer: lower, by: people.company.principal,
                    at: People.now, in: transaction)
            } meeting: {
                try await people.store.write { transaction in
                    try await people.store.jobs.edit(
                        job.id, job.details, offer: job.offer, by: people.company.principal,
                        at: People.now, in: transaction)
                }
            }
            #expect(try again.get().offer.commission == .euros(500))
            #expect(try again.get().termsVersion == 3)
        }
    }

    @Test func `a form that is sent again before its first answer gets the same receipt`()
        async throws
    {
        try await withPeople { people in
            let job = try await people.job()
            let key = "form-0123456789"
            let submission = try people.submission(to: job, key: key)
            let second = try await people.overlap { transaction in
                // The second looks for the key, finds none, and waits for the job.
                try await transaction.execute(
                    "UPDATE job SET updated_at = updated_at WHERE id = \(job.id)")
            } meeting: {
                try await people.apply(to: job, key: key)
            } andThen: { transaction in
                _ = try await people.store.applications.submit(submission, in: transaction)
            }
            #expect(try receipt(try second.get()) == submission.receipt)
        }
    }

    @Test func `of two affiliates at once one gets the candidate and the other is told`()
        async throws
    {
        try await withPeople { people in
            let other = try await people.store.signUp(affiliate: "bogdan@example.com")
            let job = try await people.job()
            let submission = try people.submission(
                to: job, via: try await people.link(to: job), phone: "0722 123 456")
            let link = try await people.link(to: job, for: other)
            let second = try await people.overlap { transaction in
                _ = try await people.store.applications.submit(submission, in: transaction)
            } meeting: {
                try await people.apply(
                    to: job, via: link, email: "else@example.com", phone: "+40722123456")
            }
            #expect(try second.get() == .duplicate(.phone))
            let told = try await people.store.introductions.refusals(
                of: try #require(other.principal.affiliate))
            #expect(told.items.map(\.match) == [.phone])
        }
    }
}

extension People {
    /// Runs `first` in a transaction, begins `second`, waits until that waits for a lock of the
    /// transaction, runs `last`, and commits; returns what became of `second`.
    func overlap<Value: Sendable>(
        _ first: (Transaction) async throws -> Void,
        meeting second: @escaping @Sendable () async throws -> Value,
        andThen last: (Transaction) async throws -> Void = { _ in }
    ) async throws -> Result<Value, any Error> {
        let task = try await store.write { transaction in
            try await first(transaction)
            let task = Task(executorPreference: store.database.loop) { try await second() }
            try await Self.awaitWaiter(for: transaction)
            try await last(transaction)
            return task
        }
        return await task.result
    }

    private static func awaitWaiter(for transaction: Transaction) async throws {
        for _ in 0..<50_000 {
            let waiting = try await transaction.first(
                """
                SELECT count(*) FROM pg_locks
                WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
                """
            ) { row in try row.next(Int.self) }
            if waiting ?? 0 > 0 { return }
        }
        throw TestFailure("nobody waits for this transaction")
    }

    func report(
        _ id: IntroductionID, startsOn: CalendarDate = today, at now: Instant = now,
        in transaction: Transaction
    ) async throws {
        _ = try await store.hires.report(
            id, startsOn: startsOn, note: Note(stored: ""), by: company.principal, at: now,
            in: transaction)
    }
}
