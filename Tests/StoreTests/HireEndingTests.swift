import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `What becomes of a hire` {
    private let note = Note(stored: "The wrong person")

    @Test func `a recording in error is taken back whole, and the right one can be recorded`()
        async throws
    {
        try await withPeople { people in
            let id = try await people.introduction(instalments: "50/50")
            try await people.move(id, .advance(to: .offer, note: Note(stored: "")))
            let hire = try await people.record(id)
            let outcome = try await people.end(
                hire.id, .cancel(.recordedInError, note: note))

            #expect(outcome.state == .cancelled)
            #expect(
                try await people.rows(hire.id) == [
                    "instalment reversed 250", "instalment reversed 250",
                ])
            #expect(try await people.payable() == 0)
            #expect(try await people.store.desks.owed(by: people.companyID).isEmpty)
            #expect(try await people.told(.hireCancelled) == 1)
            #expect(try await people.told(.hireCancelled, "company") == 1)
            let stage = try await people.store.candidates.find(id, for: people.admin.principal)
            #expect(stage.summary.stage == .offer)
            let again = try await people.record(id, startsOn: People.today.adding(days: 3))
            #expect(again.id != hire.id)
            #expect(try await people.payable() == 50_000)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `the same deed again gives the same answer, and another one is refused`()
        async throws
    {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let deed = HireDeed.cancel(.hireCancelled, note: note)
            let shown = try await people.store.hireEnding.preview(
                deed, on: hire.id, by: people.admin.principal, today: People.today)
            let first = try await people.perform(deed, on: hire.id, shown.fingerprint)
            let second = try await people.perform(deed, on: hire.id, shown.fingerprint)
            #expect(first == second)
            #expect(try await people.told(.hireCancelled) == 1)
            let other = HireDeed.leftEarly(on: People.today, note: note)
            await #expect(
                throws: DomainError.conflict(.hireState(from: .cancelled, to: .leftEarly))
            ) { try await people.perform(other, on: hire.id, shown.fingerprint) }
        }
    }

    @Test func `a deed is refused when the facts changed after its preview`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let deed = HireDeed.cancel(.hireCancelled, note: note)
            let shown = try await people.store.hireEnding.preview(
                deed, on: hire.id, by: people.admin.principal, today: People.today)
            try await people.decide(.hold(.selfDealing), hire.commissions.map(\.id))
            await #expect(throws: DomainError.conflict(.changedMeanwhile)) {
                try await people.perform(deed, on: hire.id, shown.fingerprint)
            }
            #expect(try await people.rows(hire.id) == ["instalment held 500"])
        }
    }

    @Test func `a preview lists exactly what is done`() async throws {
        try await withPeople { people in
            let hire = try await people.record(
                try await people.introduction(instalments: "33/33/34"))
            let later = People.now.adding(days: 25)
            try await people.advance(at: later)
            let deed = HireDeed.leftEarly(on: later.date, note: note)
            let shown = try await people.store.hireEnding.preview(
                deed, on: hire.id, by: people.admin.principal, today: later.date)
            #expect(shown.reversals.map(\.amount) == [.euros(165), .euros(170)])
            #expect(shown.kept.map(\.state) == [.approved])
            #expect(shown.reversed == [.euros(335)])
            #expect(
                shown.told == [.affiliate(people.affiliateID), .company(people.companyID)])
            _ = try await people.perform(deed, on: hire.id, shown.fingerprint, at: later)
            #expect(
                try await people.rows(hire.id) == [
                    "instalment approved 165", "instalment reversed 165",
                    "instalment reversed 170",
                ])
            #expect(try await people.booksBalance())
        }
    }

    @Test func `who left after the guarantee leaves the commissions alone`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let later = People.now.adding(days: 61)
            await #expect(throws: DomainError.conflict(.guaranteeOver)) {
                try await people.end(
                    hire.id, .leftEarly(on: later.date, note: note), at: later)
            }
        }
    }

    @Test func `what was paid is taken back by a row of its own`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(
                try await people.introduction(instalments: "50/50"))
            let later = People.now.adding(days: 30)
            try await people.advance(at: later)
            try await people.payAll(at: later)
            try await people.end(
                hire.id, .cancel(.recordedInError, note: note), at: later.adding(days: 1))
            #expect(
                try await people.rows(hire.id) == [
                    "instalment paid 250", "instalment reversed 250", "clawback approved -250",
                ])
            #expect(try await people.payable() == -25_000)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `nothing is taken back while the bank has it`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            _ = try await people.run(
                PayoutRun.Choice(currency: .eur, cutOff: People.today))
            await #expect(
                throws: DomainError.conflict(
                    .commissionState(from: .processing, to: .reversed))
            ) {
                try await people.end(hire.id, .cancel(.recordedInError, note: note))
            }
        }
    }

    @Test func `a wrong report is refused by the admin or taken back by the company`()
        async throws
    {
        try await withPeople { people in
            let store = people.store
            for account in [people.admin, people.company] {
                let job = try await people.job()
                let outcome = try await people.apply(to: job)
                let id = try accepted(outcome)
                try await store.write { transaction in
                    try await people.report(id, in: transaction)
                }
                let hire = try #require(try await store.hires.reported().items.first?.id)
                try await people.end(
                    hire, .cancel(.recordedInError, note: note), by: account)
                #expect(try await store.hires.reported().items.isEmpty)
                // The candidate is free again, and so is the report.
                try await store.write { transaction in
                    try await people.report(id, startsOn: People.today, in: transaction)
                }
                _ = try await people.record(id)
            }
            #expect(try await people.told(.hireRefused, "company") == 1)
            #expect(try await people.told(.hireWithdrawn, "admin") == 1)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `a company ends nobody's hire but its own reports`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            await #expect(throws: DomainError.forbidden) {
                try await people.end(
                    hire.id, .cancel(.hireCancelled, note: note), by: people.company)
            }
            let other = try await people.store.signUp(company: "Sud", email: "sud@example.com")
            for account in [other, people.affiliate] {
                await #expect(throws: DomainError.notFound(.hire)) {
                    try await people.end(
                        hire.id, .cancel(.hireCancelled, note: note), by: account)
                }
            }
            await #expect(
                throws: DomainError.invalid([ValidationError(.note, .missing)])
            ) {
                try await people.end(hire.id, .cancel(.other, note: Note(stored: "")))
            }
        }
    }

    @Test func `who came to work is confirmed once, not before the first day`() async throws {
        try await withPeople { people in
            let start = People.today.adding(days: 3)
            let hire = try await people.record(try await people.introduction(), startsOn: start)
            await #expect(throws: DomainError.self) { try await people.end(hire.id, .confirm) }
            let later = Instant(start)
            try await people.end(hire.id, .confirm, at: later)
            try await people.end(
                hire.id, .leftEarly(on: start.adding(days: 1), note: note),
                at: later.adding(days: 2))
            #expect(try await people.rows(hire.id) == ["instalment reversed 500"])
            #expect(try await people.told(.hireConfirmed) == 1)
        }
    }

    @Test func `of two admins who cancel at once one does it and both are answered`()
        async throws
    {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let deed = HireDeed.cancel(.hireCancelled, note: note)
            let shown = try await people.store.hireEnding.preview(
                deed, on: hire.id, by: people.admin.principal, today: People.today)
            let second = try await people.overlap { transaction in
                _ = try await people.store.hireEnding.perform(
                    deed, on: hire.id, decided: shown.fingerprint, by: people.admin.principal,
                    at: People.now, in: transaction)
            } meeting: {
                try await people.perform(deed, on: hire.id, shown.fingerprint)
            }
            #expect(try second.get().state == .cancelled)
            #expect(try await people.told(.hireCancelled) == 1)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `who was rejected goes on from where they were`() async throws {
        try await withPeople { people in
            let store = people.store
            let id = try await people.introduction()
            try await people.move(id, .advance(to: .interview, note: Note(stored: "")))
            for _ in 0..<2 {
                try await people.move(id, .reject(.other, note: Note(stored: "")))
                for _ in 0..<2 {
                    try await store.write { transaction in
                        try await store.stages.reopen(
                            id, note: note, by: people.company.principal, at: People.now,
                            in: transaction)
                    }
                }
            }
            let found = try await store.candidates.find(id, for: people.admin.principal)
            #expect(found.summary.stage == .interview)
            // Interview, and twice rejected and back.
            #expect(try await people.told(.introductionMoved) == 5)
            _ = try await people.record(id)
            await #expect(throws: DomainError.conflict(.introductionClosed(.hired))) {
                try await store.write { transaction in
                    try await store.stages.reopen(
                        id, note: note, by: people.admin.principal, at: People.now,
                        in: transaction)
                }
            }
        }
    }

    @Test func `who was hired is not introduced to the same job again after 180 days`()
        async throws
    {
        try await withPeople { people in
            let job = try await people.job()
            let longer = try await people.draft { $0.validThrough = People.today.adding(days: 360) }
            let open = try await people.move(longer, to: .published)
            _ = job
            let hire = try await people.record(
                try accepted(
                    try await people.apply(to: open, via: try await people.link(to: open))))
            let later = People.now.adding(days: 181)
            #expect(try await people.apply(to: open, at: later) == .duplicate(.email))
            try await people.end(hire.id, .cancel(.hireCancelled, note: note), at: later)
            _ = try accepted(try await people.apply(to: open, at: later))
        }
    }
}
