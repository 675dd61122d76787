import Domain
import Glibc

/// The clock of the real world, passed to everything that needs one.
enum WallClock {
    /// The present moment.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(
            microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
