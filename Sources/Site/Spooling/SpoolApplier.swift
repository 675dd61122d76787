import Domain
import Postgres
import Spool
import Store

/// Brings what was kept into the database, by the same rules as if it had come in at once.
struct SpoolApplier {
    let services: Services

    /// Applies one record in one transaction with its key.
    func apply(_ record: SpoolRecord) async -> ReplayVerdict {
        guard record.head.kind == .application,
            let application = try? SpooledApplication(payload: record.payload)
        else { return .never(reason: SpoolReason.unreadable.rawValue) }
        do {
            return .applied(note: Self.note(try await apply(application, record)))
        } catch let error as DomainError {
            return .never(reason: SpoolReason(error).rawValue)
        } catch is SpoolEntries.Overtaken {
            return .never(reason: SpoolReason.overtaken.rawValue)
        } catch let error as PostgresError {
            return Self.verdict(error)
        } catch {
            return .retry(reason: "\(type(of: error))")
        }
    }

    private func apply(
        _ application: SpooledApplication, _ record: SpoolRecord
    ) async throws -> SpoolEntries.Outcome {
        do {
            return try await write(application.submission, application, record)
        } catch DomainError.conflict(.idempotencyKeyReused) {
            // The form was sent before with other values, and nobody can be asked any more: it is
            // another application, under a key that follows from this record.
            let key = try IdempotencyKey("spool-" + String(record.head.key.rawValue, radix: 36))
            return try await write(
                application.submission.with(key), application, record)
        }
    }

    private func write(
        _ submission: Applications.Submission, _ application: SpooledApplication,
        _ record: SpoolRecord
    ) async throws -> SpoolEntries.Outcome {
        let store = services.store
        return try await store.write { transaction in
            try await store.spoolEntries.apply(
                SpoolEntries.Record(record.head, sentAt: application.submission.at), submission,
                at: services.clock(), in: transaction)
        }
    }

    /// What the receipt's page has to know: the application's own receipt, or a reason.
    static func note(_ outcome: SpoolEntries.Outcome) -> String {
        switch outcome {
        case .accepted(let receipt): receipt.text
        case .duplicate: SpoolReason.duplicate.rawValue
        case .putAway: SpoolReason.putAway.rawValue
        }
    }

    private static func verdict(_ error: PostgresError) -> ReplayVerdict {
        switch error {
        case .unavailable, .poolExhausted, .deadlineExceeded:
            .unreachable(reason: "no database")
        default:
            error.isOutage
                ? .unreachable(reason: "no database")
                : .retry(reason: "\(LoggedError(error: error))")
        }
    }
}

extension SpoolEntries.Record {
    init(_ head: SpoolHead, sentAt: Instant) {
        let raw = head.key.rawValue
        self.init(
            key: withUnsafeBytes(of: raw.bigEndian) { Array($0) },
            receipt: head.receipt, sentAt: sentAt)
    }
}

extension PostgresError {
    /// Whether the database did not do its part: it is away, too slow, or its last word was lost.
    var isOutage: Bool {
        switch self {
        case .unavailable, .poolExhausted, .deadlineExceeded, .cancelled, .commitUnknown: true
        case .server(let error):
            // It shuts down, has no connection left, or ends what takes long or waits for others
            // (57P, 53, 57014, 55P03).
            error.sqlState.code.hasPrefix("57") || error.sqlState.code.hasPrefix("53")
                || error.sqlState.isRetryable || error.sqlState == .lockNotAvailable
        case .decoding, .transactionAborted: false
        }
    }
}
