/// A timer that was scheduled on a loop; cancel it on that loop.
package final class LoopTimer {
    fileprivate(set) var deadline: MonotonicTime
    fileprivate var position = -1
    fileprivate let order: UInt64
    private var action: (() -> Void)?
    private unowned let heap: TimerHeap

    fileprivate init(
        deadline: MonotonicTime, order: UInt64, heap: TimerHeap, action: @escaping () -> Void
    ) {
        self.deadline = deadline
        self.order = order
        self.heap = heap
        self.action = action
    }

    /// True until the timer has fired or was cancelled.
    package var isPending: Bool { position >= 0 }

    /// Stops the timer; without effect where it has fired already.
    package func cancel() {
        if position >= 0 { heap.remove(self) }
        action = nil
    }

    fileprivate func cancelWithoutHeap() {
        position = -1
        action = nil
    }

    func fire() {
        let due = action
        action = nil
        due?()
    }
}

/// Timers by deadline: a binary heap in which each timer knows its place, so that cancelling
/// costs O(log n) and leaves nothing behind.
final class TimerHeap {
    private var timers: [LoopTimer] = []
    private var count: UInt64 = 0

    /// The earliest deadline.
    var next: MonotonicTime? { timers.first?.deadline }

    func add(deadline: MonotonicTime, action: @escaping () -> Void) -> LoopTimer {
        count += 1
        let timer = LoopTimer(deadline: deadline, order: count, heap: self, action: action)
        timer.position = timers.count
        timers.append(timer)
        rise(timer.position)
        return timer
    }

    /// Takes out the earliest timer if it is due at `now`.
    func popDue(_ now: MonotonicTime) -> LoopTimer? {
        guard let first = timers.first, first.deadline <= now else { return nil }
        remove(first)
        return first
    }

    func remove(_ timer: LoopTimer) {
        let place = timer.position
        timer.position = -1
        let last = timers.removeLast()
        if last === timer { return }
        timers[place] = last
        last.position = place
        rise(place)
        sink(last.position)
    }

    func removeAll() {
        let dropped = timers
        timers = []
        // Their actions go too: a timer that its own action holds would never be freed.
        for timer in dropped { timer.cancelWithoutHeap() }
    }

    private func isEarlier(_ left: LoopTimer, _ right: LoopTimer) -> Bool {
        left.deadline == right.deadline
            ? left.order < right.order : left.deadline < right.deadline
    }

    private func rise(_ start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard isEarlier(timers[place], timers[parent]) else { return }
            exchange(place, parent)
            place = parent
        }
    }

    private func sink(_ start: Int) {
        var place = start
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < timers.count && isEarlier(timers[child], timers[least]) {
                least = child
            }
            if least == place { return }
            exchange(place, least)
            place = least
        }
    }

    private func exchange(_ left: Int, _ right: Int) {
        timers.swapAt(left, right)
        timers[left].position = left
        timers[right].position = right
    }
}
