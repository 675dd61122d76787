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

    // MARK: Parties and tax

    private static func issuer(_ name: String, rate: Int? = 2_100) -> InvoiceIssuer {
        InvoiceIssuer(
            name: CompanyName(stored: name), address: BillingAddress(stored: "Strada 1\nCluj"),
            country: .romania, taxID: TaxID(stored: "RO1"),
            iban: IBAN(stored: People.romanianIBAN),
            vatRate: rate.flatMap(VATRate.init(basisPoints:)))
    }

    private func announce(_ issuer: InvoiceIssuer, _ people: People) async throws {
        try await people.store.write { transaction in
            try await people.store.invoices.announce(issuer, at: People.now, in: transaction)
        }
    }

    private func bill(_ details: BillingDetails, _ people: People) async throws {
        try await people.store.write { transaction in
            try await people.store.companies.setBilling(
                details, of: people.companyID, at: People.now, in: transaction)
        }
    }

    /// The invoices of a company, oldest first.
    private func documents(_ people: People) async throws -> [Invoices.Document] {
        let list = try await people.store.invoices.list(
            Invoices.Filter(company: people.companyID, today: People.today)
        ).items
        var found: [Invoices.Document] = []
        for invoice in list.reversed() {
            found.append(
                try await people.store.invoices.find(invoice.number, of: people.companyID))
        }
        return found
    }

    @Test func `an invoice says what was true on its day, whatever changes later`() async throws {
        try await withPeople { people in
            let hire = try await people.record(
                try await people.introduction(instalments: "33/33/34"))
            let ids = hire.commissions.map(\.id)
            try await people.decide(.approve, [ids[0]])
            try await announce(Self.issuer("First SRL"), people)
            try await announce(Self.issuer("First SRL"), people)
            let germany = CountryCode(stored: "DE")
            try await bill(
                BillingDetails(
                    name: CompanyName(stored: "Nord GmbH"),
                    address: BillingAddress(stored: "Weg 2\nBonn"), country: germany,
                    taxID: TaxID(stored: "DE123456789")), people)
            try await people.decide(.approve, [ids[1]])
            try await announce(Self.issuer("Second SRL"), people)
            try await bill(BillingDetails(), people)
            try await people.decide(.approve, [ids[2]])

            let found = try await documents(people)
            #expect(found.map { $0.issuer?.name.text } == [nil, "First SRL", "Second SRL"])
            #expect(
                found.map(\.invoice.vat.treatment) == [.notCharged, .reverseCharge, .charged])
            #expect(found.map(\.recipient.country) == [.romania, germany, .romania])
            #expect(found[1].recipient.address?.text == "Weg 2\nBonn")
            #expect(found[1].recipient.taxID?.text == "DE123456789")
            #expect(found[2].recipient.name == found[2].invoice.companyName)
            // 34 % of 500 EUR with 21 %.
            #expect(found.map(\.invoice.total.minorUnits) == [16_500, 16_500, 17_000 + 3_570])
            #expect(
                try await people.store.count("SELECT count(*) FROM invoice_issuer") == 2)
            for change: SQL in [
                "recipient_name = 'x'", "issuer_id = NULL", "vat_amount = 1",
            ] {
                await #expect(throws: PostgresError.self) {
                    try await people.store.database.execute(
                        "UPDATE invoice SET \(fragment: change)")
                }
            }
            #expect(try await people.booksBalance())
        }
    }

    @Test func `a credit note gives back the tax of its invoice, at the rate of that day`()
        async throws
    {
        try await withPeople { people in
            try await announce(Self.issuer("First SRL", rate: 1_933), people)
            let hire = try await people.record(try await people.introduction())
            let ids = hire.commissions.map(\.id)
            try await people.decide(.approve, ids)
            let invoice = try #require(try await people.store.invoices.open().items.first)
            _ = try await receive(invoice, people)
            try await announce(Self.issuer("Second SRL", rate: nil), people)
            try await people.decide(.reverse(.hireCancelled), ids)

            let found = try await documents(people)
            #expect(found.map(\.invoice.vat.amount.minorUnits) == [9_665, -9_665])
            #expect(found.map { $0.issuer?.name.text } == ["First SRL", "First SRL"])
            #expect(try await people.told(.invoiceIssued, "company") == 2)
            // What is owed for hires is without tax, what the bank holds is with it.
            #expect(
                try await booked(people) == [.bank: 59_665, .vatPayable: -9_665])
            #expect(
                try await people.store.desks.owed(by: people.companyID) == [
                    try Money.euros(500).negated()
                ])
            let sums = try await people.store.invoices.sums(
                of: people.companyID, today: People.today)
            #expect(
                sums == [
                    Invoices.Sum(
                        standing: .due, amount: Money(minorUnits: -59_665, currency: .eur)),
                    Invoices.Sum(
                        standing: .paid, amount: Money(minorUnits: 59_665, currency: .eur)),
                ])
            #expect(try await people.booksBalance())
            _ = try await receive(found[1].invoice, people)
            #expect(try await booked(people) == [.bank: 0, .vatPayable: 0])
            _ = try await reopen(found[1].invoice.id, 1, people)
            #expect(try await booked(people) == [.bank: 59_665, .vatPayable: -9_665])
            #expect(try await people.booksBalance())
        }
    }

    /// What is with the bank and what is owed to the state.
    private func booked(_ people: People) async throws -> [LedgerAccount.Kind: Int64] {
        let balances = try await people.store.books.check().accounts
        return Dictionary(
            uniqueKeysWithValues: balances.filter { [.bank, .vatPayable].contains($0.kind) }
                .map { ($0.kind, $0.amount.minorUnits) })
    }

    // MARK: Undoing a payment

    private func reopen(
        _ id: InvoiceID, _ payment: Int, _ people: People,
        by account: Account? = nil
    ) async throws -> Invoices.Invoice {
        let reopening = try InvoiceReopening(
            payment: payment, reason: .returnedByBank, note: Note(stored: "R-transaction"))
        return try await people.store.write { transaction in
            try await people.store.invoices.reopen(
                id, reopening, by: (account ?? people.admin).principal, at: People.now,
                in: transaction)
        }
    }

    @Test func `a payment is undone once, by a transfer of its own, and may come again`()
        async throws
    {
        try await withPeople { people in
            let store = people.store
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let invoice = try #require(try await store.invoices.open().items.first)
            await #expect(throws: DomainError.conflict(.invoiceNotReceived)) {
                _ = try await reopen(invoice.id, 1, people)
            }
            _ = try await receive(invoice, people)
            await #expect(throws: DomainError.forbidden) {
                _ = try await reopen(invoice.id, 1, people, by: people.company)
            }
            for payment in [0, 2] {
                await #expect(throws: DomainError.conflict(.invoiceNotReceived)) {
                    _ = try await reopen(invoice.id, payment, people)
                }
            }
            let opened = try await reopen(invoice.id, 1, people)
            #expect(opened.state == .open)
            #expect(opened.receivedOn == nil)
            #expect(opened.bankReference.text.isEmpty)
            #expect(try await reopen(invoice.id, 1, people) == opened)
            #expect(try await store.desks.owed(by: people.companyID) == [.euros(500)])
            #expect(try await people.booksBalance())

            let again = try await receive(invoice, people, reference: "OP 18")
            #expect(again.payments == 2)
            // The page of the first payment is still open somewhere.
            #expect(try await reopen(invoice.id, 1, people) == again)
            #expect(try await store.desks.owed(by: people.companyID).isEmpty)
            #expect(try await reopen(invoice.id, 2, people).state == .open)

            #expect(try await people.told(.invoiceReopened, "company") == 2)
            #expect(try await people.told(.invoiceReceived, "company") == 2)
            let log = try await store.audit.list(of: "invoice", invoice.id.rawValue).items
            #expect(log.filter { $0.action == "invoice.reopened" }.count == 2)
            #expect(log.contains { $0.detail.contains("\"reason\": \"returned_by_bank\"") })
            #expect(log.contains { $0.detail.contains("\"bank_reference\": \"OP 18\"") })
            let kinds = try await store.database.query(
                "SELECT kind FROM ledger_transfer WHERE invoice_id = \(invoice.id) ORDER BY id"
            ) { row in try row.next(String.self) }
            #expect(
                kinds == ["company_paid", "company_unpaid", "company_paid", "company_unpaid"])
            #expect(try await people.booksBalance())
        }
    }

    @Test func `a payment on which a later document stands is not undone`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            let ids = hire.commissions.map(\.id)
            try await people.decide(.approve, ids)
            let invoice = try #require(try await people.store.invoices.open().items.first)
            _ = try await receive(invoice, people)
            try await people.decide(.reverse(.hireCancelled), ids)
            await #expect(throws: DomainError.conflict(.invoiceTakenBack)) {
                _ = try await reopen(invoice.id, 1, people)
            }
            // The credit note itself stands on nothing later.
            let note = try #require(try await people.store.invoices.open().items.first)
            _ = try await receive(note, people)
            #expect(try await reopen(note.id, 1, people).state == .open)
            #expect(try await people.booksBalance())
        }
    }

    @Test func `another way to open a settled invoice is refused by the database`() async throws {
        try await withPeople { people in
            let hire = try await people.record(try await people.introduction())
            try await people.decide(.approve, hire.commissions.map(\.id))
            let invoice = try #require(try await people.store.invoices.open().items.first)
            _ = try await receive(invoice, people)
            for change: SQL in [
                "state = 'void'", "state = 'open'", "bank_reference = 'OP 99'",
                "state = 'open', received_on = NULL, received_by = NULL",
            ] {
                await #expect(throws: PostgresError.self) {
                    try await people.store.database.execute(
                        "UPDATE invoice SET \(fragment: change)")
                }
            }
            await #expect(throws: PostgresError.self) {
                try await people.store.database.execute(
                    """
                    INSERT INTO ledger_transfer (kind, invoice_id, payment, at)
                    VALUES ('company_paid', \(invoice.id), 1, now())
                    """)
            }
        }
    }

    private func rf(_ number: String) -> String {
        CreditorReference(number)?.text ?? ""
    }
}
