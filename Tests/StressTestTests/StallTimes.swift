import EventLoop
import Glibc
import Synchronization

/// When a server of a test stood still.
final class StallTimes: Sendable {
    private let times = Mutex<(from: MonotonicTime, to: MonotonicTime)>((.now, .now))

    func began() { times.withLock { $0.from = .now } }
    func ended() { times.withLock { $0.to = .now } }

    var length: Duration { times.withLock { $0.to - $0.from } }
}

/// Lets other threads run while something is waited for that nobody announces.
func giveWay() { usleep(1_000) }
