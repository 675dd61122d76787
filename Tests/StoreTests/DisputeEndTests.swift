import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `The end of a dispute` {
    private func object(
        _ people: People, to commission: CommissionID, _ amount: Money? = nil
    ) async throws -> DisputeID {
        try await open(
            people,
            .init(
                subject: .commission(commission), reason: .alreadyKnown,
                text: DisputeText("We knew them"), amount: amount), by: people.company)
    }

    private func claim(_ people: People, _ amount: Money, for hire: HireID) async throws
        -> DisputeID
    {
        try await open(
            people,
            .init(
                subject: .claim(hire), reason: .wrongAmount, text: DisputeText("It is more"),
                amount: amount), by: people.affiliate)
    }

    private func open(
        _ people: People, _ opening: Disputes.Opening, by account: Account
    ) async throws -> DisputeID {
        try await people.store.write { transaction in
            try await people.store.disputes.open(
                opening, by: account.principal, at: People.now, in: transaction)
        }
    }

    private func withdraw(
        _ people: People, _ id: DisputeID, by account: Account, at now: Instant = People.now
    ) async throws {
        try await people.store.write { transaction in
            try await people.store.disputes.withdraw(
                id, by: account.principal, at: now, in: transaction)
        }
    }

    private func decide(
        _ people: People, _ id: DisputeID, _ outcome: DisputeOutcome,
        because reason: DisputeOutcomeReason = .evidence, in transaction: Transaction
    ) async throws {
        try await people.store.disputes.decide(
            id, outcome, because: reason, note: Note(stored: ""), by: people.admin.principal,
            at: People.now, in: transaction)
    }

    @Test func `who opened it takes it back, and what was held goes where the calendar says`()
        async throws
    {
        for (days, state) in [(0, "pending"), (60, "approved")] {
            try await withPeople { people in
                let hire = try await people.record(try await people.introduction())
                let id = try await object(people, to: hire.commissions[0].id, .euros(200))
                let now = People.now.adding(days: days)
                for _ in 0..<2 { try await withdraw(people, id, by: people.company, at: now) }
                #expect(
                    try await people.rows(hire.id).last == "remainder \(state) 200",
                    "as by a decision for the other side")
                let found = try await people.store.disputes.find(
                    id, for: people.affiliate.principal)
                #expect(found.outcome == .rejected && found.outcomeReason == .withdrawn)
                for recipient in ["affiliate", "company", "admin"] {
                    #expect(try await people.told(.disputeWithdrawn, recipient) == 1)
                }
                #expect(try await people.told(.disputeDecided) == 0)
                let log = try await people.store.audit.list(.init(action: "dispute.withdrawn"))
                #expect(log.items.map(\.account) == [people.company.id])
                #expect(try await people.booksBalance())
            }
        }
    }

    @Test func `a claim that is taken back adds nothing, and leaves room for another`()
        async throws
    {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let id = try await claim(people, .euros(120), for: hire.id)
            try await withdraw(people, id, by: people.affiliate)
            #expect(try await people.rows(hire.id) == ["instalment pending 500"])
            let next = try await claim(people, .euros(20), for: hire.id)
            #expect(next != id)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `nobody holds up the same money again and again`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let row = hire.commissions[0].id
            for _ in 0..<DisputeRules.sameMax {
                try await withdraw(
                    people, try await object(people, to: row), by: people.company)
                try await withdraw(
                    people, try await claim(people, .euros(20), for: hire.id),
                    by: people.affiliate)
            }
            await #expect(throws: DomainError.conflict(.disputedBefore)) {
                _ = try await object(people, to: row)
            }
            await #expect(throws: DomainError.conflict(.disputedBefore)) {
                _ = try await claim(people, .euros(20), for: hire.id)
            }
            #expect(try await people.rows(hire.id) == ["instalment pending 500"])
            // Another row of the company's is another matter.
            let other = try await people.record(
                try await people.introduction())
            _ = try await object(people, to: other.commissions[0].id)
        }
    }

    @Test func `nobody takes back what is not theirs, or what is over`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let id = try await object(people, to: hire.commissions[0].id)
            for account in [people.affiliate, people.admin] {
                await #expect(throws: DomainError.forbidden) {
                    try await withdraw(people, id, by: account)
                }
            }
            let other = try await people.store.signUp(company: "Sud", email: "sud@example.com")
            await #expect(throws: DomainError.notFound(.dispute)) {
                try await withdraw(people, id, by: other)
            }
            await #expect(throws: DomainError.notFound(.dispute)) {
                try await withdraw(people, DisputeID(id.rawValue + 1), by: people.company)
            }
            #expect(try await people.rows(hire.id) == ["instalment held 500"])
            try await people.store.write { transaction in
                try await decide(people, id, .rejected, in: transaction)
            }
            await #expect(throws: DomainError.conflict(.disputeClosed)) {
                try await withdraw(people, id, by: people.company)
            }
            #expect(try await people.told(.disputeWithdrawn) == 0)
        }
    }

    @Test func `an admin gives a reason of the list, and needs no note`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let id = try await claim(people, .euros(120), for: hire.id)
            for reason in DisputeOutcomeReason.allCases
            where !DisputeOutcomeReason.ofAdmins.contains(reason) {
                await #expect(
                    throws: DomainError.invalid([ValidationError(.reason, .unsupported)])
                ) {
                    try await people.store.write { transaction in
                        try await decide(
                            people, id, .rejected, because: reason, in: transaction)
                    }
                }
            }
            try await people.store.write { transaction in
                try await decide(people, id, .upheld, because: .agreement, in: transaction)
            }
            #expect(
                try await people.rows(hire.id) == [
                    "instalment pending 500", "manual approved 120",
                ])
            let row = try #require(
                try await people.store.audit.list(.init(action: "dispute.decided")).items.first)
            #expect(row.detail.contains("\"outcome_reason\": \"agreement\""))
            let told = try await people.store.count(
                """
                SELECT count(*) FROM outbox
                WHERE topic IN ('dispute.decided', 'commission.added')
                    AND payload ->> 'outcome_reason' = 'agreement'
                """)
            #expect(told == 4, "both sides, the admin, and the affiliate about the row")
            #expect(try await people.booksBalance())
        }
    }

    @Test func `whoever comes second, to decide or to take back, finds it over`() async throws {
        try await withPeople { people in
            let hire = try await people.record(
                try await people.introduction(instalments: "50/50"))
            let first = try await object(people, to: hire.commissions[0].id)
            let withdrawal = try await people.overlap { transaction in
                try await decide(people, first, .upheld, in: transaction)
            } meeting: {
                try await withdraw(people, first, by: people.company)
            }
            #expect(throws: DomainError.conflict(.disputeClosed)) { try withdrawal.get() }
            let second = try await object(people, to: hire.commissions[1].id)
            let decision = try await people.overlap { transaction in
                try await people.store.disputes.withdraw(
                    second, by: people.company.principal, at: People.now, in: transaction)
            } meeting: {
                try await people.store.write { transaction in
                    try await decide(people, second, .upheld, in: transaction)
                }
            }
            #expect(throws: DomainError.conflict(.disputeClosed)) { try decision.get() }
            #expect(
                try await people.rows(hire.id) == [
                    "instalment reversed 250", "instalment pending 250",
                ])
            #expect(try await people.told(.disputeDecided) == 1)
            #expect(try await people.told(.disputeWithdrawn) == 1)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `silence does not speak once it was taken back`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let id = try await claim(people, .euros(120), for: hire.id)
            let late = People.now.adding(days: DisputeRules.daysToSpeak + 1)
            try await withdraw(people, id, by: people.affiliate, at: late)
            try await people.advance(at: late)
            #expect(try await people.rows(hire.id) == ["instalment pending 500"])
            #expect(try await people.told(.disputeDecided) == 0)
        }
    }
}
