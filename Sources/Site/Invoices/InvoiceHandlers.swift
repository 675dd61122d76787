import Domain
import HTTP
import Postgres
import Store

/// What companies owe, for the company that does and for admins.
struct InvoiceHandlers {
    let visit: Visit
    let reader: InvoiceReader

    func list() async throws -> Response {
        let company = try company()
        let standing = visit.query[InvoicesPage.standing].flatMap(InvoiceStanding.init(rawValue:))
        let invoices = visit.store.invoices
        let found = try await invoices.list(
            Invoices.Filter(company: company, standing: standing, today: visit.today),
            after: visit.cursor)
        let sums = try await invoices.sums(of: company, today: visit.today)
        return visit.page(
            InvoicesPage(
                reader: reader, standing: standing,
                sums: Dictionary(grouping: sums, by: \.standing).mapValues {
                    $0.map(\.amount)
                },
                invoices: found.items.map { InvoicesPage.Row($0, today: visit.today) },
                isFirst: visit.cursor == nil, nextCursor: found.next?.text))
    }

    func show(_ number: InvoiceNumber) async throws -> Response {
        visit.page(try await page(number))
    }

    /// Keeps that an invoice was paid, or a credit note paid out.
    func receive(_ id: InvoiceID) async throws -> Response {
        let fields = visit.fields
        do {
            _ = try await visit.store.write { transaction in
                try await receive(id, fields, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            guard let number = try await visit.store.invoices.number(of: id) else {
                throw DomainError.notFound(.invoice)
            }
            let page = try await page(number, input: fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(to: AdminRoute.waiting.path, notice: .keptInBooks)
    }

    /// The domain call that the form and the API share.
    func receive(
        _ id: InvoiceID, _ fields: Fields, in transaction: Transaction
    ) async throws -> Invoices.Invoice {
        var validation = Validation()
        let day = validation.read { () throws(ValidationError) in
            guard !fields[.receivedOn].isEmpty else {
                throw ValidationError(.receivedOn, .missing)
            }
            guard let day = CalendarDate(fields[.receivedOn]) else {
                throw ValidationError(.receivedOn, .malformed)
            }
            return day
        }
        let reference = validation.read { () throws(ValidationError) in
            try BankReference(fields[.bankReference])
        }
        try validation.finish()
        guard let day, let reference else { throw DomainError.invalid(validation.errors) }
        return try await visit.store.invoices.receive(
            id, on: day, bankReference: reference, by: try visit.principal(), at: visit.now,
            in: transaction)
    }

    private func page(
        _ number: InvoiceNumber, input: FormInput = FormInput()
    ) async throws -> InvoicePage {
        let found = try await visit.store.invoices.find(number, of: try company())
        return InvoicePage(
            reader: reader, invoice: InvoicePage.Facts(found, today: visit.today),
            payer: visit.services.settings.payer, input: input)
    }

    /// Whose invoices may be seen; nil for everybody's.
    private func company() throws(DomainError) -> CompanyID? {
        switch reader {
        case .company: try visit.company()
        case .admin: nil
        }
    }
}

extension Invoices.Invoice {
    func standing(on today: CalendarDate) -> InvoiceStanding {
        InvoiceStanding(state, amount: amount, dueOn: dueOn, today: today)
    }
}

extension InvoicesPage.Row {
    init(_ invoice: Invoices.Invoice, today: CalendarDate) {
        self.init(
            number: invoice.number, company: invoice.companyName, amount: invoice.total,
            issuedAt: invoice.issuedAt, dueOn: invoice.dueOn,
            standing: invoice.standing(on: today))
    }
}

extension InvoicePage.Facts {
    init(_ document: Invoices.Document, today: CalendarDate) {
        let invoice = document.invoice
        self.init(
            id: invoice.id, number: invoice.number, reference: invoice.reference,
            standing: invoice.standing(on: today), amount: invoice.amount,
            issuedAt: invoice.issuedAt, dueOn: invoice.dueOn, issuer: document.issuer,
            recipient: document.recipient, vat: invoice.vat, hire: invoice.hire,
            introduction: document.introduction, candidate: document.candidateName,
            job: document.jobTitle, startsOn: document.startsOn,
            instalment: invoice.instalment, instalmentCount: invoice.instalmentCount,
            receivedOn: invoice.receivedOn, bankReference: invoice.bankReference,
            credited: document.credited, creditNotes: document.creditNotes)
    }
}
