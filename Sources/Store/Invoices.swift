import Domain
import Postgres

/// What companies owe: one numbered invoice for each commission that was approved, and credit notes.
///
/// Commissions are net of VAT. The books are those of commissions and hold net amounts; the tax stands
/// on the invoice, which asks for both, and is between the issuer and its tax office.
package struct Invoices: Sendable {
    let database: Database

    /// An invoice, or a credit note when its amount is negative.
    package struct Invoice: Hashable, Sendable {
        package let id: InvoiceID
        package let number: InvoiceNumber
        /// What the company writes on its transfer.
        package let reference: CreditorReference
        package let company: CompanyID
        package let companyName: CompanyName
        package let hire: HireID
        package let commission: CommissionID
        package let instalment: Int
        package let instalmentCount: Int
        /// The invoice that it credits.
        package let credits: InvoiceID?
        package let amount: Money
        package let issuedAt: Instant
        package let dueOn: CalendarDate
        package let state: InvoiceState
        package let receivedOn: CalendarDate?
        package let bankReference: BankReference
        package let vat: InvoiceVAT
        /// How many payments were noted, those included that were undone.
        package let payments: Int

        /// What is paid: the amount, which is net, and the tax.
        package var total: Money {
            // Both are bounded by the table, and of one sign.
            Money(
                minorUnits: amount.minorUnits + vat.amount.minorUnits, currency: amount.currency)
        }
    }

    /// How long a company has.
    package static let daysToPay = 15

    // MARK: Issuing

    /// Invoices a commission that became approved; the platform's own costs and what is taken back are
    /// nobody's debt, and a row is invoiced once.
    static func issue(
        for entry: CommissionBook.Entry, at now: Instant, in transaction: Transaction
    ) async throws {
        guard entry.borneBy == .company, entry.row.amount.isPositive else { return }
        let isIssued = try await transaction.first(
            """
            SELECT EXISTS (SELECT FROM invoice
                WHERE commission_id = \(entry.row.id) AND credits IS NULL)
            """
        ) { row in try row.next(Bool.self) }
        guard isIssued != true else { return }
        try await insert(
            entry, commission: entry.row.id, entry.row.amount, credits: nil,
            try await terms(of: entry.company, on: entry.row.amount, in: transaction), at: now,
            in: transaction)
    }

    /// A row was reversed: its open invoice is void, a received one is credited; a credit note of a
    /// clawback that is taken back ends in the same way.
    static func takeBack(
        _ entry: CommissionBook.Entry, at now: Instant, in transaction: Transaction
    ) async throws {
        let found = try await transaction.first(
            """
            SELECT id, state FROM invoice WHERE commission_id = \(entry.row.id)
            ORDER BY id LIMIT 1 FOR NO KEY UPDATE
            """
        ) { row in (id: try row.next(InvoiceID.self), state: try row.next(InvoiceState.self)) }
        guard let found else { return }
        switch found.state {
        case .open:
            try await transaction.execute(
                "UPDATE invoice SET state = 'void' WHERE id = \(found.id)")
        case .received where entry.row.amount.isPositive:
            let back = try entry.row.amount.negated()
            try await insert(
                entry, commission: entry.row.id, back, credits: found.id,
                try await terms(crediting: found.id, back, in: transaction), at: now,
                in: transaction)
        case .received:
            try await insert(
                entry, commission: entry.row.id, entry.row.amount.negated(), credits: nil,
                try await terms(undoing: found.id, in: transaction), at: now, in: transaction)
        case .void: return
        }
    }

    /// Credits a part of what was invoiced for a paid row, or all of it.
    static func credit(
        _ entry: CommissionBook.Entry, _ amount: Money, because row: CommissionID,
        at now: Instant, in transaction: Transaction
    ) async throws {
        let found = try await transaction.first(
            """
            SELECT id FROM invoice
            WHERE commission_id = \(entry.row.id) AND credits IS NULL AND state <> 'void'
            FOR NO KEY UPDATE
            """
        ) { row in try row.next(InvoiceID.self) }
        guard let found else { return }
        let back = try amount.negated()
        try await insert(
            entry, commission: row, back, credits: found,
            try await terms(crediting: found, back, in: transaction), at: now, in: transaction)
    }

    /// Takes the next number; whoever issues one waits until the number before it is certain.
    private static func insert(
        _ entry: CommissionBook.Entry, commission: CommissionID, _ amount: Money,
        credits: InvoiceID?, _ terms: Terms, at now: Instant, in transaction: Transaction
    ) async throws {
        let series = "V\(now.date.year)"
        let number = try await transaction.first(
            """
            INSERT INTO invoice_series AS s (series, last) VALUES (\(series), 1)
            ON CONFLICT (series) DO UPDATE SET last = s.last + 1 RETURNING last
            """
        ) { row in try row.next(Int64.self) }
        let digits = String(number ?? 0)
        let name = series + String(repeating: "0", count: 7 - digits.utf8.count) + digits
        guard let reference = CreditorReference(name) else { throw DomainError.notFound(.invoice) }
        let id = try await transaction.first(
            """
            INSERT INTO invoice (number, reference, company_id, hire_id, commission_id, credits,
                amount, currency, issued_at, due_on, state, issuer_id, recipient_name,
                recipient_address, recipient_country, recipient_tax_id, vat_treatment, vat_rate,
                vat_amount)
            VALUES (\(name), \(reference), \(entry.company), \(entry.hire), \(commission),
                \(credits), \(amount.minorUnits), \(amount.currency), \(now),
                \(now.date.adding(days: daysToPay)), \(InvoiceState.open), \(terms.issuer),
                \(terms.recipient.name), \(terms.recipient.address),
                \(terms.recipient.country), \(terms.recipient.taxID), \(terms.vat.treatment),
                \(terms.vat.rate.map { Int32($0.basisPoints) }),
                \(terms.vat.amount.minorUnits)) RETURNING id
            """
        ) { row in try row.next(InvoiceID.self) }
        guard let id else { throw DomainError.notFound(.invoice) }
        var payload = JSONObject()
        payload.set("invoice", id)
        payload.set("number", name)
        payload.set("reference", reference.text)
        payload.set("hire", entry.hire)
        payload.set("net", amount.minorUnits)
        payload.set("amount", try amount.adding(terms.vat.amount))
        try await Outbox.add(
            .invoiceIssued, to: .company(entry.company), about: "invoice:\(id)",
            payload: payload, at: now, in: transaction)
    }

    // MARK: Receiving

    /// Marks an invoice as received, or a credit note as paid out; the same mark again changes nothing.
    ///
    /// - Throws: `forbidden`, `notFound(.invoice)`, `conflict(.invoiceSettled)` when it is void or was
    ///   received on another day or with another reference, `invalid` for a day to come.
    package func receive(
        _ id: InvoiceID, on day: CalendarDate, bankReference: BankReference,
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws -> Invoice {
        guard principal.role == .admin else { throw DomainError.forbidden }
        guard day <= now.date else {
            throw DomainError.invalid([ValidationError(.receivedOn, .inTheFuture)])
        }
        let invoice = try await Self.lock(id, in: transaction)
        switch invoice.state {
        case .open: break
        case .received where invoice.receivedOn == day && invoice.bankReference == bankReference:
            return invoice
        case .received, .void: throw DomainError.conflict(.invoiceSettled)
        }
        try await transaction.execute(
            """
            UPDATE invoice SET state = 'received', received_on = \(day),
                received_by = \(principal.account), bank_reference = \(bankReference)
            WHERE id = \(id)
            """)
        try await Ledger().post(
            .companyPaid(invoice.amount, vat: invoice.vat.amount, company: invoice.company),
            about: Ledger.Subject(
                hire: invoice.hire, invoice: id, payment: invoice.payments + 1),
            at: now, in: transaction)
        var detail = JSONObject()
        detail.set("invoice", id)
        detail.set("number", invoice.number.text)
        detail.set("amount", invoice.amount)
        detail.set("received_on", day.description)
        detail.set("bank_reference", bankReference.text)
        let payload = detail
        detail.set("from", invoice.state.rawValue)
        detail.set("to", InvoiceState.received.rawValue)
        try await AuditLog.append(
            "invoice.received", by: Actor(principal), on: "invoice", id.rawValue, detail: detail,
            at: now, in: transaction)
        try await Outbox.add(
            .invoiceReceived, to: .company(invoice.company),
            about: Self.key(id, payment: invoice.payments + 1),
            payload: payload, at: now, in: transaction)
        return try await Self.lock(id, in: transaction)
    }

    /// By what a message about a payment is known; the first is known by the invoice alone.
    static func key(_ id: InvoiceID, payment: Int) -> String {
        payment == 1 ? "invoice:\(id)" : "invoice:\(id):\(payment)"
    }

    /// The invoice, locked; by a second statement, which sees what was waited for.
    static func lock(
        _ id: InvoiceID, in transaction: Transaction
    ) async throws -> Invoice {
        _ = try await transaction.first(
            "SELECT id FROM invoice WHERE id = \(id) FOR NO KEY UPDATE"
        ) { row in try row.next(InvoiceID.self) }
        let found = try await transaction.first(
            "\(fragment: selection) WHERE v.id = \(id)", invoice)
        guard let found else { throw DomainError.notFound(.invoice) }
        return found
    }

    // MARK: Reading

    /// What is open everywhere, first due first; the admin's queue.
    package func open(
        after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Invoice> {
        let next: SQL =
            cursor.map { " AND (v.due_on, v.id) > (\($0.time.date), \($0.id))" } ?? .empty
        let rows = try await database.query(
            """
            \(fragment: Self.selection) WHERE v.state = 'open'\(fragment: next)
            ORDER BY v.due_on, v.id LIMIT \(limit.fetched)
            """, Self.invoice)
        return Listing(rows, limit: limit) { Cursor(time: Instant($0.dueOn), id: $0.id.rawValue) }
    }

    static let selection: SQL = "SELECT \(fragment: columns) FROM \(fragment: tables)"

    static let columns: SQL = """
        v.id, v.number, v.reference, v.company_id, c.name, v.hire_id, v.commission_id,
        m.instalment, m.instalment_count, v.credits, v.amount, v.currency, v.issued_at,
        v.due_on, v.state, v.received_on, v.bank_reference, v.vat_treatment, v.vat_rate,
        v.vat_amount, (SELECT count(*) FROM ledger_transfer
            WHERE invoice_id = v.id AND kind = 'company_paid')
        """

    static let tables: SQL = """
        invoice v
        JOIN company c ON c.id = v.company_id
        JOIN commission m ON m.id = v.commission_id
        """

    static func invoice(_ row: inout Row) throws -> Invoice {
        let id: InvoiceID = try row.next()
        let number: InvoiceNumber = try row.next()
        let reference: CreditorReference = try row.next()
        let company: CompanyID = try row.next()
        let companyName: CompanyName = try row.next()
        let hire: HireID = try row.next()
        let commission: CommissionID = try row.next()
        let (instalment, count): (Int, Int) = (try row.next(), try row.next())
        let credits: InvoiceID? = try row.next()
        let amount = try row.money()
        return Invoice(
            id: id, number: number, reference: reference, company: company,
            companyName: companyName, hire: hire, commission: commission,
            instalment: instalment, instalmentCount: count, credits: credits, amount: amount,
            issuedAt: try row.next(), dueOn: try row.next(), state: try row.next(),
            receivedOn: try row.next(), bankReference: try row.next(),
            vat: try vat(&row, amount.currency), payments: try row.next())
    }
}
