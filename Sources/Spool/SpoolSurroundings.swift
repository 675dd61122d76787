import Domain
import EventLoop
import Glibc

/// Time and chance, passed in so that tests decide them.
package struct SpoolSurroundings: Sendable {
    package var clock: @Sendable () -> Instant
    package var monotonic: @Sendable () -> MonotonicTime
    /// 64 bits that nobody can guess.
    package var random: @Sendable () -> UInt64

    package init(
        clock: @escaping @Sendable () -> Instant,
        monotonic: @escaping @Sendable () -> MonotonicTime,
        random: @escaping @Sendable () -> UInt64
    ) {
        self.clock = clock
        self.monotonic = monotonic
        self.random = random
    }

    /// The system's clocks and its random numbers (`getrandom`).
    package static let system = SpoolSurroundings(
        clock: {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            return Instant(
                microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000)
        },
        monotonic: { .now },
        random: { .random(in: .min ... .max) })
}
