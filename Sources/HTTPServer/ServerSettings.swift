import HTTP

/// The bounds of a server; each is a setting of `vouch serve`.
package struct ServerSettings: Sendable {
    /// Bounds of a request's head: bytes, fields, target.
    package var request = RequestLimits()
    /// From a connection's first moment, or a later request's first byte, to the end of the head.
    package var headTimeMax = Duration.seconds(10)
    /// From accepting to the end of the TLS handshake.
    package var handshakeTimeMax = Duration.seconds(10)
    /// How long a kept connection may wait for its next request.
    package var idleTimeMax = Duration.seconds(75)
    /// How long after a GET or HEAD the end of a client's bytes is half a close, which gets its
    /// answer; later it is somebody who leaves, and the work for them is ended.
    package var halfCloseTimeMax = Duration.milliseconds(500)
    /// Bytes a second that a body must arrive with, once `rateGrace` has passed.
    package var bodyRateMin = 1_024
    /// Bytes a second that a reader must take, once `rateGrace` has passed.
    package var sendRateMin = 1_024
    /// How long a body or an answer may stand still before its rate counts.
    package var rateGrace = Duration.seconds(5)
    /// How long a refused sender is listened to before the connection is cut, so that the refusal
    /// is not lost to a reset (RFC 9112 9.6).
    package var lingerTimeMax = Duration.seconds(2)
    /// Connections in all; beyond it idle ones are closed, and then new ones wait in the kernel.
    package var connectionsMax = 20_000
    /// Connections of one address (IPv6: of one /64); 0 for no bound, as behind a proxy.
    package var connectionsPerAddressMax = 512
    /// Requests answered on one connection before it is closed.
    package var requestsPerConnectionMax = 100_000
    /// Bytes of bodies that all requests together may hold in memory while they arrive.
    package var bodyBytesHeldMax = 128 << 20
    /// The kernel's queue of connections that are not accepted yet. A long one makes all of a crowd
    /// late; half-open connections do not count where the kernel may send SYN cookies (tcp(7)).
    package var backlog = 128
    /// How connections reach the loops.
    package var intake = IntakeKind.listenerPerLoop

    package init() {}
}

/// The ways in which connections reach the loops.
package enum IntakeKind: String, Sendable, CaseIterable {
    /// Each loop accepts on a listening socket of its own (`SO_REUSEPORT`): the kernel spreads
    /// the connections, and none changes threads.
    case listenerPerLoop = "listener-per-loop"
    /// One thread accepts for all and hands each connection to the loop with the fewest.
    case door
}
