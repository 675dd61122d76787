import Domain
import Postgres

/// The authenticator apps of accounts, and the codes that stand in for them.
///
/// Secrets come and go sealed: this room has no key.
package struct SecondFactors: Sendable {
    let database: Database

    /// A factor as it is kept.
    package struct Factor: Hashable, Sendable {
        package let sealedSecret: [UInt8]
        /// The last step that a code was taken of.
        package let lastStep: Int64
        package let confirmedAt: Instant
    }

    /// A factor whose first code was seen.
    package struct New: Hashable, Sendable {
        package let sealedSecret: [UInt8]
        package let step: Int64
        /// SHA-256 of each recovery code.
        package let codeHashes: [[UInt8]]

        package init(sealedSecret: [UInt8], step: Int64, codeHashes: [[UInt8]]) {
            self.sealedSecret = sealedSecret
            self.step = step
            self.codeHashes = codeHashes
        }
    }

    /// Whether an account has a factor.
    package func isSet(for account: AccountID) async throws -> Bool {
        try await database.readFirst(
            "SELECT EXISTS (SELECT FROM second_factor WHERE account_id = \(account))"
        ) { row in try row.next(Bool.self) } ?? false
    }

    /// Whether an account has a factor; until the transaction ends none is added and none removed,
    /// so that no session slips in beside it.
    package func isSet(for account: AccountID, in transaction: Transaction) async throws -> Bool {
        try await Self.lock(account, in: transaction)
        return try await find(account, in: transaction) != nil
    }

    package func find(_ account: AccountID) async throws -> Factor? {
        try await database.readFirst(Self.statement(for: account), Self.factor)
    }

    package func find(
        _ account: AccountID, in transaction: Transaction
    ) async throws -> Factor? {
        try await transaction.first(Self.statement(for: account), Self.factor)
    }

    /// How many recovery codes have not been used.
    package func codesLeft(of account: AccountID) async throws -> Int {
        try await database.readFirst(Self.codesLeftStatement(of: account)) { row in
            try row.next(Int.self)
        } ?? 0
    }

    // MARK: - Changes

    /// Keeps a factor, in the place of the one before, and ends all sessions but one: they were
    /// opened without it.
    ///
    /// - Parameter isReplacement: whether there is to be one already.
    /// - Throws: `conflict(.changedMeanwhile)` when that is not so.
    package func set(
        _ new: New, isReplacement: Bool, by principal: Principal, keeping session: SessionID?,
        at now: Instant, in transaction: Transaction
    ) async throws {
        let account = principal.account
        try await Self.lock(account, in: transaction)
        let removed = try await transaction.execute(
            "DELETE FROM second_factor WHERE account_id = \(account)")
        guard (removed == 1) == isReplacement else {
            throw DomainError.conflict(.changedMeanwhile)
        }
        try await transaction.execute(
            """
            INSERT INTO second_factor (account_id, sealed_secret, confirmed_at, last_step,
                tries_since)
            VALUES (\(account), \(new.sealedSecret), \(now), \(new.step), \(now))
            """)
        try await Self.add(new.codeHashes, to: account, in: transaction)
        try await Sessions.revokeAll(of: account, but: session, at: now, in: transaction)
        var detail = JSONObject()
        detail.set("replaced", isReplacement ? "yes" : "no")
        try await tell(
            .secondFactorAdded, of: account, by: Actor(principal), detail, at: now,
            in: transaction)
    }

    /// Makes all recovery codes worthless and keeps others.
    ///
    /// - Throws: `notFound(.secondFactor)`.
    package func renewCodes(
        _ codeHashes: [[UInt8]], by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let account = principal.account
        guard try await isSet(for: account, in: transaction) else {
            throw DomainError.notFound(.secondFactor)
        }
        try await transaction.execute("DELETE FROM recovery_code WHERE account_id = \(account)")
        try await Self.add(codeHashes, to: account, in: transaction)
        try await tell(
            .secondFactorCodesRenewed, of: account, by: Actor(principal), at: now,
            in: transaction)
    }

    /// Removes the factor of whoever asks for it.
    ///
    /// - Throws: `forbidden` for an admin, who needs one; `notFound(.secondFactor)`.
    package func remove(
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role != .admin else { throw DomainError.forbidden }
        try await remove(
            of: principal.account, by: Actor(principal), at: now, in: transaction)
    }

    /// Removes a factor that was lost, at the word of whoever runs the platform, and ends all
    /// sessions of the account.
    ///
    /// - Throws: `notFound(.secondFactor)`.
    package func reset(
        of account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws {
        try await remove(of: account, by: .system, at: now, in: transaction)
        try await Sessions.revokeAll(of: account, at: now, in: transaction)
    }

    private func remove(
        of account: AccountID, by actor: Actor, at now: Instant, in transaction: Transaction
    ) async throws {
        try await Self.lock(account, in: transaction)
        let removed = try await transaction.execute(
            "DELETE FROM second_factor WHERE account_id = \(account)")
        guard removed == 1 else { throw DomainError.notFound(.secondFactor) }
        try await tell(.secondFactorRemoved, of: account, by: actor, at: now, in: transaction)
    }

    // MARK: - Codes

    /// Counts a try before the code is looked at, so that tries at the same moment all count.
    ///
    /// - Throws: `tooMany(.factorTries, …)` when the window's tries are used up.
    package func begin(of account: AccountID, at now: Instant) async throws {
        let windowStart = now.adding(seconds: -FactorPolicy.windowSeconds)
        // Beyond the bound the number stands still: a flood writes the same row, not a larger one.
        let counted = try await database.executeReturning(
            """
            UPDATE second_factor AS f SET
                tries = CASE WHEN f.tries_since <= \(windowStart) THEN 1
                    ELSE least(f.tries, \(Int32(FactorPolicy.triesMax))) + 1 END,
                tries_since = CASE WHEN f.tries = 0 OR f.tries_since <= \(windowStart)
                    THEN \(now) ELSE f.tries_since END
            WHERE account_id = \(account) RETURNING tries, tries_since
            """
        ) { row in (tries: try row.next(Int.self), since: try row.next(Instant.self)) }
        guard let counted = counted.first, counted.tries > FactorPolicy.triesMax else { return }
        let end = counted.since.adding(seconds: FactorPolicy.windowSeconds)
        let seconds = (end.microseconds - now.microseconds + 999_999) / 1_000_000
        throw DomainError.tooMany(.factorTries, retryAfterSeconds: max(1, Int(seconds)))
    }

    /// Takes the code of a step; false when one of this step or a later one was taken before.
    ///
    /// - Parameter sealedSecret: the secret sealed anew, where that is due.
    package func accept(
        _ step: Int64, of account: AccountID, sealedSecret: [UInt8]?,
        in transaction: Transaction
    ) async throws -> Bool {
        try await transaction.execute(
            """
            UPDATE second_factor SET last_step = \(step), tries = 0,
                sealed_secret = coalesce(\(sealedSecret), sealed_secret)
            WHERE account_id = \(account) AND last_step < \(step)
            """) == 1
    }

    /// Uses a recovery code up; false when there is no such one, or not any more.
    package func accept(
        codeHash: [UInt8], of account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws -> Bool {
        let used = try await transaction.execute(
            """
            UPDATE recovery_code SET used_at = \(now)
            WHERE account_id = \(account) AND code_hash = \(codeHash) AND used_at IS NULL
            """)
        guard used == 1 else { return false }
        try await transaction.execute(
            "UPDATE second_factor SET tries = 0 WHERE account_id = \(account)")
        let left = try await transaction.first(Self.codesLeftStatement(of: account)) { row in
            try row.next(Int64.self)
        }
        var detail = JSONObject()
        detail.set("codes_left", left ?? 0)
        let role = try await transaction.first("SELECT role FROM account WHERE id = \(account)") {
            row in try row.next(Role.self)
        }
        try await tell(
            .secondFactorRecoveryUsed, of: account,
            by: role.map { .account(account, $0) } ?? .system,
            detail, at: now, in: transaction)
        return true
    }

    // MARK: - Parts

    /// An audit row, and a message to the account; both have the same details.
    private func tell(
        _ topic: Outbox.Topic, of account: AccountID, by actor: Actor,
        _ detail: JSONObject = JSONObject(), at now: Instant, in transaction: Transaction
    ) async throws {
        let row = try await AuditLog.append(
            topic.rawValue, by: actor, on: "account", account.rawValue, detail: detail, at: now,
            in: transaction)
        try await Outbox.add(
            topic, to: .account(account), about: "audit:\(row)", payload: detail, at: now,
            in: transaction)
    }

    private static func lock(_ account: AccountID, in transaction: Transaction) async throws {
        try await transaction.execute(
            "SELECT id FROM account WHERE id = \(account) FOR NO KEY UPDATE")
    }

    private static func add(
        _ hashes: [[UInt8]], to account: AccountID, in transaction: Transaction
    ) async throws {
        for hash in hashes {
            try await transaction.execute(
                "INSERT INTO recovery_code (account_id, code_hash) VALUES (\(account), \(hash))")
        }
    }

    private static func codesLeftStatement(of account: AccountID) -> SQL {
        """
        SELECT count(*) FROM recovery_code WHERE account_id = \(account) AND used_at IS NULL
        """
    }

    private static func statement(for account: AccountID) -> SQL {
        """
        SELECT sealed_secret, last_step, confirmed_at FROM second_factor
        WHERE account_id = \(account)
        """
    }

    private static func factor(_ row: inout Row) throws -> Factor {
        Factor(
            sealedSecret: try row.next(), lastStep: try row.next(), confirmedAt: try row.next())
    }
}
