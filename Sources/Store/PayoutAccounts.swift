import Domain
import Postgres

/// Where affiliates are paid.
package struct PayoutAccounts: Sendable {
    let database: Database

    /// What an affiliate gave, and when.
    package struct Account: Hashable, Sendable {
        package let details: PayoutDetails
        /// Counts the changes from 1.
        package let version: Int
        package let updatedAt: Instant
    }

    /// Where an affiliate is paid; nil before the first time.
    package func find(_ affiliate: AffiliateID) async throws -> Account? {
        try await database.queryFirst(Self.statement(for: affiliate), Self.account)
    }

    /// Keeps where an affiliate is paid; the same details again change nothing.
    ///
    /// The log has what was before and what is now, the address that the account has at this moment
    /// gets a message, and an account that another affiliate is paid to raises a flag on both (rule 10).
    ///
    /// - Throws: `forbidden` for anybody but the affiliate, `conflict(.addressNotConfirmed)`.
    package func set(
        _ details: PayoutDetails, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws -> Account {
        guard let affiliate = principal.affiliate else { throw DomainError.forbidden }
        try await AccountLock.demandConfirmed(principal.account, in: transaction)
        // Two affiliates who give one number at the same moment must see each other.
        try await transaction.execute("LOCK TABLE payout_account IN SHARE ROW EXCLUSIVE MODE")
        let old = try await transaction.first(Self.statement(for: affiliate), Self.account)
        if let old, old.details == details { return old }
        try await transaction.execute(
            """
            INSERT INTO payout_account AS p (affiliate_id, holder, iban, country, tax_id, version,
                updated_at, updated_by)
            VALUES (\(affiliate), \(details.holder), \(details.iban), \(details.country),
                \(details.taxID), 1, \(now), \(principal.account))
            ON CONFLICT (affiliate_id) DO UPDATE SET holder = excluded.holder,
                iban = excluded.iban, country = excluded.country, tax_id = excluded.tax_id,
                version = p.version + 1, updated_at = excluded.updated_at,
                updated_by = excluded.updated_by
            """)
        let new = Account(
            details: details, version: (old?.version ?? 0) + 1, updatedAt: now)
        try await flag(affiliate, details.iban, at: now, in: transaction)
        try await tell(new, before: old, affiliate, by: principal, at: now, in: transaction)
        return new
    }

    private func flag(
        _ affiliate: AffiliateID, _ iban: IBAN, at now: Instant, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO affiliate_flag (affiliate_id, other_id, flag, found_at)
            SELECT pair.one, pair.other, \(SelfDealing.sharedPayoutAccount), \(now)
            FROM payout_account p
            CROSS JOIN LATERAL (VALUES (p.affiliate_id, \(affiliate)),
                (\(affiliate), p.affiliate_id)) AS pair (one, other)
            WHERE p.iban = \(iban) AND p.affiliate_id <> \(affiliate)
            ON CONFLICT (affiliate_id, other_id, flag) WHERE resolved_at IS NULL DO NOTHING
            """)
    }

    private func tell(
        _ new: Account, before old: Account?, _ affiliate: AffiliateID, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws {
        var detail = JSONObject()
        detail.set("holder_before", old?.details.holder.text)
        detail.set("iban_before", old?.details.iban.text)
        detail.set("country_before", old?.details.country.text)
        detail.set("tax_id_before", old?.details.taxID.text)
        detail.set("holder", new.details.holder.text)
        detail.set("iban", new.details.iban.text)
        detail.set("country", new.details.country.text)
        detail.set("tax_id", new.details.taxID.text)
        try await AuditLog.append(
            "payout_account.changed", by: Actor(principal), on: "affiliate", affiliate.rawValue,
            detail: detail, at: now, in: transaction)
        // The address of now: whoever changes it next does not get the message instead.
        let address = try await transaction.first(
            "SELECT email FROM account WHERE id = \(principal.account)"
        ) { row in try row.next(EmailAddress.self) }
        var payload = JSONObject()
        payload.set("address", address?.text)
        payload.set("iban_before", old?.details.iban.masked)
        payload.set("iban", new.details.iban.masked)
        try await Outbox.add(
            .payoutAccountChanged, to: .affiliate(affiliate),
            about: "affiliate:\(affiliate):\(new.version)", payload: payload, at: now,
            in: transaction)
    }

    private static func statement(for affiliate: AffiliateID) -> SQL {
        """
        SELECT holder, iban, country, tax_id, version, updated_at
        FROM payout_account WHERE affiliate_id = \(affiliate)
        """
    }

    private static func account(_ row: inout Row) throws -> Account {
        Account(
            details: try row.payoutDetails(), version: try row.next(), updatedAt: try row.next())
    }
}

extension Row {
    /// `holder, iban, country, tax_id`.
    mutating func payoutDetails() throws(PostgresError) -> PayoutDetails {
        PayoutDetails(
            holder: try next(), iban: try next(), country: try next(), taxID: try next())
    }
}
