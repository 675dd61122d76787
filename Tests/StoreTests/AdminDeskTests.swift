import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// What an admin's desk reads.
@Suite struct `The admin's desk` {
    private func parts(
        _ people: People, on day: CalendarDate = People.today
    ) async throws -> [AdminQueue.Kind: AdminQueue.Part] {
        let parts = try await people.store.adminQueue.parts(today: day)
        #expect(parts.map(\.kind) == AdminQueue.Kind.allCases)
        return Dictionary(uniqueKeysWithValues: parts.map { ($0.kind, $0) })
    }

    @Test func `each kind of what waits comes into the queue and leaves it`() async throws {
        try await withPeople { people in
            let store = people.store
            #expect(try await parts(people)[.companies]?.count == 1)
            let introduction = try await people.introduction()
            _ = try await store.write { transaction in
                try await store.hires.report(
                    introduction, startsOn: People.today, note: Note(stored: ""),
                    by: people.company.principal, at: People.now, in: transaction)
            }
            let reported = try #require(try await parts(people)[.hires]?.items.first)
            #expect(reported.name == "Mihai Ionescu" && reported.about == "Atelier Nord")
            #expect(reported.amount == .euros(500))
            let hire = try await people.record(introduction)
            let id = try #require(hire.commissions.first?.id)
            #expect(try await parts(people)[.hires]?.count == 0)

            let before = People.today.adding(days: 53)
            #expect(try await parts(people, on: before.adding(days: -1))[.guarantees]?.count == 0)
            #expect(
                try await parts(people, on: before)[.guarantees]?.items.first?.subject
                    == .guarantee(hire.id, id))
            let end = People.today.adding(days: 60)
            #expect(try await parts(people, on: end)[.guarantees]?.count == 0)
            #expect(
                try await parts(people, on: end)[.commissions]?.items.first?.subject
                    == .commission(id))
            try await people.end(hire.id, .confirm)
            #expect(try await parts(people, on: before)[.guarantees]?.count == 0)
            try await people.decide(.approve, [id])
            #expect(try await parts(people, on: end)[.commissions]?.count == 0)
            #expect(
                try await parts(people)[.payouts]?.items.first?.subject == .payout(id, .eur))
            try await people.payTo()
            try await people.payAll(at: People.now)
            #expect(try await parts(people)[.payouts]?.count == 0)
        }
    }

    @Test func `what an admin holds waits for an admin, and not what a dispute holds`()
        async throws
    {
        try await withPeople { people in
            let hire = try await people.record(
                try await people.introduction(instalments: "50/50"))
            let (held, disputed) = (hire.commissions[0].id, hire.commissions[1].id)
            #expect(try await parts(people)[.held]?.count == 0)
            let opening = Disputes.Opening(
                subject: .commission(disputed), reason: .neverHired,
                text: DisputeText(stored: "Never came"), amount: nil)
            let dispute = try await people.store.write { transaction in
                try await people.store.disputes.open(
                    opening, by: people.company.principal, at: People.now, in: transaction)
            }
            #expect(try await parts(people)[.held]?.count == 0)
            let later = People.now.adding(days: 2)
            try await people.decide(.hold(.selfDealing), [held], at: later)
            let part = try #require(try await parts(people)[.held])
            #expect(part.count == 1)
            let item = try #require(part.items.first)
            #expect(item.subject == .held(held) && item.amount == .euros(250))
            #expect(item.name == "Mihai Ionescu" && item.about == "Atelier Nord")
            #expect(item.at == later)
            try await people.store.write { transaction in
                try await people.store.disputes.withdraw(
                    dispute, by: people.company.principal, at: later, in: transaction)
            }
            try await people.decide(.hold(.other), [disputed], at: later)
            #expect(try await parts(people)[.held]?.count == 2, "the dispute is over")
            try await people.decide(.release, [held], at: later)
            try await people.decide(.reverse(.other), [disputed], at: later)
            #expect(try await parts(people)[.held]?.count == 0)
        }
    }

    @Test func `marks of both kinds wait, the oldest first`() async throws {
        try await withPeople { people in
            let store = people.store
            let introduction = try await people.introduction()
            try await people.payTo(at: People.now.adding(days: 1))
            let other = try await store.signUp(affiliate: "bogdan@example.com")
            try await people.payTo(holder: "Bogdan", other, at: People.now.adding(days: 1))
            try await store.database.execute(
                """
                INSERT INTO self_dealing (introduction_id, flag, found_at)
                VALUES (\(introduction), 'company_is_affiliate', \(People.now))
                """)
            let flags = try #require(try await parts(people)[.flags])
            #expect(flags.count == 3)
            #expect(
                flags.items.map(\.subject) == [
                    .introductionFlag(introduction, .companyIsAffiliate),
                    .affiliateFlag(AffiliateFlagID(1)), .affiliateFlag(AffiliateFlagID(2)),
                ])
        }
    }

    @Test func `many are counted up to a bound, and a few are shown`() async throws {
        try await withPeople { people in
            try await people.store.database.execute(
                """
                INSERT INTO company (slug, name, created_at, updated_at)
                SELECT 'c-' || n, 'Company ' || n, \(People.now), \(People.now)
                FROM generate_series(1, 150) n
                """)
            let companies = try #require(try await parts(people)[.companies])
            #expect(companies.count == AdminQueue.countMax)
            #expect(companies.items.count == AdminQueue.itemsMax)
            #expect(companies.items.first?.name == "Atelier Nord")
        }
    }

    @Test func `a mail that failed is sent again once, and the log says so`() async throws {
        try await withPeople { people in
            let store = people.store
            _ = try await people.introduction()
            try await store.database.execute(
                """
                UPDATE outbox SET failed_at = \(People.now), attempts = 9, last_error = '550 no'
                WHERE id = (SELECT min(id) FROM outbox)
                """)
            let item = try #require(try await parts(people)[.mails]?.items.first)
            guard case .mail(let id) = item.subject else { throw TestFailure("\(item)") }
            #expect(item.about == "550 no")
            for _ in 0..<2 {
                try await store.write { transaction in
                    try await store.mailDelivery.resend(
                        id, by: people.admin.principal, at: People.now, in: transaction)
                }
            }
            #expect(try await parts(people)[.mails]?.count == 0)
            #expect(try await store.outbox.waiting().contains { $0.id == id })
            #expect(try await store.audit.list(of: "outbox", id.rawValue).items.count == 1)
            for (principal, error) in [
                (people.company.principal, DomainError.forbidden),
                (people.admin.principal, .notFound(.mail)),
            ] {
                await #expect(throws: error) {
                    try await store.write { transaction in
                        try await store.mailDelivery.resend(
                            OutboxID(999), by: principal, at: People.now, in: transaction)
                    }
                }
            }
        }
    }

    @Test func `the log keeps who, from where, before and after, and is narrowed`() async throws {
        try await withPeople { people in
            let log = people.store.audit
            let hire = try await people.record(try await people.introduction())
            let id = try #require(hire.commissions.first?.id)
            _ = try await AuditLog.$address.withValue("203.0.113.7") {
                try await people.decide(.hold(.other), [id])
            }
            let held = try #require(
                try await log.list(of: "commission", id.rawValue).items.first)
            #expect(held.address == "203.0.113.7" && held.account == people.admin.id)
            #expect(held.detail.contains("\"from\": \"pending\""))
            #expect(held.detail.contains("\"to\": \"held\""))
            let recorded = try #require(
                try await log.list(of: "hire", hire.id.rawValue).items.first)
            #expect(recorded.address == nil)

            try await people.advance(at: People.now.adding(days: 61))
            let filters: [(AuditLog.Filter, Int)] = [
                (.init(action: "commission.held"), 1), (.init(action: "commission.lost"), 0),
                (.init(account: people.admin.id), 2), (.init(account: people.affiliate.id), 1),
                (.init(subject: "commission"), 1), (.init(subject: "hire", subjectID: 99), 0),
                (.init(account: people.admin.id, action: "hire.recorded"), 1),
                (.init(day: People.today.adding(days: 1)), 0),
            ]
            for (filter, count) in filters {
                #expect(try await log.list(filter).items.count == count, "\(filter)")
            }
            let all = try await log.list(.init(day: People.today)).items
            var paged: [AuditLog.Entry] = []
            var cursor: Cursor?
            repeat {
                let page = try await log.list(after: cursor, limit: PageLimit(clamping: 1))
                paged += page.items
                cursor = page.next
            } while cursor != nil
            #expect(paged == all && all.count >= 3)
        }
    }

    @Test func `the books name the transfer that is off, and sum every account`() async throws {
        try await withPeople { people in
            _ = try await people.record(try await people.introduction())
            let good = try await people.store.books.check()
            #expect(
                good.accounts == [
                    .init(kind: .affiliatePayable, amount: .euros(-500)),
                    .init(kind: .commissionClearing, amount: .zero(.eur)),
                    .init(kind: .companyReceivable, amount: .euros(500)),
                ])
            try await people.store.database.execute(
                "ALTER TABLE ledger_entry DISABLE TRIGGER USER")
            try await people.store.database.execute(
                "UPDATE ledger_entry SET amount = 1 WHERE transfer_id = 1 AND amount > 0")
            let bad = try await people.store.books.check()
            #expect(bad.unbalanced == [TransferID(1)] && !bad.isBalanced)
        }
    }
}
