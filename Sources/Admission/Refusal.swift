/// Why a request is not admitted, and when to come back.
package struct Refusal: Equatable, Sendable {
    /// What decided it.
    package enum Reason: UInt8, Sendable, CaseIterable {
        /// The class or cohort is cut while overloaded.
        case cut
        /// The queue is full, or the class does not wait.
        case queueFull
        /// It waited as long as its class may.
        case deadline
        /// Another one took its place in a full queue.
        case displaced
    }

    package let reason: Reason
    /// Seconds for `Retry-After` (RFC 9110 10.2.3), with jitter.
    package let retryAfter: Int
}

/// The right to use the database, until `finish`. A copy is the same right.
package struct Ticket: Hashable, Sendable {
    package let requestClass: RequestClass
    let index: Int32
    let generation: UInt32
}

/// A place in the queue, until its answer comes or it is cancelled.
package struct WaitingPlace: Hashable, Sendable {
    let handle: RankedLine<Waiting>.Handle
}

/// How a request with a ticket ended.
package enum Ending: Sendable {
    /// It was answered, whatever the answer was.
    case completed
    /// The database failed it: it says nothing about how much can be completed.
    case failed
}

/// What becomes of a request at the end of its head.
package enum AdmissionAnswer: Equatable, Sendable {
    /// Go on, and `finish` the ticket once.
    case admitted(Ticket)
    /// Exactly one action will follow for the caller's token, unless the place is cancelled.
    case queued(WaitingPlace, deadline: Moment)
    case refused(Refusal)
}

/// What a lane wants done after a call; take all with `nextAction` after each.
package enum LaneAction: Equatable, Sendable {
    /// Who waits under this token may go on.
    case grant(token: UInt64, Ticket)
    /// Who waits under this token is refused.
    case refuse(token: UInt64, Refusal)
    /// Have the other lane's loop call `lookAgain`: there is a slot for it.
    case wake(lane: Int)
}

/// What a lane has to offer to an ordinary request.
package enum LaneRoom: Sendable {
    /// Neither a slot nor a place in the queue.
    case none
    /// A place in the queue.
    case place
    /// A slot, and nobody waits for it.
    case slot
}

/// Who waits.
struct Waiting: Sendable {
    let token: UInt64
    /// Tells two with the same token apart.
    let serial: UInt64
    let since: Moment
    let deadline: Moment

    /// Far more than two readings of one clock can be apart.
    private static let jump: Int64 = 1_000_000_000

    /// True when the deadline has come; and after a clock has jumped back, as it would then come
    /// at no foreseeable time.
    @inline(__always)
    func isOver(_ now: Moment) -> Bool {
        deadline <= now || since.nanoseconds(since: now) > Self.jump
    }
}
