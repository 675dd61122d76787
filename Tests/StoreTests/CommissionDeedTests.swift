import Domain
import EventLoop
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `Deciding about commissions` {
    @Test func `they are approved, held, released and reversed, each told once`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let ids = hire.commissions.map(\.id)
            #expect(try await people.decide(.approve, ids, note: "") == ids)
            #expect(try await people.decide(.approve, ids).isEmpty)
            try await people.decide(.hold(.selfDealing), ids)
            // Before the guarantee is over it waits again.
            try await people.decide(.release, ids)
            #expect(try await people.rows(hire.id) == ["instalment pending 500"])
            try await people.decide(.hold(.disputed), ids)
            try await people.decide(.reverse(.selfDealing), ids)
            #expect(try await people.decide(.reverse(.other), ids).isEmpty)
            #expect(try await people.rows(hire.id) == ["instalment reversed 500"])
            let topics: [Outbox.Topic] = [
                .commissionApproved, .commissionHeld, .commissionReleased, .commissionReversed,
            ]
            for (topic, count) in zip(topics, [1, 2, 1, 1]) {
                #expect(try await people.told(topic) == count, "\(topic)")
            }
            let audit = try await people.store.audit.list(of: "commission", ids[0].rawValue)
            #expect(audit.items.count == 5)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `all of them or none`() async throws {
        try await withPeople { people in
            let one = try await people.record(try await people.introduction())
            let job = try await people.job()
            let link = try await people.link(to: job)
            let two = try await people.record(
                try accepted(
                    try await people.apply(to: job, via: link, email: "x@example.com")))
            let ids = (one.commissions + two.commissions).map(\.id)
            try await people.decide(.reverse(.other), [ids[1]])
            await #expect(
                throws: DomainError.conflict(.commissionState(from: .reversed, to: .approved))
            ) { try await people.decide(.approve, ids) }
            #expect(try await people.rows(one.id) == ["instalment pending 500"])
            await #expect(throws: DomainError.notFound(.commission)) {
                try await people.decide(.approve, [ids[0], CommissionID(999)])
            }
            await #expect(throws: DomainError.forbidden) {
                try await people.decide(.approve, ids, by: people.company)
            }
            await #expect(throws: DomainError.self) { try await people.decide(.approve, []) }
            await #expect(
                throws: DomainError.invalid([ValidationError(.note, .missing)])
            ) { try await people.decide(.hold(.other), [ids[0]], note: "") }
        }
    }

    @Test func `a paid row stays, and its reversal can be taken back itself`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            let ids = hire.commissions.map(\.id)
            try await people.decide(.approve, ids)
            try await people.payAll(at: People.now)
            let back = try await people.decide(.reverse(.recordedInError), ids)
            #expect(try await people.decide(.reverse(.recordedInError), ids).isEmpty)
            #expect(
                try await people.rows(hire.id) == [
                    "instalment paid 500", "clawback approved -500",
                ])
            #expect(try await people.booksBalance())
            try await people.decide(.reverse(.other), back)
            #expect(try await people.payable() == 0)
            #expect(try await people.booksBalance())
            #expect(try await people.decide(.reverse(.recordedInError), ids).count == 1)
            #expect(try await people.payable() == -50_000)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `a row added by hand is billed to the company, or is the platform's own cost`()
        async throws
    {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let own = try await people.add(.euros(20), to: hire.id, bearer: .platform)
            let billed = try await people.add(.euros(30), to: hire.id)
            #expect(try await people.payable() == 55_000)
            #expect(
                try await people.store.desks.owed(by: people.companyID) == [.euros(530)])
            #expect(try await people.told(.commissionAdded) == 2)
            let explained = try await people.store.commissions.find(
                billed, of: people.affiliateID, today: People.today
            ).explanation
            #expect(explained.kind == .manual)
            #expect(explained.reason == .other)
            #expect(explained.note.text == "Promised on the phone")
            #expect(try await people.store.count("SELECT count(*) FROM invoice") == 1)
            try await people.decide(.reverse(.other), [own, billed])
            #expect(try await people.payable() == 50_000)
            #expect(try await people.booksBalance())
            let invoices = try await people.store.invoices.list(
                Invoices.Filter(company: people.companyID, today: People.today))
            #expect(invoices.items.map(\.state) == [.void])
            await #expect(
                throws: DomainError.invalid([ValidationError(.amount, .currencyMismatch)])
            ) { _ = try await people.add(.lei(20), to: hire.id) }
            await #expect(throws: DomainError.notFound(.hire)) {
                _ = try await people.add(.euros(20), to: HireID(999))
            }
        }
    }

    @Test func `a guarantee that is over approves, and a held row waits`() async throws {
        try await withPeople { people in
            let hire = try await people.record(
                try await people.introduction(instalments: "50/50"))
            let ids = hire.commissions.map(\.id)
            #expect(try await people.advance(at: People.now.adding(days: 29)).isEmpty)
            try await people.decide(.hold(.disputed), [ids[1]])
            #expect(try await people.advance(at: People.now.adding(days: 61)) == [ids[0]])
            #expect(try await people.advance(at: People.now.adding(days: 61)).isEmpty)
            try await people.decide(.release, [ids[1]], at: People.now.adding(days: 62))
            #expect(
                try await people.rows(hire.id) == [
                    "instalment approved 250", "instalment approved 250",
                ])
            #expect(try await people.booksBalance())
        }
    }

    @Test func `three clocks at once approve each row once`() async throws {
        let place = try TestDatabase()
        try await withStore(place) { store in
            let people = try await People(store)
            for number in 0..<4 {
                let job = try await people.job(instalments: "33/33/34")
                let link = try await people.link(to: job)
                _ = try await people.record(
                    try accepted(
                        try await people.apply(
                            to: job, via: link, email: "candidate\(number)@example.com")))
            }
            let later = People.now.adding(days: 90)
            let approved = try await withThrowingTaskGroup(of: [CommissionID].self) { group in
                for _ in 0..<3 {
                    group.addTask(executorPreference: store.database.loop) {
                        try await people.advance(at: later)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(approved.count == 12)
            #expect(Set(approved).count == 12)
            #expect(try await people.told(.commissionApproved) == 12)
            #expect(try await store.count("SELECT count(*) FROM invoice") == 12)
            #expect(try await people.booksBalance())
        }
        try place.drop()
    }
}
