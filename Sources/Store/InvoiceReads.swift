import Domain
import Postgres

// Looking at invoices: one with all that its page says, lists and sums.

extension Invoices {
    /// An invoice with what it is for.
    package struct Document: Hashable, Sendable {
        package let invoice: Invoice
        /// Nil where nobody had said who issues.
        package let issuer: InvoiceIssuer?
        package let recipient: InvoiceRecipient
        package let introduction: IntroductionID
        package let candidateName: PersonName
        package let jobTitle: JobTitle
        package let startsOn: CalendarDate
        /// Of a credit note: the invoice that it takes back.
        package let credited: InvoiceNumber?
        /// What was credited of it, oldest first.
        package let creditNotes: [InvoiceNumber]
    }

    /// Which invoices are wanted; what is nil is not asked about.
    package struct Filter: Hashable, Sendable {
        package var company: CompanyID?
        package var standing: InvoiceStanding?
        /// Decides what is overdue.
        package let today: CalendarDate

        package init(
            company: CompanyID? = nil, standing: InvoiceStanding? = nil, today: CalendarDate
        ) {
            self.company = company
            self.standing = standing
            self.today = today
        }
    }

    /// The totals of one standing in one currency, less what was credited.
    package struct Sum: Hashable, Sendable {
        package let standing: InvoiceStanding
        package let amount: Money

        package init(standing: InvoiceStanding, amount: Money) {
            self.standing = standing
            self.amount = amount
        }
    }

    /// The invoice with a number.
    ///
    /// - Parameter company: nil for an admin, who sees everybody's.
    /// - Throws: `notFound(.invoice)` also for another company's.
    package func find(
        _ number: InvoiceNumber, of company: CompanyID?
    ) async throws -> Document {
        let found = try await database.readFirst(Self.statement(number), Self.document)
        guard let found, company == nil || found.invoice.company == company else {
            throw DomainError.notFound(.invoice)
        }
        return found
    }

    /// The number of an invoice; nil when there is none.
    package func number(of id: InvoiceID) async throws -> InvoiceNumber? {
        try await database.readFirst("SELECT number FROM invoice WHERE id = \(id)") { row in
            try row.next(InvoiceNumber.self)
        }
    }

    static func statement(_ number: InvoiceNumber) -> SQL {
        """
        SELECT \(fragment: columns), \(fragment: issuerColumns),
            \(fragment: recipientColumns), i.id, p.name, j.title, h.starts_on,
            (SELECT number FROM invoice WHERE id = v.credits),
            ARRAY(SELECT number FROM invoice WHERE credits = v.id ORDER BY id)
        FROM \(fragment: tables)
        JOIN hire h ON h.id = v.hire_id
        JOIN introduction i ON i.id = h.introduction_id
        JOIN candidate p ON p.id = i.candidate_id
        JOIN job j ON j.id = i.job_id
        LEFT JOIN invoice_issuer u ON u.id = v.issuer_id
        WHERE v.number = \(number)
        """
    }

    /// Some invoices, newest first.
    package func list(
        _ filter: Filter, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Invoice> {
        let rows = try await database.query(
            Self.statement(filter, after: cursor, limit: limit), Self.invoice)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    static func statement(_ filter: Filter, after cursor: Cursor?, limit: PageLimit) -> SQL {
        var conditions: [SQL] = ["v.id < \(cursor?.id ?? .max)"]
        if let company = filter.company { conditions.append("v.company_id = \(company)") }
        switch filter.standing {
        case .due:
            conditions.append(
                "v.state = 'open' AND (v.due_on >= \(filter.today) OR v.amount < 0)")
        case .overdue:
            conditions.append("v.state = 'open' AND v.due_on < \(filter.today) AND v.amount > 0")
        case .paid: conditions.append("v.state = 'received'")
        case .void: conditions.append("v.state = 'void'")
        case nil: break
        }
        return """
            \(fragment: selection) WHERE \(fragment: SQL.joined(conditions, by: " AND "))
            ORDER BY v.id DESC LIMIT \(limit.fetched)
            """
    }

    /// The sums of a company by standing and currency; of everybody's only what is open.
    package func sums(of company: CompanyID?, today: CalendarDate) async throws -> [Sum] {
        try await database.query(Self.sumsStatement(of: company, today: today)) { row in
            Sum(
                standing: InvoiceStanding(
                    rawValue: try row.next(String.self)) ?? .due, amount: try row.money())
        }
    }

    static func sumsStatement(of company: CompanyID?, today: CalendarDate) -> SQL {
        let wanted: SQL = company.map { "company_id = \($0)" } ?? "state = 'open'"
        return """
            SELECT standing, sum(amount)::bigint, currency
            FROM (
                SELECT amount + vat_amount AS amount, currency, CASE
                    WHEN state = 'received' THEN 'paid'
                    WHEN due_on < \(today) AND amount > 0 THEN 'overdue'
                    ELSE 'due' END AS standing
                FROM invoice WHERE \(fragment: wanted) AND state <> 'void'
            ) s
            GROUP BY standing, currency HAVING sum(amount) <> 0 ORDER BY standing, currency
            """
    }

    /// The invoices of some hires of a company, oldest first in each; void ones are left out.
    package func numbers(
        of hires: [HireID], at company: CompanyID
    ) async throws -> [HireID: [InvoiceNumber]] {
        let rows = try await database.query(
            """
            SELECT hire_id, number FROM invoice
            WHERE hire_id = ANY (\(hires.map(\.rawValue))) AND company_id = \(company)
                AND state <> 'void'
            ORDER BY hire_id, id
            """
        ) { row in (hire: try row.next(HireID.self), number: try row.next(InvoiceNumber.self)) }
        var numbers: [HireID: [InvoiceNumber]] = [:]
        for row in rows { numbers[row.hire, default: []].append(row.number) }
        return numbers
    }

    private static func document(_ row: inout Row) throws -> Document {
        Document(
            invoice: try Self.invoice(&row), issuer: try Self.issuer(&row),
            recipient: try Self.recipient(&row),
            introduction: try row.next(), candidateName: try row.next(),
            jobTitle: try row.next(), startsOn: try row.next(), credited: try row.next(),
            creditNotes: try row.next([String].self).map { InvoiceNumber(stored: $0) })
    }
}
