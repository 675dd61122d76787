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
                document: found, issuer: visit.services.settings.payer, today: visit.today))
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

/// An invoice, or a credit note when its amount is negative.
struct InvoiceResource: JSONWritable {
    let invoice: Invoices.Invoice
    let today: CalendarDate

    static let schemaName = "Invoice"
    static let schemaDescription = "A credit note has a negative amount."
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
        json.member("issued_at", invoice.issuedAt)
        json.member("due_on", invoice.dueOn)
        json.member("received_on", invoice.receivedOn)
        json.member("bank_reference", invoice.bankReference.text)
    }
}

/// An invoice with what it is for, and where it is paid to.
struct InvoiceDocumentResource: JSONWritable {
    let document: Invoices.Document
    let issuer: PaymentFile.Payer?
    let today: CalendarDate

    static let schemaName = "InvoiceDocument"
    static let schemaDescription = "The issuer is null while no account of ours is set."
    static let schema = Schema.object(
        InvoiceResource.members + [
            .always("introduction_id", .id),
            .always("candidate_name", .text()),
            .always("job_title", .text()),
            .always("starts_on", .date),
            .always("credits", .optional(.text())),
            .always("credit_notes", .list(.text())),
            .always("issuer", .optional(.named(Issuer.self))),
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
            json.member("issuer", issuer.map { Issuer(payer: $0) })
        }
    }

    /// Whom a company pays.
    struct Issuer: JSONWritable {
        let payer: PaymentFile.Payer

        static let schemaName = "InvoiceIssuer"
        static let schema = Schema.object([
            .always("name", .text()), .always("iban", .text()),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("name", payer.name.text)
                json.member("iban", payer.iban.text)
            }
        }
    }
}
