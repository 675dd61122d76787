import Domain
import HTTP
import Postgres
import Spool
import Store

/// The page behind a receipt; for what waits here it needs no database.
struct KeptReceiptHandlers {
    let visit: Visit

    /// What this instance knows of a record of its spool.
    func show(_ entry: SpoolEntry) -> Response {
        guard let receipt = entry.head.receipt else { return page(.sample, .unknown) }
        let state: KeptReceiptPage.State =
            switch entry.state {
            case .waiting: .waits(since: entry.head.spooledAt)
            case .applied(let note):
                if let application = ReceiptCode(note) {
                    .arrived(application, at: entry.since)
                } else {
                    .notTaken(SpoolReason(rawValue: note) ?? .refused)
                }
            case .setAside(let reason): .setAside(SpoolReason(rawValue: reason) ?? .refused)
            case .discarded(let reason): .notTaken(SpoolReason(rawValue: reason) ?? .putAway)
            }
        return page(receipt, state)
    }

    /// What the database knows of what this instance does not.
    func show(_ receipt: ReceiptCode) async throws -> Response {
        do {
            return page(receipt, try await known(receipt) ?? .unknown)
        } catch let error as PostgresError where error.isOutage {
            var response = page(receipt, .unknown, status: .serviceUnavailable)
            response.fields.add("Retry-After", FailureReply.busy.retryAfterSeconds ?? 5)
            return response
        }
    }

    private func known(_ receipt: ReceiptCode) async throws -> KeptReceiptPage.State? {
        switch try await visit.store.spoolEntries.find(receipt) {
        case .accepted(let application): return .arrived(application, at: nil)
        case .duplicate: return .notTaken(.duplicate)
        case .putAway: return .notTaken(.putAway)
        case nil: break
        }
        // It was committed at once, and only its answer was lost.
        guard let application = try await visit.store.receipts.find(receipt) else { return nil }
        return .arrived(receipt, at: application.submittedAt)
    }

    private func page(
        _ receipt: ReceiptCode, _ state: KeptReceiptPage.State, status: Status? = nil
    ) -> Response {
        visit.page(
            KeptReceiptPage(receipt: receipt, state: state),
            status: status ?? (state == .unknown ? .notFound : .ok), hasForm: false)
    }
}
