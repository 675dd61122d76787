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

    /// True where fewer than `rate` bytes a second have passed, once `grace` is over.
    func isBelow(_ rate: Int, grace: Duration, now: MonotonicTime) -> Bool {
        let counted = (now - start - grace).wholeNanoseconds
        guard counted > 0 else { return false }
        // In milliseconds, so that the product stays in range for any time and rate.
        return bytes < Int(counted / 1_000_000) * rate / 1_000
    }
}

extension Connection {
    /// Cuts the connection where its time is up or its peer is too slow.
    func checkTime(_ now: MonotonicTime) {
        let settings = worker.settings
        if let deadline, now >= deadline { return timeIsUp() }
        switch phase {
        case .body:
            if progress.isBelow(settings.bodyRateMin, grace: settings.rateGrace, now: now) {
                timeIsUp()
            }
        case .writing, .working:
            if !queue.isEmpty,
                progress.isBelow(settings.sendRateMin, grace: settings.rateGrace, now: now)
            {
                close()
            }
        case .handshake, .idle, .head, .lingering, .closed: break
        }
    }

    private func timeIsUp() {
        switch phase {
        case .head, .body:
            // RFC 9110 15.5.9; to a peer that sent nothing there is nothing to say.
            refuse(.requestTimeout, "the request arrived too slowly", head: incoming?.head)
            flush()
        default: close()
        }
    }
}
