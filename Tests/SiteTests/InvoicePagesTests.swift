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

    @Test func `an admin undoes a payment after seeing what that does, once`() async throws {
        try await Self.withInvoice { world, company, admin in
            let page = "/admin/invoices/V20260000001"
            let action = "/admin/invoices/1/reopen"
            #expect(try await admin.get(action).text.contains("nothing to undo"))
            _ = try await admin.post(
                "/admin/invoices/1/receive", from: page,
                [("received_on", TestSite.today.description), ("bank_reference", "OP 7")])
            #expect(try await admin.get(page).text.contains("\"\(action)\""))
            let preview = try await admin.get(action).text
            let amount = Texts(.english).value.money(.euros(500))
            for text in ["Atelier Nord owes \(amount) then", "is told", "OP 7"] {
                #expect(preview.contains(text), "\(text)")
            }
            for (payment, status) in [("", 409), ("2", 409), ("x", 409), ("-1", 409)] {
                let wrong = try await admin.post(
                    action, from: action,
                    [("payment", payment), ("reason", "returned_by_bank"), ("note", "")])
                #expect(wrong.status == status, "\(payment)")
            }
            let unknown = try await admin.post(
                action, from: action, [("payment", "1"), ("reason", "why"), ("note", "")])
            #expect(unknown.status == 422)
            let bare = try await admin.post(
                action, from: action, [("payment", "1"), ("reason", "other"), ("note", " ")])
            #expect(bare.status == 422)
            #expect(bare.text.contains("id=\"field-note-error\""))
            let good = [("payment", "1"), ("reason", "returned_by_bank"), ("note", "Wrong IBAN")]
            for _ in 0..<2 {
                let answer = try await admin.post(action, from: page, good)
                #expect(answer.location == page)
            }
            let open = try await company.get("/company/invoices?standing=due").text
            #expect(open.contains(Self.path))
            let log = try await world.site.store.audit.list(of: "invoice", 1).items
            #expect(log.map(\.action) == ["invoice.reopened", "invoice.received"])
            #expect(try await admin.get("/admin/invoices/9/reopen").status == 404)
            #expect(try await world.site.store.books.check().isBalanced)
        }
    }

    @Test func `an invoice names issuer and company as they were, and the tax`() async throws {
        try await withWorld { world in
            let store = world.site.store
            let issuer = InvoiceIssuer(
                name: try CompanyName("Vouch <Platform> SRL"),
                address: try BillingAddress("Strada Lungă 1\nCluj"), country: .romania,
                taxID: try TaxID("RO123"), iban: try IBAN("NO9386011117947"),
                vatRate: VATRate(basisPoints: 1_950))
            try await store.write { transaction in
                try await store.invoices.announce(issuer, at: TestSite.now, in: transaction)
            }
            let company = try await world.browser(of: world.company)
            let wrong = try await company.post(
                "/company/profile", from: "/company/profile",
                [("company_name", "Atelier Nord"), ("billing_country", "XX")])
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("id=\"field-billing_country-error\""))
            let saved = try await company.post(
                "/company/profile", from: "/company/profile",
                [
                    ("company_name", "Atelier Nord"), ("billing_name", "Atelier Nord & Co SRL"),
                    ("billing_address", "Calea Dorobanților 5\r\nCluj-Napoca"),
                    ("billing_country", ""), ("billing_tax_id", "ro 998"),
                ])
            #expect(saved.status == 303)
            let form = try await company.get("/company/profile").text
            #expect(form.contains("value=\"RO998\""))
            _ = try await world.openInvoice()
            let page = try await company.get(Self.path).text
            for text in [
                "Vouch &lt;Platform", "Strada Lungă 1", "RO123", "NO93 8601 1117 947",
                "Atelier Nord &amp; Co SRL", "Calea Dorobanților 5", "RO998", "VAT 19.5%",
                Texts(.english).value.money(Money(minorUnits: 9_750, currency: .eur)),
                Texts(.english).value.money(Money(minorUnits: 59_750, currency: .eur)),
            ] {
                #expect(page.contains(text), "\(text)")
            }
            #expect(!page.contains("VAT is not included"))
            let slug = world.companySlug
            let open = try await Browser(world.site).get("/companies/\(slug)").text
            #expect(!open.contains("Dorobanților"))
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
