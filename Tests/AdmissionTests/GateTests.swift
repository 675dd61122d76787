import Testing

@testable import Admission

@Suite struct `The concurrency gate` {
    private func gate() -> ConcurrencyGate {
        ConcurrencyGate(concurrentMax: 2, waitingMax: 2, wait: .seconds(1))
    }

    @Test func `so many are in, so many wait, and the next is refused`() {
        var gate = gate()

        let answers = (0..<5).map { gate.enter(token: UInt64($0), now: at(0)) }

        #expect(answers[0] == .entered)
        #expect(answers[1] == .entered)
        #expect(gate.count == 2)
        #expect(gate.waitingCount == 2)
        #expect(answers[4] == .refused)
    }

    @Test func `who leaves lets in who came first`() {
        var gate = gate()
        for token in 0..<4 { _ = gate.enter(token: UInt64(token), now: at(0)) }

        #expect(gate.leave(now: at(1)) == 2)
        #expect(gate.leave(now: at(1)) == 3)
        #expect(gate.leave(now: at(1)) == nil)
        #expect(gate.leave(now: at(1)) == nil)
        #expect(gate.leave(now: at(1)) == nil)
        #expect(gate.count == 0)
    }

    @Test func `whose time is up is refused and not let in`() {
        var gate = gate()
        for token in 0..<3 { _ = gate.enter(token: UInt64(token), now: at(0)) }

        #expect(gate.expire(now: at(999)) == nil)
        #expect(gate.leave(now: at(1_000)) == nil)
        #expect(gate.expire(now: at(1_000)) == 2)
        #expect(gate.expire(now: at(1_000)) == nil)
        #expect(gate.enter(token: 9, now: at(1_000)) == .entered)
    }

    @Test func `a place can be left once`() {
        var gate = gate()
        for token in 0..<2 { _ = gate.enter(token: UInt64(token), now: at(0)) }
        guard case .waiting(let place) = gate.enter(token: 2, now: at(0)) else {
            Issue.record("not waiting")
            return
        }

        let isLeft = [gate.cancel(place), gate.cancel(place)]

        #expect(isLeft == [true, false])
        #expect(gate.leave(now: at(1)) == nil)
    }

    @Test func `one is always let in`() {
        var gate = ConcurrencyGate(concurrentMax: 0, waitingMax: 0, wait: .zero)

        #expect(gate.enter(token: 1, now: at(0)) == .entered)
        #expect(gate.enter(token: 2, now: at(0)) == .refused)
    }
}
