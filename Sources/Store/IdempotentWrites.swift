import Domain
import Postgres

/// An answer that was given to a write, kept to be given again.
package struct StoredAnswer: Hashable, Sendable {
    package let status: Int
    package let location: String?
    package let contentType: String?
    package let body: [UInt8]

    package init(status: Int, location: String? = nil, contentType: String? = nil, body: [UInt8]) {
        self.status = status
        self.location = location
        self.contentType = contentType
        self.body = body
    }
}

/// A write that carries a key, so that sending it twice makes one.
package struct KeyedRequest: Hashable, Sendable {
    package let account: AccountID
    package let key: IdempotencyKey
    /// SHA-256 over what is asked: method, path and body.
    package let hash: [UInt8]

    package init(account: AccountID, key: IdempotencyKey, hash: [UInt8]) {
        self.account = account
        self.key = key
        self.hash = hash
    }
}

extension Store {
    /// How long an answer is kept.
    package static let answersKeptDays = 7

    /// Runs a write and keeps its answer in the same transaction; later, or at the same moment in
    /// another window, the same request gets the same answer and nothing is done again.
    ///
    /// A refusal that `body` throws is not kept: the request may be sent again.
    ///
    /// - Throws: `DomainError.conflict(.idempotencyKeyReused)` when the key came with another request.
    package func once(
        _ request: KeyedRequest, at now: Instant,
        _ body: (Transaction) async throws -> StoredAnswer
    ) async throws -> StoredAnswer {
        try await write { transaction in
            // A second transaction with this key waits here until the first has ended.
            let isNew = try await transaction.execute(
                """
                INSERT INTO idempotency_key (account_id, key, request_hash, created_at)
                VALUES (\(request.account), \(request.key), \(request.hash), \(now))
                ON CONFLICT (account_id, key) DO NOTHING
                """)
            guard isNew == 1 else { return try await answer(to: request, in: transaction) }
            let answer = try await body(transaction)
            try await transaction.execute(
                """
                UPDATE idempotency_key SET status = \(Int16(clamping: answer.status)),
                    location = \(answer.location), content_type = \(answer.contentType),
                    body = \(answer.body)
                WHERE account_id = \(request.account) AND key = \(request.key)
                """)
            return answer
        }
    }

    private func answer(
        to request: KeyedRequest, in transaction: Transaction
    ) async throws -> StoredAnswer {
        let found = try await transaction.first(
            """
            SELECT request_hash, status, location, content_type, body FROM idempotency_key
            WHERE account_id = \(request.account) AND key = \(request.key)
            """
        ) { row -> (hash: [UInt8], answer: StoredAnswer) in
            let hash: [UInt8] = try row.next()
            return (
                hash,
                StoredAnswer(
                    status: try row.next(), location: try row.next(),
                    contentType: try row.next(), body: try row.next())
            )
        }
        guard let found, found.hash == request.hash else {
            throw DomainError.conflict(.idempotencyKeyReused)
        }
        return found.answer
    }

    /// Forgets answers older than `answersKeptDays`; returns how many.
    @discardableResult
    package func purgeAnswers(at now: Instant) async throws -> Int {
        let oldest = now.adding(days: -Self.answersKeptDays)
        return try await database.execute(
            "DELETE FROM idempotency_key WHERE created_at < \(oldest)")
    }
}
