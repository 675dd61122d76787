import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `A month of an affiliate` {
    private let november = CalendarMonth(People.today)

    private func statement(
        _ people: People, _ month: CalendarMonth, at now: Instant
    ) async throws -> Domain.Statement {
        try await people.store.write { transaction in
            try await people.store.statements.statement(
                of: people.affiliateID, in: month, at: now, in: transaction)
        }
    }

    @Test func `a month is replayed from the ledger, line by line`() async throws {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(
                try await people.introduction(instalments: "50/50"))
            let ids = hire.commissions.map(\.id)
            try await people.decide(.approve, [ids[0]])
            try await people.payAll(at: People.now.adding(days: 1))
            let december = People.now.adding(days: 10)
            try await people.decide(.reverse(.leftEarly), ids, at: december)
            let first = try await statement(people, november, at: december)
            let section = try #require(first.sections.first)
            #expect(
                section.lines.map(\.kind) == [
                    .commissionEarned, .commissionEarned, .payoutSent,
                ])
            #expect(section.lines.map(\.balance) == [.euros(250), .euros(500), .euros(250)])
            let second = try await statement(
                people, november.next, at: december.adding(days: 31))
            #expect(second.sections.map(\.opening) == [.euros(250)])
            #expect(second.sections.map(\.closing.minorUnits) == [-25_000])
            #expect(
                String(decoding: first.csv, as: UTF8.self) == """
                    date,what,hire,commission,payout,amount,balance,currency\r
                    2026-11-01,opening,,,,,0.00,EUR\r
                    2026-11-22,commission_earned,\(hire.id),\(ids[0]),,250.00,250.00,EUR\r
                    2026-11-22,commission_earned,\(hire.id),\(ids[1]),,250.00,500.00,EUR\r
                    2026-11-23,payout_sent,,,1,-250.00,250.00,EUR\r
                    2026-11-30,closing,,,,,250.00,EUR\r

                    """)
        }
    }

    @Test func `what comes late is booked in the next month, and a statement stays as it was`()
        async throws
    {
        try await withPeople { people in
            let late = try await people.introduction()
            let december = People.now.adding(days: 10)
            let before = try await statement(people, november, at: december)
            // An instance whose clock is behind records into November.
            _ = try await people.record(late)
            let after = try await statement(people, november, at: december)
            #expect(before.csv == after.csv)
            let next = try await statement(
                people, november.next, at: december.adding(days: 31))
            #expect(next.sections.flatMap(\.lines).map(\.on.description) == ["2026-12-01"])
        }
    }

    @Test func `a statement waits for what is on its way into the month`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let december = People.now.adding(days: 10)
            let shown = try await people.overlap { transaction in
                _ = try await people.store.recording.record(
                    id, startsOn: People.today, by: people.admin.principal, at: People.now,
                    in: transaction)
            } meeting: {
                try await statement(people, november, at: december)
            }
            #expect(try shown.get().sections.flatMap(\.lines).count == 1)
            #expect(try await statement(people, november, at: december) == shown.get())
        }
    }

    @Test func `a month that runs has no statement, but a look at what is so far`() async throws {
        try await withPeople { people in
            _ = try await people.record(try await people.introduction())
            await #expect(throws: DomainError.conflict(.monthRunning)) {
                _ = try await statement(people, november, at: People.now)
            }
            let running = try await people.store.write { transaction in
                try await people.store.statements.running(
                    of: people.affiliateID, at: People.now, in: transaction)
            }
            #expect(running.sections.map(\.closing) == [.euros(500)])
        }
    }
}
