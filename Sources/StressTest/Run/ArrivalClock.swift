import CLinux
import EventLoop

/// Wakes a loop at a moment, by a timer of the kernel: the loop's own timers are a millisecond
/// coarse, which would be the generator's lag.
///
/// Confined to its loop.
final class ArrivalClock: EventHandler {
    private let descriptor: Int32
    private unowned let loop: EventLoop
    private let wake: () -> Void

    init(loop: EventLoop, wake: @escaping () -> Void) throws(SystemError) {
        self.loop = loop
        self.wake = wake
        descriptor = try systemCall("timerfd_create") { vouch_timer_create() }
    }

    deinit { closeDescriptor(descriptor) }

    /// Begins to be watched by the loop, on the loop.
    func start() throws(SystemError) {
        try loop.register(descriptor, interest: [.read, .edgeTriggered], handler: self)
    }

    /// Ends the watching, on the loop.
    func stop() { loop.deregister(descriptor) }

    /// Wakes at `moment`, or at once where it is past; takes the place of an earlier wish.
    func set(_ moment: MonotonicTime) {
        // Zero would switch the timer off. No other error is possible: the timer is ours.
        _ = vouch_timer_set(descriptor, max(1, moment.nanoseconds))
    }

    func ready(_ readiness: Readiness) { wake() }
}
