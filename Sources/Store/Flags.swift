import Domain
import Postgres

/// What an admin should look at before money moves (rule 10); nothing that is flagged is paid out
/// before somebody has resolved it.
package struct Flags: Sendable {
    let database: Database

    /// A flag that waits.
    package enum Flag: Hashable, Sendable {
        /// On an introduction and what it earned.
        case introduction(IntroductionID, SelfDealing, foundAt: Instant)
        /// On an affiliate, who is paid to the account of another.
        case affiliate(AffiliateFlagID, AffiliateID, other: AffiliateID, foundAt: Instant)
    }

    /// What waits, oldest first; the first hundred of each kind.
    package func open() async throws -> [Flag] {
        let introductions = try await database.query(
            """
            SELECT introduction_id, flag, found_at FROM self_dealing WHERE resolved_at IS NULL
            ORDER BY found_at, introduction_id LIMIT 100
            """
        ) { row in
            Flag.introduction(
                try row.next(), try row.next(), foundAt: try row.next())
        }
        let affiliates = try await database.query(
            """
            SELECT id, affiliate_id, other_id, found_at FROM affiliate_flag
            WHERE resolved_at IS NULL ORDER BY id LIMIT 100
            """
        ) { row in
            Flag.affiliate(
                try row.next(), try row.next(), other: try row.next(), foundAt: try row.next())
        }
        return affiliates + introductions
    }

    /// Resolves a flag of an introduction; one that is resolved stays as it is.
    ///
    /// - Throws: `forbidden`, `notFound(.flag)`, `invalid` without a note.
    package func resolve(
        _ flag: SelfDealing, of introduction: IntroductionID, note: Note,
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        try Self.check(principal, note)
        let changed = try await transaction.execute(
            """
            UPDATE self_dealing SET resolved_at = \(now), resolved_by = \(principal.account),
                note = \(note)
            WHERE introduction_id = \(introduction) AND flag = \(flag) AND resolved_at IS NULL
            """)
        guard changed == 0 else {
            var detail = JSONObject()
            detail.set("flag", flag.rawValue)
            detail.set("note", note.text)
            detail.set("from", "open")
            detail.set("to", "resolved")
            try await AuditLog.append(
                "flag.resolved", by: Actor(principal), on: "introduction", introduction.rawValue,
                detail: detail, at: now, in: transaction)
            return
        }
        let exists: SQL = """
            SELECT EXISTS (SELECT FROM self_dealing
                WHERE introduction_id = \(introduction) AND flag = \(flag))
            """
        guard try await transaction.first(exists, { row in try row.next(Bool.self) }) == true
        else { throw DomainError.notFound(.flag) }
    }

    /// Resolves a flag of an affiliate; one that is resolved stays as it is.
    ///
    /// - Throws: `forbidden`, `notFound(.flag)`, `invalid` without a note.
    package func resolve(
        _ id: AffiliateFlagID, note: Note, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        try Self.check(principal, note)
        let affiliate = try await transaction.first(
            """
            UPDATE affiliate_flag SET resolved_at = \(now), resolved_by = \(principal.account),
                note = \(note)
            WHERE id = \(id) AND resolved_at IS NULL RETURNING affiliate_id
            """
        ) { row in try row.next(AffiliateID.self) }
        guard let affiliate else {
            let exists: SQL = "SELECT EXISTS (SELECT FROM affiliate_flag WHERE id = \(id))"
            guard try await transaction.first(exists, { row in try row.next(Bool.self) }) == true
            else { throw DomainError.notFound(.flag) }
            return
        }
        var detail = JSONObject()
        detail.set("flag", SelfDealing.sharedPayoutAccount.rawValue)
        detail.set("note", note.text)
        detail.set("from", "open")
        detail.set("to", "resolved")
        try await AuditLog.append(
            "flag.resolved", by: Actor(principal), on: "affiliate", affiliate.rawValue,
            detail: detail, at: now, in: transaction)
    }

    private static func check(_ principal: Principal, _ note: Note) throws(DomainError) {
        guard principal.role == .admin else { throw .forbidden }
        guard !note.text.isEmpty else { throw .invalid([ValidationError(.note, .missing)]) }
    }
}
