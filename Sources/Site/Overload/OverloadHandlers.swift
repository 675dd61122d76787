import Admission
import Domain
import EventLoop
import HTTP
import Logging
import Postgres
import Store

/// The overload control as admins see it and switch it, on the server that answers.
struct OverloadHandlers {
    let visit: Visit

    var view: OverloadView { view(in: visit.services.overload?.control.mode ?? .off) }

    func view(in mode: AdmissionMode) -> OverloadView {
        guard let overload = visit.services.overload else {
            return OverloadView(
                mode: .off, load: .calm, inFlight: 0, level: .none, at: visit.now, parts: [])
        }
        let now = MonotonicTime.now.nanoseconds
        let parts = overload.control.summaries.map { summary in
            let age = now - min(now, summary.time.nanoseconds)
            return OverloadView.Part(
                at: visit.now.adding(seconds: -Int(age / 1_000_000_000)), summary: summary)
        }
        return OverloadView(
            mode: mode, load: overload.load, inFlight: overload.control.inFlight,
            level: overload.level, at: visit.now, parts: parts)
    }

    func change() async throws -> Response {
        let mode: AdmissionMode
        do {
            mode = try Self.mode(in: visit.fields)
        } catch {
            return visit.page(
                OverloadPage(view, input: visit.fields.typed(failure: error)), after: error)
        }
        try await visit.store.write { transaction in try await note(mode, in: transaction) }
        act(mode)
        return visit.redirect(to: AdminRoute.overload.path, notice: .overloadModeSet)
    }

    /// What is to be switched to.
    static func mode(in fields: Fields) throws(DomainError) -> AdmissionMode {
        guard let mode = AdmissionMode(name: fields[.mode]) else {
            throw .invalid([ValidationError(.mode, .unsupported)])
        }
        return mode
    }

    /// Says in the log what is about to be switched, unless it is so already.
    func note(_ mode: AdmissionMode, in transaction: Transaction) async throws {
        let old = view.mode
        guard old != mode else { return }
        try await visit.store.audit.noteOverloadMode(
            from: old.name, to: mode.name, by: try visit.principal(), at: visit.now,
            in: transaction)
    }

    func act(_ mode: AdmissionMode) {
        visit.services.overload?.control.mode = mode
        visit.services.logger.notice(
            "overload control switched", metadata: ["mode": "\(mode.name)"])
    }
}

/// What there is to see of the overload control of one server.
package struct OverloadView: Sendable {
    let mode: AdmissionMode
    let load: StatusFacts.Load
    let inFlight: Int
    let level: BrownoutLevel
    let at: Instant
    /// The last hour, oldest first.
    let parts: [Part]

    /// Ten seconds.
    package struct Part: Sendable {
        /// Their end.
        let at: Instant
        let summary: AdmissionSummary

        package init(at: Instant, summary: AdmissionSummary) {
            self.at = at
            self.summary = summary
        }
    }

    package init(
        mode: AdmissionMode, load: StatusFacts.Load, inFlight: Int, level: BrownoutLevel,
        at: Instant, parts: [Part]
    ) {
        self.at = at
        self.mode = mode
        self.load = load
        self.inFlight = inFlight
        self.level = level
        self.parts = parts
    }
}

extension AdmissionMode {
    /// As settings, forms and programs say it.
    package var name: String {
        switch self {
        case .off: "off"
        case .observe: "observe"
        case .on: "on"
        }
    }

    package init?(name: String) {
        guard let mode = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = mode
    }
}
