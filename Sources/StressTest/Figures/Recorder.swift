/// All that one thread of the generator counts; merged when the run is over.
package struct Recorder: Sendable {
    private let phases: Phases
    private let warmUp: Duration
    /// By phase, then by class.
    package private(set) var tallies: [[Tally]]
    /// By class.
    package private(set) var timelines: [Timeline]
    /// From when a request was meant to be sent to when the generator began to send it: how late the
    /// generator itself is.
    package var lag = LatencyHistogram()
    /// What became of the connections.
    package var connections = ConnectionCounts()
    /// Requests that were not sent because the generator came to them after the visitors' patience;
    /// the other unsent ones lacked a descriptor or a port.
    package var overslept = 0
    /// How long the run was, where it was cut short.
    package var length = Duration.zero
    /// Requests under way, and visitors in a pause, when the run was cut short.
    package var unfinished = 0

    /// Counts of connections, which belong to no class or phase.
    package struct ConnectionCounts: Sendable {
        package var opened = 0
        /// The most that were open at once, over all threads.
        package var openMax = 0
        /// TLS handshakes that resumed an earlier session.
        package var resumed = 0
        /// Requests that were sent again because the server had closed the kept connection.
        package var retried = 0
    }

    /// - Parameter warmUp: what is meant to be sent before is in the timeline only.
    package init(classCount: Int, phases: Phases, warmUp: Duration) {
        self.phases = phases
        self.warmUp = warmUp
        tallies = phases.list.map { _ in [Tally](repeating: Tally(), count: classCount) }
        timelines = [Timeline](repeating: Timeline(), count: classCount)
    }

    /// Counts what became of a request that was meant to be sent at `offset`.
    package mutating func count(
        _ outcome: Outcome, class index: Int, at offset: Duration, latency: Duration,
        failure: Failure? = nil, status: Int? = nil
    ) {
        timelines[index].count(outcome, latency: latency, at: offset)
        change(index, at: offset) {
            $0.count(outcome, latency: latency)
            if let failure { $0.count(failure, status: status) }
        }
    }

    /// Changes the tally that a moment belongs to; does nothing during the warm-up.
    package mutating func change(
        _ index: Int, at offset: Duration, _ change: (inout Tally) -> Void
    ) {
        if offset < warmUp { return }
        change(&tallies[phases.index(at: offset)][index])
    }

    /// Adds what another thread has counted.
    package mutating func merge(_ other: Recorder) {
        for phase in tallies.indices {
            for index in tallies[phase].indices {
                tallies[phase][index].merge(other.tallies[phase][index])
            }
        }
        for index in timelines.indices { timelines[index].merge(other.timelines[index]) }
        lag.merge(other.lag)
        connections.opened += other.connections.opened
        connections.openMax += other.connections.openMax
        connections.resumed += other.connections.resumed
        connections.retried += other.connections.retried
        unfinished += other.unfinished
        overslept += other.overslept
        length = max(length, other.length)
    }
}
