import CLinux
import Glibc

/// What a descriptor is watched for.
package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Data or a connection to accept, and the peer's end of sending.
    package static let read = Interest(rawValue: vouch_epoll_in | vouch_epoll_rdhup)
    /// Room to send.
    package static let write = Interest(rawValue: vouch_epoll_out)
    /// Report each change once instead of as long as it lasts; the handler must go on until
    /// the call would block, or remember that it stopped earlier.
    package static let edgeTriggered = Interest(rawValue: vouch_epoll_edge)
}

/// What a descriptor is ready for.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Reading will not block: data, the end of the stream, or an error to be read.
    package static let readable = Readiness(rawValue: vouch_epoll_in)
    /// Writing will not block.
    package static let writable = Readiness(rawValue: vouch_epoll_out)
    /// The peer has finished sending.
    package static let readHangUp = Readiness(rawValue: vouch_epoll_rdhup)
    /// Both directions are closed.
    package static let hangUp = Readiness(rawValue: vouch_epoll_hup)
    /// An error waits on the descriptor; the next call reports it.
    package static let error = Readiness(rawValue: vouch_epoll_err)
}

/// Something that owns a registered descriptor and is told when it is ready.
package protocol EventHandler: AnyObject {
    /// Called on the loop's thread; must not block.
    func ready(_ readiness: Readiness)
}

/// An epoll instance: descriptors with a 64-bit tag each, and the wait for them.
struct Epoll {
    let descriptor: Int32

    init() throws(SystemError) {
        descriptor = try systemCall("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) }
    }

    func add(_ target: Int32, interest: Interest, tag: UInt64) throws(SystemError) {
        try control(EPOLL_CTL_ADD, target, interest, tag)
    }

    func modify(_ target: Int32, interest: Interest, tag: UInt64) throws(SystemError) {
        try control(EPOLL_CTL_MOD, target, interest, tag)
    }

    func remove(_ target: Int32) {
        var unused = epoll_event()
        _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, target, &unused)
    }

    /// Waits at most `milliseconds` (-1: without end) and fills `events`; returns how many.
    func wait(
        into events: UnsafeMutableBufferPointer<epoll_event>, milliseconds: Int32
    ) -> Int {
        let count = epoll_wait(
            descriptor, events.baseAddress, Int32(events.count), milliseconds)
        // The only error that a correct program meets here is EINTR: nothing is ready.
        return max(0, Int(count))
    }

    private func control(
        _ operation: Int32, _ target: Int32, _ interest: Interest, _ tag: UInt64
    ) throws(SystemError) {
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = tag
        try systemCall("epoll_ctl") { epoll_ctl(descriptor, operation, target, &event) }
    }
}
