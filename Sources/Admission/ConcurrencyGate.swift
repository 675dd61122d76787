/// A bounded number at once and a bounded queue before it: for TLS handshakes on a loop, for
/// password hashing, for anything whose cost is not the database's.
///
/// First come, first served; a place is left at its deadline. Confined to one thread, or behind
/// its owner's lock.
package struct ConcurrencyGate: Sendable {
    /// What becomes of who comes.
    package enum Answer: Equatable, Sendable {
        /// Go on, and `leave` once.
        case entered
        /// A later `leave` or `expire` names the token, unless the place is cancelled.
        case waiting(Place)
        /// The queue is full.
        case refused
    }

    /// A place in the queue.
    package struct Place: Hashable, Sendable {
        let handle: RankedLine<Waiting>.Handle
    }

    private let concurrentMax: Int
    private let wait: Int64
    private var line: RankedLine<Waiting>
    /// How many are in.
    package private(set) var count = 0

    /// - Parameters:
    ///   - concurrentMax: how many may be in at once; at least one.
    ///   - waitingMax: how many more may wait.
    ///   - wait: how long each.
    package init(concurrentMax: Int, waitingMax: Int, wait: Duration) {
        self.concurrentMax = max(1, concurrentMax)
        self.wait = wait.nanosecondCount
        line = RankedLine(ranks: 1, capacity: max(0, waitingMax))
    }

    /// How many wait.
    package var waitingCount: Int { line.count }

    /// Asks to enter.
    package mutating func enter(token: UInt64, now: Moment) -> Answer {
        // Who waits comes first, even where there is room because nobody has looked yet.
        if count < concurrentMax, line.isEmpty {
            count += 1
            return .entered
        }
        let place = Waiting(
            token: token, serial: 0, since: now, deadline: now.advanced(by: wait))
        guard let handle = line.append(place, rank: 0) else { return .refused }
        return .waiting(Place(handle: handle))
    }

    /// Leaves; returns the token of who enters instead. Those whose time is up are left for
    /// `expire`, so call that first.
    package mutating func leave(now: Moment) -> UInt64? {
        guard count > 0 else { return nil }
        count -= 1
        guard count < concurrentMax, let next = line.first(of: 0), !next.isOver(now) else {
            return nil
        }
        _ = line.popFirst(of: 0)
        count += 1
        return next.token
    }

    /// Gives up a place in the queue; false where it was left before.
    @discardableResult
    package mutating func cancel(_ place: Place) -> Bool { line.remove(place.handle) != nil }

    /// The token of one whose time is up, to be refused; nil where there is none. Call it until
    /// then.
    package mutating func expire(now: Moment) -> UInt64? {
        guard let first = line.first(of: 0), first.isOver(now) else { return nil }
        return line.popFirst(of: 0)?.token
    }
}
