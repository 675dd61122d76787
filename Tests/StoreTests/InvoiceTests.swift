import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `What companies owe` {
    private func receive(
        _ invoice: Invoices.Invoice, _ people: People, reference: String = "OP 17",
        on day: CalendarDate = People.today
    ) async throws -> Invoices.Invoice {
        try await people.store.write { transaction in
            try await people.store.invoices.receive(
                invoice.id, on: day, bankReference: BankReference(stored: reference),
                by: people.admin.principal, at: People.now, in: transaction)
        }
    }

    @Test func `each instalment is invoiced when it is approved, numbered without gaps`()
        async throws
    {
        try await withPeople { people in
            let store = people.store
            let hire = try await people.record(
                try await people.introduction(instalments: "50/50"))
            #expect(try await store.invoices.open().items.isEmpty)
            try await people.decide(.approve, hire.commissions.map(\.id))
            // A transaction that fails takes its number along.
            await #expect(throws: TestFailure.self) {
                try await store.write { transaction in
                    let grant = try CommissionDeeds.Grant(
                        hire: hire.id, amount: .euros(9), bearer: .company, reason: .other,
                        note: Note(stored: "x"))
                    _ = try await store.commissionDeeds.add(
                        grant, by: people.admin.principal, at: People.now, in: transaction)
                    throw TestFailure("the power went")
                }
            }
            _ = try await people.add(.euros(20), to: hire.id)
            let open = try await store.invoices.open().items
            #expect(
                open.map(\.number.text) == ["V20260000001", "V20260000002", "V20260000003"])
            #expect(open.map(\.reference.text) == open.map { rf($0.number.text) })
            #expect(open.map(\.instalment) == [1, 2, 1])
            #expect(open.map(\.amount) == [.euros(250), .euros(250), .euros(20)])
            #expect(try await people.told(.invoiceIssued, "company") == 3)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `a payment is received once`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let invoice = try #require(try await people.store.invoices.open().items.first)
            let first = try await receive(invoice, people)
            #expect(try await receive(invoice, people) == first)
            await #expect(throws: DomainError.conflict(.invoiceSettled)) {
                _ = try await receive(invoice, people, reference: "OP 18")
            }
            #expect(try await people.store.desks.owed(by: people.companyID).isEmpty)
            #expect(try await people.told(.invoiceReceived, "company") == 1)
            let log = try await people.store.audit.list(of: "invoice", invoice.id.rawValue).items
            #expect(log.map(\.action) == ["invoice.received"])
            let detail = try #require(log.first?.detail)
            #expect(detail.contains("\"from\": \"open\""))
            #expect(detail.contains("\"to\": \"received\""))
            #expect(try await people.booksBalance())
            await #expect(throws: DomainError.self) {
                _ = try await receive(
                    invoice, people, on: People.today.adding(days: 1))
            }
        }
    }

    @Test func `what is reversed is void before the payment and credited after it`()
        async throws
    {
        try await withPeople { people in
            let store = people.store
            let hire = try await people.record(
                try await people.introduction(instalments: "50/50"))
            let ids = hire.commissions.map(\.id)
            try await people.decide(.approve, ids)
            let second = try #require(try await store.invoices.open().items.last)
            _ = try await receive(second, people)
            try await people.decide(.reverse(.hireCancelled), ids)
            let all = try await store.invoices.list(
                Invoices.Filter(company: people.companyID, today: People.today)
            ).items
            #expect(all.map(\.state) == [.open, .received, .void])
            let note = try #require(all.first)
            #expect(note.amount.minorUnits == -25_000)
            #expect(note.credits == second.id)
            #expect(
                try await store.desks.owed(by: people.companyID).map(\.minorUnits)
                    == [-25_000])
            _ = try await receive(note, people)
            #expect(try await store.desks.owed(by: people.companyID).isEmpty)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `what an affiliate was paid and lost again is credited to the company`()
        async throws
    {
        try await withPeople { people in
            try await people.payTo()
            let hire = try await people.record(try await people.introduction())
            let ids = hire.commissions.map(\.id)
            try await people.decide(.approve, ids)
            try await people.payAll(at: People.now)
            try await people.decide(.reverse(.leftEarly), ids)
            let all = try await people.store.invoices.list(
                Invoices.Filter(company: people.companyID, today: People.today)
            ).items
            #expect(all.map(\.amount.minorUnits) == [-50_000, 50_000])
            for invoice in all { _ = try await receive(invoice, people) }
            #expect(try await people.booksBalance())
        }
    }

    private func rf(_ number: String) -> String {
        CreditorReference(number)?.text ?? ""
    }
}
