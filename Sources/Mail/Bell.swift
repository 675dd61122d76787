import EventLoop

/// Wakes those who wait for it.
///
/// `@unchecked Sendable`: confined to its loop, but for `ring`.
final class Bell: @unchecked Sendable {
    private struct Sleeper {
        let continuation: CheckedContinuation<Void, Never>
        let timer: LoopTimer
    }

    private let loop: EventLoop
    /// How often it has rung.
    private(set) var count: UInt64 = 0
    private var sleepers: [UInt64: Sleeper] = [:]
    private var tickets: UInt64 = 0

    init(loop: EventLoop) { self.loop = loop }

    /// Wakes all; from any thread.
    func ring() {
        loop.execute {
            self.count += 1
            for ticket in Array(self.sleepers.keys) { self.wake(ticket) }
        }
    }

    /// Waits until it has rung more often than `heard`, the time is over or the task is cancelled.
    func wait(after heard: UInt64, atMost time: Duration) async {
        guard count == heard, !Task.isCancelled else { return }
        tickets += 1
        let ticket = tickets
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let timer = loop.schedule(after: time) { self.wake(ticket) }
                sleepers[ticket] = Sleeper(continuation: continuation, timer: timer)
            }
        } onCancel: {
            loop.execute { self.wake(ticket) }
        }
    }

    private func wake(_ ticket: UInt64) {
        guard let sleeper = sleepers.removeValue(forKey: ticket) else { return }
        sleeper.timer.cancel()
        sleeper.continuation.resume()
    }
}
