import Domain
import Postgres

// What a company wants to stand on its invoices; only itself and admins see it.

extension Companies {
    /// - Throws: `notFound(.company)`.
    package func billing(of id: CompanyID) async throws -> BillingDetails {
        let found = try await database.readFirst(
            """
            SELECT billing_name, billing_address, billing_country, tax_id
            FROM company WHERE id = \(id)
            """
        ) { row in
            BillingDetails(
                name: try row.next(), address: try row.next(), country: try row.next(),
                taxID: try row.next())
        }
        guard let found else { throw DomainError.notFound(.company) }
        return found
    }

    /// Changes what stands on invoices from now on; what was issued stays as it is.
    package func setBilling(
        _ details: BillingDetails, of id: CompanyID, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let count = try await transaction.execute(
            """
            UPDATE company SET billing_name = \(details.name),
                billing_address = \(details.address), billing_country = \(details.country),
                tax_id = \(details.taxID), updated_at = \(now)
            WHERE id = \(id)
            """)
        guard count == 1 else { throw DomainError.notFound(.company) }
    }
}
