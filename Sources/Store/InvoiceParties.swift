import Domain
import Postgres

// Who stands on invoices, and what tax.

extension Invoices {
    /// What is fixed about an invoice on the day of its issue, besides the amount.
    struct Terms: Sendable {
        /// A row of `invoice_issuer`.
        let issuer: Int64?
        let recipient: InvoiceRecipient
        let vat: InvoiceVAT
    }

    // MARK: The issuer

    /// Says who issues from now on; saying the same again changes nothing.
    ///
    /// What was issued before names whom it named. Without a word the last one said goes on.
    package func announce(
        _ issuer: InvoiceIssuer, at now: Instant, in transaction: Transaction
    ) async throws {
        let newest = try await Self.issuer(in: transaction)
        guard newest?.issuer != issuer else { return }
        try await transaction.execute(
            """
            INSERT INTO invoice_issuer (name, address, country, tax_id, iban, vat_rate,
                announced_at)
            VALUES (\(issuer.name), \(issuer.address), \(issuer.country), \(issuer.taxID),
                \(issuer.iban), \(issuer.vatRate.map { Int32($0.basisPoints) }), \(now))
            """)
    }

    private static func issuer(
        in transaction: Transaction
    ) async throws -> (id: Int64, issuer: InvoiceIssuer)? {
        try await transaction.first(
            """
            SELECT id, name, address, country, tax_id, iban, vat_rate FROM invoice_issuer
            ORDER BY id DESC LIMIT 1
            """
        ) { row in
            (
                id: try row.next(),
                issuer: InvoiceIssuer(
                    name: try row.next(), address: try row.next(), country: try row.next(),
                    taxID: try row.next(), iban: try row.next(), vatRate: try rate(&row))
            )
        }
    }

    // MARK: Terms

    /// Of a new invoice for a company.
    static func terms(
        of company: CompanyID, on net: Money, in transaction: Transaction
    ) async throws -> Terms {
        let issuer = try await issuer(in: transaction)
        let recipient = try await transaction.first(
            """
            SELECT billing_name, billing_address, billing_country, tax_id, name, country, city
            FROM company WHERE id = \(company)
            """
        ) { row in
            BillingDetails(
                name: try row.next(), address: try row.next(), country: try row.next(),
                taxID: try row.next()
            ).recipient(named: try row.next(), in: try row.next(), try row.next())
        }
        guard let recipient else { throw DomainError.notFound(.company) }
        return Terms(
            issuer: issuer?.id, recipient: recipient,
            vat: InvoiceVAT(on: net, issuer: issuer?.issuer, recipient: recipient))
    }

    /// Of a credit note: as the invoice says that it takes back, which the caller has locked.
    static func terms(
        crediting id: InvoiceID, _ amount: Money, in transaction: Transaction
    ) async throws -> Terms {
        let credited = try await frozen(id, in: transaction)
        let earlier = try await transaction.first(
            """
            SELECT coalesce(-sum(amount), 0)::bigint, coalesce(-sum(vat_amount), 0)::bigint
            FROM invoice WHERE credits = \(id) AND state <> 'void'
            """
        ) { row in
            (
                net: Money(minorUnits: try row.next(), currency: amount.currency),
                tax: Money(minorUnits: try row.next(), currency: amount.currency)
            )
        }
        let none = Money.zero(amount.currency)
        return Terms(
            issuer: credited.issuer, recipient: credited.recipient,
            vat: try credited.vat.credit(
                of: try amount.negated(), after: earlier ?? (net: none, tax: none)))
    }

    /// Of an invoice that charges again what a credit note had given back.
    static func terms(
        undoing note: InvoiceID, in transaction: Transaction
    ) async throws -> Terms {
        let given = try await frozen(note, in: transaction)
        return Terms(
            issuer: given.issuer, recipient: given.recipient,
            vat: InvoiceVAT(
                treatment: given.vat.treatment, rate: given.vat.rate,
                amount: try given.vat.amount.negated()))
    }

    private static func frozen(
        _ id: InvoiceID, in transaction: Transaction
    ) async throws -> Terms {
        let found = try await transaction.first(
            """
            SELECT v.issuer_id, \(fragment: recipientColumns), v.currency, v.vat_treatment,
                v.vat_rate, v.vat_amount
            FROM invoice v JOIN company c ON c.id = v.company_id WHERE v.id = \(id)
            """
        ) { row in
            let issuer: Int64? = try row.next()
            let recipient = try recipient(&row)
            let currency: Currency = try row.next()
            return Terms(issuer: issuer, recipient: recipient, vat: try vat(&row, currency))
        }
        guard let found else { throw DomainError.notFound(.invoice) }
        return found
    }

    // MARK: Columns

    /// An older program may have issued it without them.
    static let recipientColumns: SQL = """
        coalesce(v.recipient_name, c.name), coalesce(v.recipient_address, c.city),
        coalesce(v.recipient_country, c.country), v.recipient_tax_id
        """

    static func recipient(_ row: inout Row) throws -> InvoiceRecipient {
        InvoiceRecipient(
            name: try row.next(), address: try row.next(), country: try row.next(),
            taxID: try row.next())
    }

    static let issuerColumns: SQL = """
        u.name, u.address, u.country, u.tax_id, u.iban, u.vat_rate
        """

    /// Nil where an outer join found none.
    static func issuer(_ row: inout Row) throws -> InvoiceIssuer? {
        let name: CompanyName? = try row.next()
        let address: BillingAddress? = try row.next()
        let country: CountryCode? = try row.next()
        let taxID: TaxID? = try row.next()
        let iban: IBAN? = try row.next()
        let rate = try rate(&row)
        guard let name, let address, let country, let taxID else { return nil }
        return InvoiceIssuer(
            name: name, address: address, country: country, taxID: taxID, iban: iban,
            vatRate: rate)
    }

    /// `vat_treatment, vat_rate, vat_amount`.
    static func vat(_ row: inout Row, _ currency: Currency) throws -> InvoiceVAT {
        InvoiceVAT(
            treatment: try row.next(), rate: try rate(&row),
            amount: Money(minorUnits: try row.next(), currency: currency))
    }

    private static func rate(_ row: inout Row) throws -> VATRate? {
        try row.next(Int32?.self).flatMap { VATRate(basisPoints: Int($0)) }
    }
}
