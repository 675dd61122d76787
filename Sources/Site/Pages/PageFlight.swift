import EventLoop

/// The making of one page, or the finding of one value, and who waits for it: so that it is done
/// once, however many ask.
///
/// `@unchecked Sendable`: confined to its loop.
final class PageFlight<Value: Sendable>: @unchecked Sendable {
    let begin: MonotonicTime
    /// How many changes were known when it began.
    let changeCount: Int
    private var waiting: [Waiter] = []
    private var landed: Value?

    private final class Waiter {
        var continuation: CheckedContinuation<Value?, Never>?
        var timer: LoopTimer?

        init(_ continuation: CheckedContinuation<Value?, Never>) {
            self.continuation = continuation
        }

        func resume(_ value: Value?) {
            timer?.cancel()
            timer = nil
            continuation?.resume(returning: value)
            continuation = nil
        }
    }

    init(begin: MonotonicTime, changeCount: Int) {
        self.begin = begin
        self.changeCount = changeCount
    }

    /// What was made; nil when that took too long.
    func wait(on loop: EventLoop, atMost patience: Duration?) async -> Value? {
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

    func land(_ value: Value) {
        landed = value
        for waiter in waiting { waiter.resume(value) }
        waiting = []
    }
}
