/// The overload control on one loop: tickets, the queue, and the decision about each request.
///
/// Confined to its loop and not thread-safe. Each call may have consequences for requests that
/// wait; take them with `nextAction()` until it gives nil. A call that comes too late (a ticket
/// that was finished, a place that was left) does nothing.
package final class AdmissionLane {
    /// The number of this lane among those of the control.
    package let number: Int

    private let control: AdmissionControl
    private let waits: PerClass<Int64>
    private let ticketTimeMax: Int64
    private var line: RankedLine<Waiting>
    private var held: HeldTickets
    private var actions = ActionQueue()
    private var report = TickReport()
    private var random: SplitMix
    private var serial: UInt64 = 0
    /// Slots given to important classes while a conversion waited, since its last one.
    private var conversionDebt = 0
    /// Tickets of this lane that were never finished and were taken back: a bug of the caller.
    package private(set) var lostTickets = 0

    /// Makes a lane; each number once.
    ///
    /// - Parameter seed: of the jitter of `Retry-After`.
    package init(_ control: AdmissionControl, number: Int, seed: UInt64) {
        precondition(number >= 0 && number < control.laneCount, "a lane that is not there")
        self.control = control
        self.number = number
        let settings = control.settings
        waits = settings.waits.mapValues { $0.nanosecondCount }
        ticketTimeMax = settings.ticketTimeMax.nanosecondCount
        line = RankedLine(
            ranks: RequestClass.allCases.count,
            capacity: Self.capacity(settings, lanes: control.laneCount, number: number))
        held = HeldTickets(capacity: settings.slots)
        random = SplitMix(state: seed)
    }

    /// The lanes' queues together are as long as the bound, the first ones longer by one.
    private static func capacity(_ settings: AdmissionSettings, lanes: Int, number: Int) -> Int {
        let all = settings.slots * settings.waitingPerSlot
        return all / lanes + (number < all % lanes ? 1 : 0)
    }

    /// Requests that wait here.
    package var waitingCount: Int { line.count }

    /// Requests of this lane that use the database.
    package var inFlight: Int { held.count }

    /// What an ordinary request would find now, whatever its cohort; who reads from connections
    /// asks it before.
    package var room: LaneRoom {
        if line.isEmpty, control.bank.hasRoom(isImportant: false) { return .slot }
        return line.isFull ? .none : .place
    }

    // MARK: A request comes

    /// Decides about a request at the end of its head.
    ///
    /// - Parameter token: names the request in the action that answers it, where it has to wait.
    package func admit(
        _ requestClass: RequestClass, _ cohort: Cohort, token: UInt64, now: Moment
    ) -> AdmissionAnswer {
        report.arrivals[TickReport.place(requestClass, cohort)] &+= 1
        let mode = control.mode
        let word = control.effectiveWord(now, mode)
        if !Guidance.admits(word, requestClass, cohort) {
            if mode == .on { return .refused(refuse(requestClass, .cut)) }
            report.wouldRefuse += 1
        }
        // The usual case: nobody waits here or elsewhere, and there is a slot.
        if line.isEmpty, laneBefore(requestClass, now) == nil,
            control.bank.take(isImportant: requestClass.isImportant)
        {
            report.noteDelay(0)
            return .admitted(hold(requestClass, now))
        }
        return queue(requestClass, token, now, newestFirst: newestFirst(mode, word))
    }

    private func newestFirst(_ mode: AdmissionMode, _ word: UInt64) -> Bool {
        mode == .on && Guidance.isLimiting(word)
    }

    private func queue(
        _ requestClass: RequestClass, _ token: UInt64, _ now: Moment, newestFirst: Bool
    ) -> AdmissionAnswer {
        expire(now)
        let wait = waits[requestClass]
        if wait == 0 { return takeNowOrRefuse(requestClass, now) }
        if line.isFull, !makeRoom(for: requestClass, newestFirst) {
            return .refused(refuse(requestClass, .queueFull))
        }
        serial &+= 1
        let place = Waiting(
            token: token, serial: serial, since: now, deadline: now.advanced(by: wait))
        guard let handle = line.append(place, rank: requestClass.index) else {
            return .refused(refuse(requestClass, .queueFull))
        }
        // Shown before the slots are looked at again: see `SlotBank.take`.
        show()
        if let ticket = grantAll(now, newestFirst: newestFirst, wanted: serial) {
            return .admitted(ticket)
        }
        return .queued(WaitingPlace(handle: handle), deadline: place.deadline)
    }

    /// For a class that does not wait: a slot that nobody else waits for, or nothing.
    private func takeNowOrRefuse(_ requestClass: RequestClass, _ now: Moment) -> AdmissionAnswer {
        guard line.isEmpty, laneBefore(requestClass, now) == nil,
            control.bank.take(isImportant: requestClass.isImportant)
        else { return .refused(refuse(requestClass, .queueFull)) }
        report.noteDelay(0)
        return .admitted(hold(requestClass, now))
    }

    /// Displaces one of a less important class, or, newest first, the oldest of the same.
    private func makeRoom(for requestClass: RequestClass, _ newestFirst: Bool) -> Bool {
        guard let worst = line.worstRank, let victim = RequestClass(rawValue: UInt8(worst)),
            worst > requestClass.index || (newestFirst && worst == requestClass.index),
            let displaced = line.popFirst(of: worst)
        else { return false }
        actions.append(.refuse(token: displaced.token, refuse(victim, .displaced)))
        return true
    }

    private func refuse(_ requestClass: RequestClass, _ reason: Refusal.Reason) -> Refusal {
        report.refused[requestClass] += 1
        if reason != .cut, requestClass != .background { report.hardRefusals += 1 }
        let range = control.settings.retryAfter[requestClass]
        let width = UInt64(range.upperBound - range.lowerBound) + 1
        return Refusal(
            reason: reason,
            retryAfter: range.lowerBound + Int(random.next() % width))
    }

    // MARK: A slot is free

    /// Ends a request that had a ticket; its slot goes to who waits.
    package func finish(_ ticket: Ticket, _ ending: Ending = .completed, now: Moment) {
        guard let requestClass = held.giveBack(ticket) else { return }
        control.bank.give(isImportant: requestClass.isImportant)
        switch ending {
        case .completed: report.completions += 1
        case .failed: report.failures += 1
        }
        lookAgain(now)
    }

    /// Leaves the queue without an answer, as when the client has gone; returns false where the
    /// answer was there before.
    @discardableResult
    package func cancel(_ place: WaitingPlace, now: Moment) -> Bool {
        let isLeft = line.remove(place.handle) != nil
        if isLeft { lookAgain(now) }
        return isLeft
    }

    /// Drops who waited too long and gives free slots to who waits. Called by `finish` and
    /// `tick`; call it where another lane said `wake`, and when `nextDeadline` has come.
    package func lookAgain(_ now: Moment) {
        expire(now)
        let mode = control.mode
        let word = control.effectiveWord(now, mode)
        _ = grantAll(now, newestFirst: newestFirst(mode, word), wanted: nil)
    }

    /// When the first of those who wait has waited long enough; nil where nobody waits.
    package var nextDeadline: Moment? {
        guard !line.isEmpty else { return nil }
        return RequestClass.allCases.compactMap { line.first(of: $0.index)?.deadline }.min()
    }

    /// Refuses all whose deadline has passed: they are served too late to count, and would take
    /// the slot of somebody who still waits.
    private func expire(_ now: Moment) {
        if line.isEmpty { return }
        for requestClass in RequestClass.allCases {
            while let first = line.first(of: requestClass.index), first.isOver(now) {
                _ = line.popFirst(of: requestClass.index)
                report.noteDelay(now.nanoseconds(since: first.since))
                actions.append(.refuse(token: first.token, refuse(requestClass, .deadline)))
            }
        }
    }

    /// Gives slots away for as long as there are some, to the most important first; returns the
    /// ticket of `wanted` instead of an action for it.
    private func grantAll(_ now: Moment, newestFirst: Bool, wanted: UInt64?) -> Ticket? {
        var own: Ticket?
        while true {
            let best = line.bestRank.flatMap { RequestClass(rawValue: UInt8($0)) }
            if let other = laneBefore(best, now) {
                actions.append(.wake(lane: other))
                break
            }
            guard let best, let requestClass = takeSlot(best) else { break }
            report.noteDelay(oldestAge(now))
            let rank = requestClass.index
            guard let granted = newestFirst ? line.popLast(of: rank) : line.popFirst(of: rank)
            else { break }
            let ticket = hold(requestClass, now)
            if granted.serial == wanted {
                own = ticket
            } else {
                actions.append(.grant(token: granted.token, ticket))
            }
        }
        show()
        return own
    }

    /// Takes a slot for the class whose turn it is: the best that waits, or a conversion whose
    /// floor has come.
    private func takeSlot(_ best: RequestClass) -> RequestClass? {
        let conversionWaits = line.count(of: RequestClass.conversion.index) > 0
        if best.isImportant, conversionWaits,
            conversionDebt >= control.settings.conversionFloor - 1,
            control.bank.take(isImportant: false)
        {
            conversionDebt = 0
            return .conversion
        }
        guard control.bank.take(isImportant: best.isImportant) else { return nil }
        if best == .conversion || !conversionWaits {
            conversionDebt = 0
        } else if best.isImportant {
            conversionDebt += 1
        }
        return best
    }

    private func oldestAge(_ now: Moment) -> Int64 {
        RequestClass.allCases.reduce(0) { oldest, requestClass in
            guard let first = line.first(of: requestClass.index) else { return oldest }
            return max(oldest, now.nanoseconds(since: first.since))
        }
    }

    /// The lane that a free slot belongs to rather than this one: where a more important class
    /// waits, or the same class with less than its share of the slots.
    @inline(__always)
    private func laneBefore(_ best: RequestClass?, _ now: Moment) -> Int? {
        if control.laneCount == 1 { return nil }
        return searchLaneBefore(best, now)
    }

    private func searchLaneBefore(_ best: RequestClass?, _ now: Moment) -> Int? {
        let share = (control.settings.slots + control.laneCount - 1) / control.laneCount
        let own = best?.rawValue ?? .max
        for other in 0..<control.laneCount where other != number {
            let sign = control.signs[other]
            let reading = sign.reading
            guard let waiting = reading.best, waiting.rawValue <= own else { continue }
            let isBefore =
                waiting.rawValue < own || (held.count >= share && reading.held < share)
            if isBefore, control.bank.hasRoom(isImportant: waiting.isImportant),
                sign.isPresent(now)
            {
                return other
            }
        }
        return nil
    }

    private func hold(_ requestClass: RequestClass, _ now: Moment) -> Ticket {
        report.admitted[requestClass] += 1
        return held.hold(requestClass, now)
    }

    /// Tells the other lanes, where there are any.
    private func show() {
        if control.laneCount > 1 {
            control.signs[number].show(best: line.bestRank, held: held.count)
        }
    }

    // MARK: Time passes

    /// To be called every 100 ms (`AdmissionSettings.tick`).
    ///
    /// - Parameter lag: how long an event of this loop waited for its turn since the last tick;
    ///   `LagMeter` measures it.
    package func tick(now: Moment, lag: Duration) {
        control.signs[number].wasSeen(now)
        for requestClass in held.takeOverdue(now, ticketTimeMax) {
            lostTickets += 1
            control.bank.give(isImportant: requestClass.isImportant)
        }
        // Nothing moved: how long they have stood is then the only measure there is.
        if report.delayCount == 0, !line.isEmpty { report.noteDelay(oldestAge(now)) }
        lookAgain(now)
        report.lag = lag.nanosecondCount
        control.hand(over: report, waiting: line.count, lane: number, now: now)
        report.reset()
    }

    /// The next thing to be done after a call; nil where there is no more.
    package func nextAction() -> LaneAction? { actions.popFirst() }
}
