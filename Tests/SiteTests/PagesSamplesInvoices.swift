import Domain
import Site

extension PagesSamples {
    /// What companies owe: lists, and an invoice at each point of its life.
    var invoicePages: [Sample] {
        [
            Sample(
                name: "company-invoices",
                page: InvoicesPage(
                    reader: .company,
                    sums: [.due: [.euros(250), .lei(900)], .overdue: [.euros(250)]],
                    invoices: invoiceRows, isFirst: false, nextCursor: "0_3"), role: .company),
            Sample(
                name: "company-invoices-empty",
                page: InvoicesPage(reader: .company, sums: [:], invoices: []), role: .company),
            Sample(
                name: "admin-invoices",
                page: InvoicesPage(
                    reader: .admin, standing: .overdue, sums: [.overdue: [.euros(250)]],
                    invoices: invoiceRows, nextCursor: "0_3"), role: .admin),
            Sample(
                name: "admin-invoices-empty",
                page: InvoicesPage(reader: .admin, standing: .void, sums: [:], invoices: []),
                role: .admin),
            Sample(name: "invoice", page: invoicePage(.company, .due), role: .company),
            Sample(
                name: "invoice-no-account",
                page: invoicePage(.company, .overdue, hasIssuer: false), role: .company),
            Sample(name: "invoice-paid", page: invoicePage(.company, .paid), role: .company),
            Sample(name: "invoice-void", page: invoicePage(.company, .void), role: .company),
            Sample(
                name: "credit-note", page: invoicePage(.company, .due, units: -250),
                role: .company),
            Sample(
                name: "credit-note-paid", page: invoicePage(.company, .paid, units: -250),
                role: .company),
            Sample(name: "admin-invoice", page: invoicePage(.admin, .overdue), role: .admin),
            Sample(
                name: "admin-invoice-refused",
                page: invoicePage(
                    .admin, .due,
                    input: FormInput(
                        [.receivedOn: wrap("soon"), .bankReference: wrap("OP 7")],
                        failure: .invalid([ValidationError(.receivedOn, .malformed)]))),
                role: .admin),
            Sample(
                name: "invoice-reverse-charge",
                page: invoicePage(.company, .due, vat: .reverseCharge), role: .company),
            Sample(
                name: "invoice-outside", page: invoicePage(.company, .due, vat: .outside),
                role: .company),
            Sample(
                name: "invoice-not-registered",
                page: invoicePage(.company, .due, vat: .notCharged), role: .company),
            Sample(
                name: "admin-invoice-no-issuer",
                page: invoicePage(.admin, .paid, hasIssuer: false), role: .admin),
            Sample(name: "admin-invoice-reopen", page: reopenPage(), role: .admin),
            Sample(
                name: "admin-invoice-reopen-refused",
                page: reopenPage(
                    input: FormInput(
                        [.note: wrap("Looked again")],
                        failure: .invalid([ValidationError(.reason, .missing)]))), role: .admin),
            Sample(
                name: "admin-invoice-reopen-empty", page: reopenPage(isReceived: false),
                role: .admin),
        ]
    }

    private func reopenPage(
        isReceived: Bool = true, input: FormInput = FormInput()
    ) -> ReopenInvoicePage {
        ReopenInvoicePage(
            id: InvoiceID(1), number: invoiceNumber(1), company: companyName("Carpathia Pay"),
            amount: .euros(250), dueOn: Self.today, receivedOn: isReceived ? Self.today : nil,
            bankReference: BankReference(stored: wrap("OP 7")), payment: 1, owed: .euros(0),
            input: input)
    }

    private func issuer(_ treatment: VATTreatment) -> InvoiceIssuer {
        InvoiceIssuer(
            name: companyName("Vouch Platform SRL"),
            address: BillingAddress(stored: wrap("Strada Lungă 1") + "\n" + wrap("Cluj")),
            country: .romania, taxID: TaxID(stored: wrap("RO12345678")),
            iban: IBAN(stored: "RO49AAAA1B31007593840000"),
            vatRate: treatment == .notCharged ? nil : VATRate(basisPoints: 2_150))
    }

    func invoiceNumber(_ number: Int) -> InvoiceNumber {
        InvoiceNumber(stored: wrap("V2026000000\(number)"))
    }

    private var invoiceRows: [InvoicesPage.Row] {
        InvoiceStanding.allCases.enumerated().map { position, standing in
            InvoicesPage.Row(
                number: invoiceNumber(position + 1), company: companyName("Carpathia Pay"),
                amount: .euros(position == 0 ? -250 : 250), issuedAt: Self.now,
                dueOn: Self.today.adding(days: 10 - position * 20), standing: standing)
        }
    }

    private func invoicePage(
        _ reader: InvoiceReader, _ standing: InvoiceStanding, units: Int32 = 250,
        hasIssuer: Bool = true, vat treatment: VATTreatment = .charged,
        input: FormInput = FormInput()
    ) -> InvoicePage {
        let isPaid = standing == .paid
        let rate = treatment == .charged && hasIssuer ? VATRate(basisPoints: 2_150) : nil
        return InvoicePage(
            reader: reader,
            invoice: InvoicePage.Facts(
                id: InvoiceID(1), number: invoiceNumber(1),
                reference: CreditorReference(stored: wrap("RF18V20260000001")),
                standing: standing, amount: .euros(units), issuedAt: Self.now,
                dueOn: Self.today.adding(days: 15),
                issuer: hasIssuer ? issuer(treatment) : nil,
                recipient: InvoiceRecipient(
                    name: companyName("Carpathia Pay"),
                    address: hasIssuer ? BillingAddress(stored: wrap("Cluj-Napoca")) : nil,
                    country: CountryCode(stored: treatment == .reverseCharge ? "DE" : "RO"),
                    taxID: hasIssuer ? TaxID(stored: wrap("DE123456789")) : nil),
                vat: InvoiceVAT(
                    treatment: hasIssuer ? treatment : .notCharged, rate: rate,
                    amount: rate?.tax(on: .euros(units)) ?? .zero(.eur)),
                hire: HireID(3),
                introduction: IntroductionID(5), candidate: person("Radu Ionescu"),
                job: title("Site Reliability Engineer"),
                startsOn: Self.today.adding(days: -60), instalment: 1, instalmentCount: 2,
                receivedOn: isPaid ? Self.today : nil,
                bankReference: BankReference(stored: isPaid ? wrap("OP 7") : ""),
                credited: units < 0 ? invoiceNumber(2) : nil,
                creditNotes: isPaid ? [invoiceNumber(3)] : []),
            payer: hasIssuer
                ? PaymentFile.Payer(
                    name: AccountHolder(stored: wrap("Vouch Platform SRL")),
                    iban: IBAN(stored: "RO49AAAA1B31007593840000")) : nil, input: input)
    }
}
