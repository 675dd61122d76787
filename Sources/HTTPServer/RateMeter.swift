import EventLoop
import HTTP

/// Bytes since a moment, against a least rate.
struct RateMeter {
    private var start = MonotonicTime(nanoseconds: 0)
    var bytes = 0

    mutating func restart(_ now: MonotonicTime) {
        start = now
        bytes = 0
    }

    /// After so long it begins anew: what passed quickly before excuses no standstill now.
    private static let window = Duration.seconds(15)

    /// True where fewer than `rate` bytes a second have passed, once `grace` is over.
    mutating func isBelow(_ rate: Int, grace: Duration, now: MonotonicTime) -> Bool {
        let counted = now - start - grace
        guard counted > .zero else { return false }
        // In milliseconds, so that the product stays in range for any time and rate.
        if bytes < Int(counted.wholeNanoseconds / 1_000_000) * rate / 1_000 { return true }
        if counted > Self.window { restart(now) }
        return false
    }
}

extension Connection {
    /// Cuts the connection where its time is up or its peer is too slow.
    func checkTime(_ now: MonotonicTime) {
        let settings = worker.settings
        if let deadline, now >= deadline { return timeIsUp() }
        if !queue.isEmpty,
            departure.isBelow(settings.sendRateMin, grace: settings.rateGrace, now: now)
        {
            return close()
        }
        if phase == .body,
            arrival.isBelow(settings.bodyRateMin, grace: settings.rateGrace, now: now)
        {
            timeIsUp()
        }
    }

    private func timeIsUp() {
        switch phase {
        case .idle: closeIfIdle()
        case .body where incoming?.work == nil:
            // Answered already: a second answer would be taken for that of the next request.
            request?.keepsAlive = false
            lingersAfterAnswer = true
            finishAnswer()
            advance()
        case .head, .body:
            // RFC 9110 15.5.9; to a peer that sent nothing there is nothing to say.
            refuse(.requestTimeout, "the request arrived too slowly", head: incoming?.head)
            advance()
        default: close()
        }
    }
}
