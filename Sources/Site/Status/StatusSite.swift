import HTTP
import HTTPServer
import Metrics

/// What the status listener serves: the probes, the metrics, the status page and its style sheet,
/// and nothing that needs the database (plane A).
///
/// `@unchecked Sendable`: confined to its loop.
package final class StatusSite: RequestHandler, @unchecked Sendable {
    private let board: StatusBoard
    private let assets: StaticFiles?
    private let metrics: @Sendable () -> [UInt8]

    /// - Parameter metrics: writes them down; called for each reader, on the loop of the listener.
    package init(
        _ board: StatusBoard, assets: StaticFiles?, metrics: @escaping @Sendable () -> [UInt8]
    ) {
        self.board = board
        self.assets = assets
        self.metrics = metrics
    }

    package func plan(_ head: RequestHead, peer: PeerAddress, isSecure: Bool) -> RequestPlan {
        guard head.method == .get || head.method == .head else {
            var response = refusal(.methodNotAllowed, reason: "", head: head, isSecure: isSecure)
            response.fields.add(.allow, "GET, HEAD")
            return .respond(response)
        }
        switch head.path {
        case "/healthz": return .respond(board.response(to: .healthz, head))
        case "/readyz": return .respond(board.response(to: .readyz, head))
        case "/status", "/": return .respond(board.response(to: .status, head))
        case "/metrics":
            var response = Response(.ok, contentType: MetricsText.mediaType, metrics())
            response.fields.append(SecurityFields.of(.api, isSecure: isSecure))
            response.fields.add(.cacheControl, "no-store")
            return .respond(response)
        case let path where path.hasPrefix("/assets/"):
            let name = String(path.dropFirst("/assets/".count))
            if let file = assets?.response(to: head, name: name) { return .respond(file) }
            return .respond(refusal(.notFound, reason: "", head: head, isSecure: isSecure))
        default: return .respond(refusal(.notFound, reason: "", head: head, isSecure: isSecure))
        }
    }

    package func refusal(
        _ status: Status, reason: StaticString, head: RequestHead?, isSecure: Bool
    ) -> Response {
        var response = Response.text(status.reasonPhrase + "\n", status: status)
        response.fields.append(SecurityFields.of(.api, isSecure: isSecure))
        return response
    }
}
