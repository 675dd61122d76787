import CLinux
import Domain

/// The clock of the real world, passed to everything that needs one.
enum WallClock {
    /// The present moment.
    static func now() -> Instant { Instant(microseconds: vouch_realtime_microseconds()) }
}
