import Domain
import Postgres

// What candidates may ask of whoever keeps their data (GDPR Art. 15, 17 and 20): to see all of it, to
// take it along, and to have it erased. The secret of their page is the key.

extension Receipts {
    /// Everything that is kept of the person of one application.
    package struct Export: Hashable, Sendable {
        package let receipt: Receipt
        package let language: Language
        /// What the candidate wrote.
        package let message: CoverMessage
        /// What whoever recommended them says of them; empty for an application.
        package let recommendation: CoverMessage
        package let cv: CV?
        /// Oldest first.
        package let mails: [Mail]
    }

    /// A file that was sent.
    package struct CV: Hashable, Sendable {
        package let name: FileName
        package let bytes: [UInt8]
    }

    /// A mail to the candidate.
    package struct Mail: Hashable, Sendable {
        /// As in `application.received`.
        package let topic: String
        package let writtenAt: Instant
        package let deliveredAt: Instant?
    }

    private static let mailsMax = 100

    /// - Throws: `notFound(.introduction)`, also for what was not confirmed, and
    ///   `gone(.introduction)` for what was erased.
    package func export(_ code: ReceiptCode) async throws -> Export {
        guard let receipt = try await find(code) else {
            throw DomainError.notFound(.introduction)
        }
        guard !receipt.isErased else { throw DomainError.gone(.introduction) }
        let id = receipt.introduction
        let words = try await database.readFirst(
            """
            SELECT p.language, i.message, i.recommendation
            FROM introduction i JOIN candidate p ON p.id = i.candidate_id
            WHERE i.id = \(id) AND i.confirmed_at IS NOT NULL
            """
        ) { row in
            (
                language: try row.next(Language.self), message: try row.next(CoverMessage.self),
                recommendation: try row.next(CoverMessage.self)
            )
        }
        guard let words else { throw DomainError.notFound(.introduction) }
        let cv = try await database.queryFirst(
            "SELECT file_name, bytes FROM cv WHERE introduction_id = \(id)"
        ) { row in CV(name: try row.next(), bytes: try row.next()) }
        let mails = try await database.query(
            """
            SELECT topic, created_at, delivered_at FROM outbox WHERE introduction_id = \(id)
            ORDER BY id LIMIT \(Self.mailsMax)
            """
        ) { row in
            Mail(
                topic: try row.next(), writtenAt: try row.next(), deliveredAt: try row.next())
        }
        return Export(
            receipt: receipt, language: words.language, message: words.message,
            recommendation: words.recommendation, cv: cv, mails: mails)
    }

    /// Erases the candidate: what tells who they are goes, an application that still ran is
    /// withdrawn, and what was promised and paid stays. Erasing twice is erasing once.
    ///
    /// For the 180 days in which somebody owns the candidate (rule 1), a keyed hash of the address
    /// finds them again. Notes about them at stages and with the report of a hire go; those beside
    /// decisions about money stay, for as long as the books have to be explained (Art. 17 (3) (b), (e)).
    ///
    /// - Throws: `notFound(.introduction)`, also for what was not confirmed: that has a link of its
    ///   own.
    package func erase(
        _ code: ReceiptCode, at now: Instant, in transaction: Transaction
    ) async throws {
        let locked = try await Stages.lock("i.receipt = \(code)", in: transaction)
        guard let found = locked, let confirmedAt = found.confirmedAt else {
            throw DomainError.notFound(.introduction)
        }
        let known = try await transaction.first(
            """
            SELECT i.email_folded, p.erased_at IS NOT NULL
            FROM introduction i JOIN candidate p ON p.id = i.candidate_id WHERE i.id = \(found.id)
            """
        ) { row in (email: try row.next(String.self), isErased: try row.next(Bool.self)) }
        guard let known, !known.isErased else { return }
        // A hire that waits for its recording stays: it is about money.
        let isRunning = found.stage.next(for: .candidate).contains(.withdrawn)
        if isRunning, found.hire != .reported {
            try await Self.withdraw(found, at: now, in: transaction)
        }
        let isOwned = Attribution.owns(confirmedAt: confirmedAt, at: now)
        try await Erasure.erase(
            found.id, standIn: isOwned ? pseudonyms.newest(known.email) : nil, at: now,
            in: transaction)
        var detail = JSONObject()
        detail.set("from", "kept")
        detail.set("to", "erased")
        // Where it was asked from would tell of the person again.
        try await AuditLog.$address.withValue(nil) {
            try await AuditLog.append(
                "candidate.erased", by: .candidate, on: "introduction", found.id.rawValue,
                detail: detail, at: now, in: transaction)
        }
    }

    /// Forgets the hashes of those who were erased, once their 180 days are over; returns how many.
    @discardableResult
    package func forgetErased(at now: Instant) async throws -> Int {
        try await Erasure.forgetHashes(at: now, in: database)
    }
}
