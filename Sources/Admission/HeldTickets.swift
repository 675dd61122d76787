/// The tickets of a lane that are not finished: a fixed table.
///
/// A ticket names a place and its generation, so finishing one twice, or after it was taken back,
/// finds nothing and cannot give a slot away that is in use.
struct HeldTickets {
    private struct Place {
        var generation: UInt32 = 0
        var requestClass: RequestClass?
        var since = Moment(nanoseconds: 0)
    }

    private var places: ContiguousArray<Place>
    private var free: ContiguousArray<Int32>

    init(capacity: Int) {
        places = .init(repeating: Place(), count: capacity)
        free = .init((0..<Int32(capacity)).reversed())
    }

    var count: Int { places.count - free.count }

    /// A new ticket. There is a place for each slot, so a slot must have been taken before.
    mutating func hold(_ requestClass: RequestClass, _ now: Moment) -> Ticket {
        let index = free.removeLast()
        places[Int(index)].requestClass = requestClass
        places[Int(index)].since = now
        return Ticket(
            requestClass: requestClass, index: index, generation: places[Int(index)].generation)
    }

    /// Ends a ticket; nil where it was ended before.
    mutating func giveBack(_ ticket: Ticket) -> RequestClass? {
        let index = Int(ticket.index)
        guard index < places.count, places[index].generation == ticket.generation,
            let requestClass = places[index].requestClass
        else { return nil }
        release(index)
        return requestClass
    }

    /// Ends all that are older than `age`; returns their classes.
    mutating func takeOverdue(_ now: Moment, _ age: Int64) -> [RequestClass] {
        if count == 0 { return [] }
        var overdue: [RequestClass] = []
        for index in places.indices {
            guard let requestClass = places[index].requestClass,
                now.nanoseconds(since: places[index].since) > age
            else { continue }
            release(index)
            overdue.append(requestClass)
        }
        return overdue
    }

    private mutating func release(_ index: Int) {
        places[index].generation &+= 1
        places[index].requestClass = nil
        free.append(Int32(index))
    }
}

/// What a lane wants done, in order. It is emptied after each call, so it stays short.
struct ActionQueue {
    private var actions: ContiguousArray<LaneAction> = []
    private var taken = 0

    @inline(__always)
    mutating func append(_ action: LaneAction) { actions.append(action) }

    @inline(__always)
    mutating func popFirst() -> LaneAction? {
        if taken == actions.count { return nil }
        let action = actions[taken]
        taken += 1
        if taken == actions.count {
            actions.removeAll(keepingCapacity: true)
            taken = 0
        }
        return action
    }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): jitter needs no more.
struct SplitMix: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}
