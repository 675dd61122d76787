import Domain
import HTTP
import Spool
import Store

/// What was kept here and could not be taken: an admin tries it again or puts it away.
struct SpoolHandlers {
    let visit: Visit

    private static let rowsMax = 50

    func show() async -> Response {
        guard let spool = visit.services.spool else {
            return visit.page(SpoolPage(rows: [], waiting: 0))
        }
        let cursor = visit.query[SpoolPage.after].flatMap { UInt64($0) } ?? 0
        let found = spool.setAside(after: cursor, limit: Self.rowsMax + 1)
        var rows: [SpoolPage.Row] = []
        for entry in found.prefix(Self.rowsMax) {
            guard case .setAside(let reason) = entry.state else { continue }
            let record = try? await spool.read(entry.head.sequence)
            let application = record.flatMap { try? SpooledApplication(payload: $0.payload) }
            rows.append(
                SpoolPage.Row(
                    sequence: entry.head.sequence,
                    sentAt: application?.submission.at ?? entry.head.spooledAt,
                    reason: SpoolReason(rawValue: reason) ?? .refused,
                    sender: application.map { application in
                        SpoolPage.Sender(
                            name: application.submission.application.name,
                            email: application.submission.application.email,
                            job: application.submission.job)
                    }))
        }
        return visit.page(
            SpoolPage(
                rows: rows, waiting: spool.metrics.waiting, isFirst: cursor == 0,
                next: found.count > Self.rowsMax ? rows.last?.sequence : nil))
    }

    func decide() async throws -> Response {
        let fields = visit.fields
        guard let sequence = UInt64(fields[SpoolPage.sequence]),
            let entry = visit.services.spool?.entry(sequence: sequence),
            let spool = visit.services.spool
        else { return visit.redirect(to: AdminRoute.spool.path) }
        guard case .setAside(let reason) = entry.state else {
            // Another admin was faster.
            return visit.redirect(to: AdminRoute.spool.path)
        }
        if fields[SpoolPage.action] == SpoolPage.Action.putAway.rawValue {
            try await putAway(entry, reason, spool)
            return visit.redirect(to: AdminRoute.spool.path, notice: .spoolPutAway)
        }
        guard fields[SpoolPage.action] == SpoolPage.Action.tryAgain.rawValue else {
            return visit.redirect(to: AdminRoute.spool.path)
        }
        let principal = try visit.principal()
        try await visit.store.write { transaction in
            try await visit.store.spoolEntries.noteRetry(
                sequence: Int64(clamping: sequence), reason: reason, by: principal,
                at: visit.now, in: transaction)
        }
        _ = await spool.retry(sequence)
        return visit.redirect(to: AdminRoute.spool.path, notice: .spoolTriedAgain)
    }

    /// The database first: after a crash in between it is set aside still, and put away again.
    private func putAway(_ entry: SpoolEntry, _ reason: String, _ spool: Spool) async throws {
        let principal = try visit.principal()
        let sequence = entry.head.sequence
        let outcome = try await visit.store.write { transaction in
            try await visit.store.spoolEntries.putAway(
                SpoolEntries.Record(entry.head, sentAt: entry.head.spooledAt),
                sequence: Int64(clamping: sequence), reason: reason, by: principal,
                at: visit.now, in: transaction)
        }
        if outcome == .putAway {
            _ = await spool.discard(sequence, reason: reason)
        } else {
            await spool.settle(sequence, .applied(note: SpoolApplier.note(outcome)))
        }
    }
}
