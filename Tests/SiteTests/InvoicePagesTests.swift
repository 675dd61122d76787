import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// What a company owes, on its own pages and on the admin's.
@Suite struct InvoicePagesTests {
    private static let path = "/company/invoices/V20260000001"

    /// A world with one invoice, and people who are signed in.
    private static func withInvoice(
        _ body: @escaping @Sendable (World, Browser, Browser) async throws -> Void
    ) async throws {
        try await withWorld { world in
            try await world.site.store.write { transaction in
                _ = try await world.site.store.commissionDeeds.decide(
                    .approve, on: [world.commission], note: Note(stored: ""),
                    by: world.admin.principal, at: TestSite.now, in: transaction)
            }
            let company = Browser(world.site)
            company.keep(try await world.session(of: world.company).cookie ?? "")
            let admin = Browser(world.site)
            admin.keep(try await world.session(of: world.admin).cookie ?? "")
            try await body(world, company, admin)
        }
    }

    @Test func `an invoice says who owes what to whom, why, until when, and what to write`()
        async throws
    {
        try await Self.withInvoice { _, company, _ in
            let page = try await company.get(Self.path).text
            let reference = try #require(CreditorReference("V20260000001")).text
            for text in [
                "Invoice V20260000001", "Mihai Ionescu", "Swift developer", "Atelier Nord",
                "RO49 AAAA 1B31 0075 9384 0000", "value=\"\(reference)\"", "1 of 1", "500",
                Texts(.english).value.date(TestSite.today.adding(days: Invoices.daysToPay)),
            ] {
                #expect(page.contains(text), "\(text)")
            }
            #expect(!page.contains("/receive\""))
        }
    }

    @Test func `a company finds its invoices from its desk, its hires and the list`()
        async throws
    {
        try await Self.withInvoice { _, company, _ in
            #expect(try await company.get("/company").text.contains("\"/company/invoices\""))
            for page in [
                "/company/hires", "/company/invoices", "/company/invoices?standing=due",
            ] {
                #expect(try await company.get(page).text.contains("\"\(Self.path)\""), "\(page)")
            }
            for standing in ["paid", "overdue", "void"] {
                let page = try await company.get("/company/invoices?standing=\(standing)").text
                #expect(!page.contains("\"\(Self.path)\""), "\(standing)")
            }
        }
    }

    @Test func `nobody sees another company's invoice, and a number that is none is 404`()
        async throws
    {
        try await Self.withInvoice { world, company, _ in
            let rival = Browser(world.site)
            rival.keep(try await world.session(of: world.rival).cookie ?? "")
            #expect(try await rival.get(Self.path).status == 404)
            #expect(try await rival.get("/company/invoices").text.contains("V2026") == false)
            for number in ["V20260000002", "V2026", "v20260000001", "1", "V2026000000x"] {
                #expect(
                    try await company.get("/company/invoices/\(number)").status == 404,
                    "\(number)")
            }
        }
    }

    @Test func `an admin receives a payment on the invoice's page, and says so once`()
        async throws
    {
        try await Self.withInvoice { world, company, admin in
            let page = "/admin/invoices/V20260000001"
            let action = "/admin/invoices/1/receive"
            #expect(try await admin.get(page).text.contains("action=\"\(action)\""))
            #expect(try await admin.get("/admin/waiting").text.contains("\"\(page)\""))
            let long = String(repeating: "a", count: 141)
            for (day, reference, field) in [
                ("", "OP 7", "received_on"), ("soon", "OP 7", "received_on"),
                ("2099-01-01", "OP 7", "received_on"),
                (TestSite.today.description, long, "bank_reference"),
            ] {
                let wrong = try await admin.post(
                    action, from: page,
                    [("received_on", day), ("bank_reference", reference)])
                #expect(wrong.status == 422, "\(day)")
                #expect(wrong.text.contains("id=\"field-\(field)-error\""), "\(day)")
                #expect(wrong.text.contains("value=\"\(reference)\""), "\(day)")
            }
            let good = [
                ("received_on", TestSite.today.description), ("bank_reference", "OP 7"),
            ]
            for _ in 0..<2 {
                let answer = try await admin.post(action, from: page, good)
                #expect(answer.location == "/admin/waiting")
            }
            let other = try await admin.post(
                action, from: "/admin/waiting",
                [("received_on", TestSite.today.description), ("bank_reference", "OP 8")])
            #expect(other.status == 409)
            #expect(try await company.get(Self.path).text.contains("OP 7"))
            #expect(
                try await company.get("/company/invoices?standing=paid").text.contains(Self.path))
            #expect(try await world.site.store.books.check().isBalanced)
        }
    }

    @Test func `an invoice past its day waits in the admin's queue`() async throws {
        try await Self.withInvoice { world, _, admin in
            #expect(try await admin.get("/admin").text.contains("V20260000001") == false)
            let database = world.site.store.database
            try await database.execute("ALTER TABLE invoice DISABLE TRIGGER USER")
            try await database.execute(
                "UPDATE invoice SET due_on = \(TestSite.today.adding(days: -1))")
            #expect(
                try await admin.get("/admin").text.contains("\"/admin/invoices/V20260000001\""))
            #expect(
                try await admin.get("/admin/invoices?standing=overdue").text.contains(
                    "\"/admin/invoices/V20260000001\""))
            #expect(
                try await admin.get("/admin/search?q=V20260000001").text.contains(
                    "\"/admin/invoices/V20260000001\""))
        }
    }
}
