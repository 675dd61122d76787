/// One core that the server's loop and the running queries share evenly, as a fair scheduler
/// does; the kernel's work on dropped connection attempts comes before both.
///
/// Processor sharing by virtual time: it advances by real time divided by who runs, so a piece of
/// work ends when the virtual time has come that it had at its beginning, plus its length.
struct SharedCore {
    private var virtual = 0.0
    private(set) var now = 0.0
    /// Seconds in which nobody had work.
    private(set) var idle = 0.0
    private var kernelUntil = 0.0
    private var serverEnd: Double?
    private var queries: [(end: Double, request: Int)] = []

    /// What ends next.
    enum End {
        case server
        case query(Int)
    }

    private var runners: Double { Double(queries.count + (serverEnd == nil ? 0 : 1)) }

    var isServerBusy: Bool { serverEnd != nil }

    /// Times in seconds, work in microseconds.
    mutating func startServer(_ work: Double) { serverEnd = virtual + work / 1e6 }

    mutating func startQuery(_ request: Int, _ work: Double) {
        queries.append((virtual + work / 1e6, request))
    }

    mutating func interrupt(_ work: Double) {
        kernelUntil = max(kernelUntil, now) + work / 1e6
    }

    /// When the next piece of work ends.
    var nextEnd: Double {
        var least = serverEnd ?? .infinity
        for query in queries { least = min(least, query.end) }
        if least == .infinity { return least }
        return max(now, kernelUntil) + max(0, least - virtual) * runners
    }

    mutating func advance(to time: Double) {
        let kernel = max(0, min(kernelUntil, time) - now)
        let left = max(0, time - now - kernel)
        if runners > 0 { virtual += left / runners } else { idle += left }
        now = max(now, time)
    }

    /// Takes the piece that ends now; call it at `nextEnd`.
    mutating func takeEnd() -> End {
        var least = serverEnd ?? .infinity
        var index = -1
        for position in queries.indices where queries[position].end < least {
            least = queries[position].end
            index = position
        }
        if index < 0 {
            serverEnd = nil
            return .server
        }
        return .query(queries.remove(at: index).request)
    }
}
