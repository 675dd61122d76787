import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `A dispute` {
    private func open(
        _ people: People, _ subject: Disputes.Subject, _ amount: Money? = nil,
        reason: DisputeReason = .wrongAmount, by account: Account? = nil,
        at now: Instant = People.now
    ) async throws -> DisputeID {
        let opening = Disputes.Opening(
            subject: subject, reason: reason, text: try DisputeText("That is not right"),
            amount: amount)
        return try await people.store.write { transaction in
            try await people.store.disputes.open(
                opening, by: (account ?? people.company).principal, at: now, in: transaction)
        }
    }

    private func answer(
        _ people: People, _ id: DisputeID, by account: Account, _ text: String = "It is",
        at now: Instant = People.now
    ) async throws {
        try await people.store.write { transaction in
            try await people.store.disputes.answer(
                id, DisputeText(stored: text), by: account.principal, at: now, in: transaction)
        }
    }

    private func decide(
        _ people: People, _ id: DisputeID, _ outcome: DisputeOutcome,
        because reason: DisputeOutcomeReason = .terms, note: String = "As the contract says",
        at now: Instant = People.now
    ) async throws {
        try await people.store.write { transaction in
            try await people.store.disputes.decide(
                id, outcome, because: reason, note: Note(stored: note),
                by: people.admin.principal, at: now, in: transaction)
        }
    }

    @Test func `only the disputed part is held, the rest is approved and paid`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            let row = hire.commissions[0].id
            _ = try await open(people, .commission(row), .euros(200))
            #expect(
                try await people.rows(hire.id) == [
                    "instalment reversed 500", "remainder pending 300", "remainder held 200",
                ])
            #expect(try await people.payable() == 50_000)
            let later = People.now.adding(days: 10)
            try await people.decide(
                .approve, [CommissionID(row.rawValue + 1)], at: later)
            try await people.payAll(at: later)
            #expect(
                try await people.rows(hire.id).suffix(2) == [
                    "remainder paid 300", "remainder held 200",
                ])
            #expect(try await people.booksBalance())
            await #expect(throws: DomainError.conflict(.disputeOpen)) {
                try await people.decide(.release, [CommissionID(row.rawValue + 2)], at: later)
            }
        }
    }

    @Test func `an outcome gives the opener all, nothing or a part`() async throws {
        for (outcome, rows) in [
            (DisputeOutcome.upheld, ["instalment reversed 500"]),
            (.rejected, ["instalment pending 500"]),
            (.partly(.euros(100)), ["instalment reversed 500", "remainder pending 400"]),
        ] {
            try await withPeople { people in
                let hire = try await people.record(try await people.introduction())
                let id = try await open(people, .commission(hire.commissions[0].id))
                try await decide(people, id, outcome)
                try await decide(people, id, outcome)
                #expect(try await people.rows(hire.id) == rows)
                #expect(try await people.told(.disputeDecided) == 1)
                #expect(try await people.told(.disputeDecided, "company") == 1)
                #expect(
                    try await people.store.disputes.find(id, for: people.company.principal)
                        .outcome == outcome)
                #expect(try await people.booksBalance())
                let found = try await people.store.disputes.find(
                    id, for: people.affiliate.principal)
                #expect(found.outcomeReason == .terms)
                await #expect(throws: DomainError.conflict(.disputeClosed)) {
                    try await decide(people, id, .partly(.euros(77)))
                }
                await #expect(throws: DomainError.conflict(.disputeClosed)) {
                    try await decide(people, id, outcome, because: .evidence)
                }
            }
        }
    }

    @Test func `silence of the other side is for the opener, of the opener against it`()
        async throws
    {
        try await withPeople { people in
            let hire = try await people.record(
                try await people.introduction(instalments: "50/50"))
            let first = try await open(people, .commission(hire.commissions[0].id))
            let second = try await open(people, .commission(hire.commissions[1].id))
            try await answer(people, second, by: people.affiliate)
            let lastDay = People.now.adding(days: DisputeRules.daysToSpeak)
            try await people.advance(at: lastDay)
            let store = people.store
            #expect(
                try await store.disputes.list(for: people.admin.principal, openOnly: true)
                    .items.count == 2)
            await #expect(throws: DomainError.conflict(.disputeClosed)) {
                try await answer(
                    people, first, by: people.affiliate, at: lastDay.adding(days: 1))
            }
            try await people.advance(at: lastDay.adding(days: 1))
            try await people.advance(at: lastDay.adding(days: 1))
            let outcomes = try await store.disputes.list(for: people.admin.principal)
            #expect(outcomes.items.map(\.outcome) == [.rejected, .upheld])
            #expect(outcomes.items.map(\.outcomeReason) == [.noReply, .noAnswer])
            #expect(
                try await people.rows(hire.id) == [
                    "instalment reversed 250", "instalment pending 250",
                ])
            #expect(try await people.told(.disputeDecided) == 2)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `each side speaks in its turn, and an admin decides when both have`()
        async throws
    {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let id = try await open(people, .commission(hire.commissions[0].id))
            await #expect(throws: DomainError.conflict(.notYourTurn)) {
                try await answer(people, id, by: people.company)
            }
            try await answer(people, id, by: people.affiliate)
            try await answer(people, id, by: people.affiliate)
            await #expect(throws: DomainError.conflict(.notYourTurn)) {
                try await answer(people, id, by: people.affiliate, "And more")
            }
            try await answer(people, id, by: people.company)
            let found = try await people.store.disputes.find(id, for: people.admin.principal)
            #expect(found.state == .replied)
            #expect(found.dueOn == nil)
            try await people.advance(at: People.now.adding(days: 59))
            #expect(try await people.rows(hire.id) == ["instalment held 500"])
            let said = try await people.store.disputes.statements(
                of: id, for: people.affiliate.principal)
            #expect(said.map(\.side) == [.company, .affiliate, .company])
            #expect(try await people.told(.disputeOpened) == 1)
            #expect(try await people.told(.disputeAnswered, "company") == 1)
        }
    }

    @Test func `a claim that is upheld becomes a commission of its own`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let id = try await open(
                people, .claim(hire.id), .euros(120), by: people.affiliate)
            await #expect(throws: DomainError.conflict(.disputeOpen)) {
                _ = try await open(
                    people, .claim(hire.id), .euros(5), by: people.affiliate)
            }
            try await decide(people, id, .partly(.euros(50)))
            #expect(
                try await people.rows(hire.id) == [
                    "instalment pending 500", "manual approved 50",
                ])
            let silent = try await open(
                people, .claim(hire.id), .euros(7), by: people.affiliate)
            try await people.advance(
                at: People.now.adding(days: DisputeRules.daysToSpeak + 1))
            #expect(
                try await people.store.disputes.find(silent, for: people.company.principal)
                    .outcome == .upheld)
            let won = try await people.store.commissions.list(
                of: hire.id, today: People.today
            ).suffix(2).map(\.explanation)
            #expect(won.map(\.note.text) == ["As the contract says", ""], "no words of its own")
            #expect(
                won.map(\.dispute) == [
                    .init(id: id, openedBy: .affiliate, reason: .terms),
                    .init(id: silent, openedBy: .affiliate, reason: .noAnswer),
                ])
            #expect(try await people.payable() == 55_700)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `evidence is bounded, kept once, and seen by the sides only`() async throws {
        try await withPeople { people in
            let store = people.store
            let hire = try await people.record(try await people.introduction())
            let id = try await open(people, .commission(hire.commissions[0].id))
            let add = { @Sendable (name: String, account: Account) in
                let file = try EvidenceFile(name: name, bytes: Array("%PDF-1.7 \(name)".utf8))
                return try await store.write { transaction in
                    try await store.disputes.add(
                        file, to: id, by: account.principal, at: People.now, in: transaction)
                }
            }
            let first = try await add("contract.pdf", people.company)
            #expect(try await add("contract.pdf", people.company) == first)
            for number in 1..<DisputeRules.evidenceMax {
                _ = try await add("\(number).pdf", people.company)
            }
            await #expect(throws: DomainError.tooMany(.evidence, retryAfterSeconds: 0)) {
                _ = try await add("more.pdf", people.company)
            }
            _ = try await add("mine.pdf", people.affiliate)
            let file = try await store.disputes.file(first, for: people.affiliate.principal)
            #expect(file.mediaType == "application/pdf")
            let other = try await store.signUp(company: "Sud", email: "sud@example.com")
            await #expect(throws: DomainError.notFound(.evidence)) {
                _ = try await store.disputes.file(first, for: other.principal)
            }
            await #expect(throws: DomainError.notFound(.dispute)) {
                _ = try await add("x.pdf", other)
            }
            #expect(throws: ValidationError(.evidence, .wrongFileType)) {
                _ = try EvidenceFile(name: "a.pdf", bytes: Array("<html>".utf8))
            }
            #expect(
                try await store.disputes.evidence(of: id, for: people.admin.principal).count
                    == 6)
        }
    }

    @Test func `nobody disputes what is not theirs, or more than there is`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let row = hire.commissions[0].id
            let other = try await people.store.signUp(company: "Sud", email: "sud@example.com")
            await #expect(throws: DomainError.notFound(.commission)) {
                _ = try await open(people, .commission(row), by: other)
            }
            await #expect(throws: DomainError.forbidden) {
                _ = try await open(people, .commission(row), by: people.affiliate)
            }
            await #expect(throws: DomainError.conflict(.amountExceedsCommission)) {
                _ = try await open(people, .commission(row), .euros(501))
            }
            await #expect(throws: DomainError.self) {
                _ = try await open(people, .commission(row), reason: .wronglyReversed)
            }
            _ = try await open(people, .commission(row))
            await #expect(
                throws: DomainError.conflict(.commissionState(from: .held, to: .held))
            ) { _ = try await open(people, .commission(row)) }
        }
    }
}
