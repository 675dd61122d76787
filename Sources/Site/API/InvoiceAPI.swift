import Domain
import HTTP
import Store

/// Invoices for programs, of a company and of admins.
struct InvoiceAPI {
    let visit: Visit
    let reader: InvoiceReader

    func list() async throws -> Response {
        let query = try visit.listQuery()
        let standing = query[InvoicesPage.standing].flatMap(InvoiceStanding.init(rawValue:))
        let found = try await visit.store.invoices.list(
            Invoices.Filter(company: try company(), standing: standing, today: visit.today),
            after: query.after, limit: query.limit)
        return visit.json(found) { InvoiceResource(invoice: $0, today: visit.today) }
    }

    func show(_ number: InvoiceNumber) async throws -> Response {
        let found = try await visit.store.invoices.find(number, of: try company())
        return visit.json(
            InvoiceDocumentResource(
                document: found, payer: visit.services.settings.payer, today: visit.today))
    }

    func receive(_ id: InvoiceID) async throws -> Response {
        let fields = try visit.sentFields()
        let invoices = InvoiceHandlers(visit: visit, reader: .admin)
        return try await visit.write { transaction in
            InvoiceResource(
                invoice: try await invoices.receive(id, fields, in: transaction),
                today: visit.today)
        }
    }

    func reopen(_ id: InvoiceID) async throws -> Response {
        let fields = try visit.sentFields()
        let reopening = try ReopenInvoiceHandlers.read(fields)
        let principal = try visit.principal()
        return try await visit.write { transaction in
            InvoiceResource(
                invoice: try await visit.store.invoices.reopen(
                    id, reopening, by: principal, at: visit.now, in: transaction),
                today: visit.today)
        }
    }

    private func company() throws(DomainError) -> CompanyID? {
        switch reader {
        case .company: try visit.company()
        case .admin: nil
        }
    }
}

/// A payment that arrived.
enum ReceiveInput: Described {
    static let schemaName = "ReceiveInput"
    static let schema = Schema.object([
        .always("received_on", .date),
        .maybe("bank_reference", .text(lengthMax: TextRules.BankReference.lengthMax)),
    ])
}

/// A payment that is undone.
enum ReopenInput: Described {
    static let schemaName = "ReopenInput"
    static let schema = Schema.object([
        .always("payment", .integer(min: 1)),
        .always("reason", .any(of: InvoiceReopeningReason.self)),
        .maybe("note", .text(lengthMax: TextRules.Note.lengthMax)),
    ])
}

/// An invoice, or a credit note when its amount is negative.
struct InvoiceResource: JSONWritable {
    let invoice: Invoices.Invoice
    let today: CalendarDate

    static let schemaName = "Invoice"
    static let schemaDescription =
        "A credit note has a negative amount. The amount is net; the total is paid. Payments that "
        + "were undone are counted too."
    static let schema = Schema.object(members)

    static let members: [Schema.Member] = [
        .always("id", .id),
        .always("number", .text(pattern: "^V[0-9]{11}$")),
        .always("reference", .text(pattern: "^RF[0-9]{2}[A-Z0-9]{1,21}$")),
        .always("standing", .any(of: InvoiceStanding.self)),
        .always("company_name", .text()),
        .always("hire_id", .id),
        .always("instalment", .integer(min: 1)),
        .always("instalment_count", .integer(min: 1)),
        .always("amount", .named(Money.self)),
        .always("vat_treatment", .any(of: VATTreatment.self)),
        .always("vat_basis_points", .optional(.integer(min: 1))),
        .always("vat", .named(Money.self)),
        .always("total", .named(Money.self)),
        .always("payments", .integer(min: 0)),
        .always("issued_at", .moment),
        .always("due_on", .date),
        .always("received_on", .optional(.date)),
        .always("bank_reference", .text()),
    ]

    func write(to json: inout JSONWriter) {
        json.object { json in writeMembers(to: &json) }
    }

    func writeMembers(to json: inout JSONWriter) {
        json.member("id", invoice.id)
        json.member("number", invoice.number.text)
        json.member("reference", invoice.reference.text)
        json.member("standing", invoice.standing(on: today).rawValue)
        json.member("company_name", invoice.companyName.text)
        json.member("hire_id", invoice.hire)
        json.member("instalment", invoice.instalment)
        json.member("instalment_count", invoice.instalmentCount)
        json.member("amount", invoice.amount)
        json.member("vat_treatment", invoice.vat.treatment.rawValue)
        json.member("vat_basis_points", number: invoice.vat.rate.map { Int64($0.basisPoints) })
        json.member("vat", invoice.vat.amount)
        json.member("total", invoice.total)
        json.member("payments", invoice.payments)
        json.member("issued_at", invoice.issuedAt)
        json.member("due_on", invoice.dueOn)
        json.member("received_on", invoice.receivedOn)
        json.member("bank_reference", invoice.bankReference.text)
    }
}

/// An invoice with what it is for, and where it is paid to.
struct InvoiceDocumentResource: JSONWritable {
    let document: Invoices.Document
    let payer: PaymentFile.Payer?
    let today: CalendarDate

    static let schemaName = "InvoiceDocument"
    static let schemaDescription = "What was not known when it was issued is null."
    static let schema = Schema.object(
        InvoiceResource.members + [
            .always("introduction_id", .id),
            .always("candidate_name", .text()),
            .always("job_title", .text()),
            .always("starts_on", .date),
            .always("credits", .optional(.text())),
            .always("credit_notes", .list(.text())),
            .always("recipient", .named(Party.self)),
            .always("issuer", .optional(.named(Party.self))),
            .always("account", .optional(.named(Account.self))),
        ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            InvoiceResource(invoice: document.invoice, today: today).writeMembers(to: &json)
            json.member("introduction_id", document.introduction)
            json.member("candidate_name", document.candidateName.text)
            json.member("job_title", document.jobTitle.text)
            json.member("starts_on", document.startsOn)
            json.member("credits", document.credited?.text)
            json.name("credit_notes")
            json.list(document.creditNotes) { json, number in json.text(number.text) }
            json.member("recipient", Party(document.recipient))
            json.member("issuer", document.issuer.map { Party($0) })
            json.member("account", account)
        }
    }

    private var account: Account? {
        if let issuer = document.issuer, let iban = issuer.iban {
            return Account(name: issuer.name.text, iban: iban)
        }
        return payer.map { Account(name: $0.name.text, iban: $0.iban) }
    }

    /// Who stands on it.
    struct Party: JSONWritable {
        let name: CompanyName
        let address: BillingAddress?
        let country: CountryCode
        let taxID: TaxID?

        static let schemaName = "InvoiceParty"
        static let schema = Schema.object([
            .always("name", .text()), .always("address", .optional(.text())),
            .always("country", .text()), .always("tax_id", .optional(.text())),
        ])

        init(_ recipient: InvoiceRecipient) {
            name = recipient.name
            address = recipient.address
            country = recipient.country
            taxID = recipient.taxID
        }

        init(_ issuer: InvoiceIssuer) {
            name = issuer.name
            address = issuer.address
            country = issuer.country
            taxID = issuer.taxID
        }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("name", name.text)
                json.member("address", address?.text)
                json.member("country", country.text)
                json.member("tax_id", taxID?.text)
            }
        }
    }

    /// Where a company pays to.
    struct Account: JSONWritable {
        let name: String
        let iban: IBAN

        static let schemaName = "InvoiceAccount"
        static let schema = Schema.object([
            .always("name", .text()), .always("iban", .text()),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("name", name)
                json.member("iban", iban.text)
            }
        }
    }
}
