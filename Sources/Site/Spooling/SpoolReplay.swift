import Admission
import EventLoop
import HTTPServer
import Spool

extension Site {
    /// Applies a record of the spool when the turn of its class comes; on this site's loop.
    package func replay(_ record: SpoolRecord) async -> ReplayVerdict {
        let applier = SpoolApplier(services: services)
        guard let gate else { return await applier.apply(record) }
        do throws(Overloaded) {
            let ticket = try await gate.enter(.conversion, Cohort(0))
            let verdict = await applier.apply(record)
            if case .unreachable = verdict {
                gate.leave(ticket, hasFailed: true)
            } else {
                gate.leave(ticket, hasFailed: false)
            }
            return verdict
        } catch {
            return .unreachable(reason: "overloaded")
        }
    }
}
