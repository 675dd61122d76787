import Domain
import HTTP
import Postgres
import Spool
import Store

/// What became of a write that may be kept.
enum Kept<Value: Sendable>: Sendable {
    case written(Value)
    /// It waits here; the code of the page that says what becomes of it.
    case waits(ReceiptCode)
}

extension Visit {
    /// Writes, or where the database is away, too slow or silent about the end, keeps what would
    /// have been written.
    ///
    /// Behind something that waits already, because it would overtake that.
    ///
    /// - Throws: what `write` throws, and `SpoolRefusal` where nothing more can be kept.
    func keeping<Value: Sendable>(
        _ application: SpooledApplication,
        write: () async throws -> Value
    ) async throws -> Kept<Value> {
        guard let spool = services.spool else { return .written(try await write()) }
        let isBehind = spool.isWaiting(application.entity)
        if !isTurnedAway, !isBehind {
            do {
                return .written(try await write())
            } catch let error as PostgresError where error.isOutage {
                // The same key: where it was committed after all, the replay finds it.
            }
        }
        let acceptance = try await spool.append(application.draft)
        return .waits(acceptance.receipt ?? application.submission.receipt)
    }
}

extension Route {
    /// Whether what is sent to it may wait for the database.
    var mayWait: Bool {
        switch self {
        case .open(.apply), .api(.apply): true
        default: false
        }
    }
}
