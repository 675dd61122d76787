import Testing

@testable import Domain

@Suite struct `Commissions` {
    private let start = CalendarDate(daysSinceEpoch: 20_000)

    @Test func `one instalment is due at the end of the guarantee`() throws {
        let schedule = CommissionSchedule(
            offer: try TermsOffer(commission: .euros(500)), startsOn: start)
        let row = try #require(schedule.instalments.first)
        #expect(schedule.instalments.count == 1)
        #expect(row.amount == .euros(500))
        #expect(row.dueOn == start.adding(days: 60))
    }

    @Test func `two halves are due at half and end`() throws {
        let offer = try TermsOffer(
            commission: .euros(501), guaranteeDays: 61, instalments: InstalmentPlan("50/50"))
        let rows = CommissionSchedule(offer: offer, startsOn: start).instalments
        #expect(rows.map(\.dueOn) == [start.adding(days: 30), start.adding(days: 61)])
        #expect(rows.map(\.amount.minorUnits) == [25_050, 25_050])
    }

    @Test func `the last instalment takes what cannot be divided and says so`() throws {
        let offer = try TermsOffer(
            commission: Money(minorUnits: 1001, currency: .eur),
            instalments: InstalmentPlan("33/33/34"))
        let rows = CommissionSchedule(offer: offer, startsOn: start).instalments
        #expect(rows.map(\.amount.minorUnits) == [330, 330, 341])
        #expect(rows.map(\.remainder.minorUnits) == [0, 0, 1])
    }

    @Test func `a share that rounds to nothing makes no row`() throws {
        let offer = try TermsOffer(
            commission: Money(minorUnits: 1, currency: .eur), instalments: InstalmentPlan("50/50"))
        let rows = CommissionSchedule(offer: offer, startsOn: start).instalments
        #expect(rows.map(\.amount.minorUnits) == [1])
        #expect(rows.map(\.number) == [2])
    }

    @Test func `no schedule makes or loses a cent, and due dates never go back`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<1000 {
            let offer = try TermsOffer(
                commission: Money(
                    minorUnits: Int64.random(in: 1...1_000_000_000, using: &random),
                    currency: .ron),
                guaranteeDays: Int.random(in: 0...365, using: &random),
                instalments: InstalmentPlan(shares: shares(using: &random)))
            let rows = CommissionSchedule(offer: offer, startsOn: start).instalments
            let total = rows.map(\.amount.minorUnits).reduce(0, +)
            #expect(total == offer.commission.minorUnits)
            #expect(rows.map(\.dueOn) == rows.map(\.dueOn).sorted())
            #expect(rows.last?.dueOn == start.adding(days: offer.guaranteeDays))
            #expect(rows.allSatisfy { (0..<100).contains($0.remainder.minorUnits) })
        }
    }

    @Test func `leaving on the due day keeps the instalment`() {
        #expect(!CommissionSchedule.isReversed(dueOn: start, byLeavingOn: start))
        #expect(CommissionSchedule.isReversed(dueOn: start.adding(days: 1), byLeavingOn: start))
    }

    @Test(arguments: [
        (CommissionState.pending, Int32(-1), Explanation.NextStep.guaranteeEnds(dueDay)),
        (.pending, 0, .approval(since: dueDay)), (.approved, 5, .payoutBatch),
        (.processing, 5, .bankTransfer), (.paid, 5, .paid(changedDay)),
    ])
    func `a commission says what happens next`(
        state: CommissionState, daysAfterDue: Int32, next: Explanation.NextStep
    ) {
        let today = dueDay.adding(days: Int(daysAfterDue))
        let step = Explanation.NextStep(
            state: state, dueOn: dueDay, changedOn: changedDay, today: today, reason: nil,
            note: Note(stored: ""))
        #expect(step == next)
    }

    @Test func `open commissions are those that are still owed`() {
        #expect(CommissionState.allCases.filter(\.isOpen) == [.pending, .approved, .held])
        #expect(!CommissionState.paid.isOpen)
        #expect(CommissionState.paid.next.isEmpty)
    }

    /// One to six shares of at least one hundredth that add up to 100.
    private func shares(using random: inout SeededGenerator) -> [Int] {
        let count = Int.random(in: 1...6, using: &random)
        var cuts: Set<Int> = [100]
        while cuts.count < count { cuts.insert(Int.random(in: 1...99, using: &random)) }
        var previous = 0
        return cuts.sorted().map { cut in
            defer { previous = cut }
            return cut - previous
        }
    }
}

private let dueDay = CalendarDate(daysSinceEpoch: 21_000)
private let changedDay = CalendarDate(daysSinceEpoch: 20_990)
