import EventLoop
import HTTP

/// The making of one page, and who waits for it: so that a page is made once, however many ask.
///
/// `@unchecked Sendable`: confined to its loop.
final class PageFlight: @unchecked Sendable {
    let begin: MonotonicTime
    /// How many changes were known when it began.
    let changeCount: Int
    private var waiting: [Waiter] = []
    private var landed: Response?

    private final class Waiter {
        var continuation: CheckedContinuation<Response?, Never>?
        var timer: LoopTimer?

        init(_ continuation: CheckedContinuation<Response?, Never>) {
            self.continuation = continuation
        }

        func resume(_ response: Response?) {
            timer?.cancel()
            timer = nil
            continuation?.resume(returning: response)
            continuation = nil
        }
    }

    init(begin: MonotonicTime, changeCount: Int) {
        self.begin = begin
        self.changeCount = changeCount
    }

    /// What was made; nil when that took too long.
    func wait(on loop: EventLoop, atMost patience: Duration?) async -> Response? {
        if let landed { return landed }
        if let patience, patience <= .zero { return nil }
        return await withCheckedContinuation { continuation in
            let waiter = Waiter(continuation)
            waiting.append(waiter)
            if let patience {
                waiter.timer = loop.schedule(after: patience) { waiter.resume(nil) }
            }
        }
    }

    func land(_ response: Response) {
        landed = response
        for waiter in waiting { waiter.resume(response) }
        waiting = []
    }
}
