import Testing

@testable import Admission

/// Random histories against what must hold in each of them.
@Suite struct `Whatever happens to a lane` {
    /// Requests as their caller sees them.
    private struct Ledger {
        var waiting: [UInt64: WaitingPlace] = [:]
        var held: [Ticket] = []
        var answers: [UInt64: Int] = [:]

        mutating func note(_ action: LaneAction) {
            switch action {
            case .grant(let token, let ticket):
                answers[token, default: 0] += 1
                waiting[token] = nil
                held.append(ticket)
            case .refuse(let token, _):
                answers[token, default: 0] += 1
                waiting[token] = nil
            case .wake: break
            }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `bounds hold and each request has exactly one answer`(seed: UInt64) {
        var random = SplitMix(state: seed)
        let lanes = 1 + Int(seed % 3)
        let slots = 2 + Int(seed % 7)
        let world = LaneWorld(lanes: lanes) { $0.slots = slots }
        var ledgers = [Ledger](repeating: Ledger(), count: lanes)
        var asked = 0
        var time = 0.0

        for _ in 0..<1_500 {
            let lane = Int(random.next() % UInt64(lanes))
            time += Double(random.next() % 4_000) / 1_000
            // Now and then the clock jumps, to either side.
            if random.next() % 200 == 0 { time += Double(random.next() % 4_000) - 2_000 }
            let now = at(time)
            switch random.next() % 10 {
            case 0..<5:
                let requestClass = RequestClass.allCases[Int(random.next() % 5)]
                let answer = world.ask(
                    requestClass, cohort: UInt8(random.next() % 128), at: now, lane: lane)
                let token = world.lastToken
                asked += 1
                switch answer {
                case .admitted(let ticket):
                    ledgers[lane].answers[token, default: 0] += 1
                    ledgers[lane].held.append(ticket)
                case .queued(let place, _): ledgers[lane].waiting[token] = place
                case .refused: ledgers[lane].answers[token, default: 0] += 1
                }
            case 5..<8:
                if let ticket = ledgers[lane].held.randomElement(using: &random) {
                    ledgers[lane].held.removeAll { $0 == ticket }
                    world.lanes[lane].finish(ticket, now: now)
                }
            case 8:
                let all = ledgers[lane].waiting.sorted { $0.key < $1.key }
                if let (token, place) = all.randomElement(using: &random),
                    world.lanes[lane].cancel(place, now: now)
                {
                    ledgers[lane].waiting[token] = nil
                    ledgers[lane].answers[token, default: 0] += 1
                }
            default:
                let lag = Duration.milliseconds(Int(random.next() % 12))
                world.lanes[lane].tick(now: now, lag: lag)
                world.control.mode = AdmissionMode.allCases[Int(random.next() % 3)]
            }
            for action in world.actions(lane: lane) {
                ledgers[lane].note(action)
                if case .wake(let other) = action {
                    world.lanes[other].lookAgain(now)
                    for action in world.actions(lane: other) { ledgers[other].note(action) }
                }
            }

            #expect(world.control.inFlight <= slots)
            #expect(world.control.inFlight == ledgers.reduce(0) { $0 + $1.held.count })
            let ordinary = ledgers.flatMap(\.held).count { !$0.requestClass.isImportant }
            #expect(ordinary <= slots - max(1, (slots + 4) / 5))
            #expect(world.lanes.reduce(0) { $0 + $1.waitingCount } <= 3 * slots)
            for (lane, ledger) in zip(world.lanes, ledgers) {
                #expect(lane.waitingCount == ledger.waiting.count)
            }
        }
        // Everybody who still waits is answered once their time is up.
        for lane in 0..<lanes {
            world.lanes[lane].lookAgain(at(time + 1e6))
            for action in world.actions(lane: lane) { ledgers[lane].note(action) }
        }

        let answers = ledgers.flatMap { Array($0.answers.values) }
        #expect(answers.allSatisfy { $0 == 1 })
        #expect(answers.count == asked)
        #expect(ledgers.allSatisfy { $0.waiting.isEmpty })
    }

    @Test func `a free slot is never left while somebody may have it`() {
        var random = SplitMix(state: 5)
        let world = LaneWorld()
        var held: [Ticket] = []
        for step in 0..<3_000 {
            let now = at(Double(step) / 10)
            if random.next() % 2 == 0 {
                let requestClass = RequestClass.allCases[Int(random.next() % 4)]
                let answer = world.ask(requestClass, at: now)
                if let ticket = answer.ticket { held.append(ticket) }
            } else if !held.isEmpty {
                world.lane.finish(held.removeFirst(), now: now)
            }
            held += world.actions().compactMap(\.ticket)

            // One slot may stay free for the important, where only others wait.
            if world.lane.waitingCount > 0 { #expect(world.control.inFlight >= 4) }
        }
    }

    @Test func `a line agrees with a plain array`() {
        var random = SplitMix(state: 9)
        var line = RankedLine<Int>(ranks: 3, capacity: 12)
        var model: [[Int]] = [[], [], []]
        var handles: [Int: RankedLine<Int>.Handle] = [:]
        for number in 0..<5_000 {
            let rank = Int(random.next() % 3)
            switch random.next() % 5 {
            case 0, 1:
                let handle = line.append(number, rank: rank)
                #expect((handle == nil) == (model.joined().count == 12))
                if let handle {
                    model[rank].append(number)
                    handles[number] = handle
                }
            case 2:
                #expect(line.popFirst(of: rank) == model[rank].first)
                if !model[rank].isEmpty { model[rank].removeFirst() }
            case 3: #expect(line.popLast(of: rank) == model[rank].popLast())
            default:
                guard let (element, handle) = handles.min(by: { $0.key < $1.key }) else { break }
                handles[element] = nil
                let isThere = model.joined().contains(element)
                #expect(line.remove(handle) == (isThere ? element : nil))
                for rank in 0..<3 { model[rank].removeAll { $0 == element } }
            }
            #expect(line.count == model.joined().count)
            #expect(line.bestRank == model.firstIndex { !$0.isEmpty })
            #expect(line.worstRank == model.lastIndex { !$0.isEmpty })
            for rank in 0..<3 { #expect(line.first(of: rank) == model[rank].first) }
        }
    }
}
