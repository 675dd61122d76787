/// Connections with a request that was not read yet, and which to read next.
///
/// On kept connections a storm is not stopped at the door: each request costs reading and
/// refusing. What the CPU share for that does not cover stays unread in its socket. Read in the
/// order of arrival, all would then be answered too late; so the newest are read first, and those
/// who are let in before those who are not: who gets in stays in.
///
/// Needs edge-triggered readiness: told once that a connection is readable, it remembers it.
package struct UnreadLine: Sendable {
    /// What is known of a connection before its request is read, best first.
    package enum Standing: Int, Sendable, CaseIterable {
        /// Its last request was `admin` or `member`, or it came by the members' listener.
        case important
        /// Its cohort is let in; or, while nobody is cut, its last request was served.
        case inside
        /// It has asked nothing yet, and its cohort is not known.
        case unknown
        /// Its cohort is cut; or, while nobody is cut, its last request was refused.
        case outside
    }

    /// A connection's place, until it is read or removed.
    package struct Place: Hashable, Sendable {
        let handle: RankedLine<Unread>.Handle
    }

    struct Unread: Sendable {
        let token: UInt64
        let since: Moment
    }

    private var line: RankedLine<Unread>
    private var budget: CPUBudget
    private let usefulSpan: Int64

    /// - Parameters:
    ///   - capacity: as many as there may be connections; each has at most one place.
    ///   - usefulSpan: who has waited longer is read only where nobody else wants the slot: the
    ///     answer would be late anyway, and reading what is left of a storm would prolong it.
    ///   - refusalCost: what reading and refusing costs on a kept connection, until measured.
    package init(
        capacity: Int, shedShare: Double = 0.1, period: Duration = .milliseconds(10),
        refusalCost: Duration = .microseconds(10),
        usefulSpan: Duration = .milliseconds(250), now: Moment
    ) {
        self.usefulSpan = usefulSpan.nanosecondCount
        line = RankedLine(ranks: Standing.allCases.count, capacity: capacity)
        budget = CPUBudget(share: shedShare, period: period, unitCost: refusalCost, now: now)
    }

    /// The part of a core that this process gets, from 0 to 1; see `CPUBudget`.
    package var availability: Double {
        get { budget.availability }
        set { budget.availability = newValue }
    }

    /// Connections that wait to be read.
    package var count: Int { line.count }

    /// A connection became readable; nil where there is no place, and it is to be read at once.
    package mutating func append(
        token: UInt64, _ standing: Standing, now: Moment
    ) -> Place? {
        line.append(Unread(token: token, since: now), rank: standing.rawValue)
            .map(Place.init)
    }

    /// Forgets a connection that closes.
    package mutating func remove(_ place: Place) { _ = line.remove(place.handle) }

    /// The connection to read next; nil where none waits or none may be read now.
    ///
    /// - Parameters:
    ///   - room: `AdmissionLane.room`.
    ///   - isRefusing: whether the control cuts now (`AdmissionControl.acting(now).isCutting`), so
    ///     that even with room a request may be refused.
    package mutating func next(now: Moment, room: LaneRoom, isRefusing: Bool) -> UInt64? {
        if let first = line.popFirst(of: Standing.important.rawValue) { return first.token }
        guard !line.isEmpty else { return nil }
        let mayRefuse = budget.units(now) > 0
        for rank in Standing.inside.rawValue..<Standing.allCases.count {
            // Who is inside is refused only where there is no room.
            let isSafe = room != .none && (!isRefusing || rank == Standing.inside.rawValue)
            guard isSafe || mayRefuse, let newest = line.last(of: rank),
                now.nanoseconds(since: newest.since) <= usefulSpan
            else { continue }
            return line.popLast(of: rank)?.token
        }
        // Whoever is left over from a storm gets what nobody else wants.
        guard room == .slot, !isRefusing else { return nil }
        return line.bestRank.flatMap { line.popLast(of: $0) }?.token
    }

    /// Charges refusals on kept connections, with the CPU time that they took.
    package mutating func refused(_ count: Int, cost: Duration) {
        budget.spend(count, cost: cost)
    }

    /// The same where the time is not measured.
    package mutating func refused(_ count: Int) { budget.spend(count) }

    /// Takes the connection that has waited longest, where that is longer than `span`: its
    /// visitor has given up, and closing it costs least.
    package mutating func takeStale(longerThan span: Duration, now: Moment) -> UInt64? {
        let span = span.nanosecondCount
        for standing in Standing.allCases.reversed() {
            guard let first = line.first(of: standing.rawValue),
                now.nanoseconds(since: first.since) > span
            else { continue }
            return line.popFirst(of: standing.rawValue)?.token
        }
        return nil
    }
}
