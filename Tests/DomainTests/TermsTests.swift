import Testing

@testable import Domain

@Suite struct `The terms of a job` {
    @Test func `a later, lower promise does not shrink an earlier one`() throws {
        let terms = [
            try version(1, euros: 500, from: 0, until: 10),
            try version(2, euros: 300, from: 10, until: nil),
        ]
        let best = Terms.best(of: terms, from: at(5), to: at(20))
        #expect(best?.version == 1)
    }

    @Test func `a better promise made before the confirmation counts`() throws {
        let terms = [
            try version(1, euros: 500, from: 0, until: 10),
            try version(2, euros: 800, from: 10, until: 15),
            try version(3, euros: 200, from: 15, until: nil),
        ]
        #expect(Terms.best(of: terms, from: at(5), to: at(20))?.version == 2)
    }

    @Test func `versions before the creation and after the confirmation do not count`() throws {
        let terms = [
            try version(1, euros: 900, from: 0, until: 10),
            try version(2, euros: 500, from: 10, until: 30),
            try version(3, euros: 950, from: 30, until: nil),
        ]
        #expect(Terms.best(of: terms, from: at(10), to: at(20))?.version == 2)
    }

    @Test func `of equal amounts the shorter guarantee is better, then the earlier version`() throws
    {
        let terms = [
            try version(1, euros: 500, days: 60, from: 0, until: 10),
            try version(2, euros: 500, days: 30, from: 10, until: 12),
            try version(3, euros: 500, days: 30, from: 12, until: nil),
        ]
        #expect(Terms.best(of: terms, from: at(0), to: at(20))?.version == 2)
    }

    @Test func `another currency never replaces what was promised first`() throws {
        let lei = try TermsOffer(commission: .lei(9000))
        let terms = [
            try version(1, euros: 500, from: 0, until: 10),
            Terms(
                id: TermsID(2), version: 2, offer: lei, inForceFrom: at(10), inForceUntil: nil),
        ]
        #expect(Terms.best(of: terms, from: at(5), to: at(20))?.version == 1)
    }

    @Test func `nothing is bound when no version was in force`() throws {
        let terms = [try version(1, euros: 500, from: 10, until: nil)]
        #expect(Terms.best(of: terms, from: at(0), to: at(5)) == nil)
    }

    @Test func `the best version is never worse than any in force in its currency`() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            var time: Int64 = 0
            var terms: [Terms] = []
            for number in 1...Int.random(in: 1...6, using: &random) {
                let next = time + Int64.random(in: 1...20, using: &random)
                let euros = Int32.random(in: 1...9, using: &random) * 100
                terms.append(try version(number, euros: euros, from: time, until: next))
                time = next
            }
            let created = at(Int64.random(in: 0..<time, using: &random))
            let confirmed = at(Int64.random(in: created.microseconds..<time, using: &random))
            let best = try #require(Terms.best(of: terms, from: created, to: confirmed))
            for other in terms where other.wasInForce(from: created, to: confirmed) {
                #expect(best.offer.commission.minorUnits >= other.offer.commission.minorUnits)
            }
        }
    }

    @Test(arguments: [
        ("", [100]), ("100", [100]), ("50/50", [50, 50]), (" 30 % / 70 %", [30, 70]),
    ])
    func `instalments are read as shares`(input: String, shares: [Int]) throws {
        #expect(try InstalmentPlan(input).shares.map(\.value) == shares)
    }

    @Test(arguments: ["50/40", "0/100", "a/b", "50//50", "-50/150", "20/20/20/20/10/5/5"])
    func `shares that are not the whole are refused`(input: String) {
        #expect(throws: ValidationError.self) { try InstalmentPlan(input) }
    }

    @Test func `a promise of nothing is refused`() {
        #expect(throws: ValidationError(.commission, .notPositive)) {
            try TermsOffer(commission: .zero(.eur))
        }
    }

    private func at(_ microseconds: Int64) -> Instant { Instant(microseconds: microseconds) }

    private func version(
        _ number: Int, euros: Int32, days: Int = 60, from: Int64, until: Int64?
    ) throws -> Terms {
        Terms(
            id: TermsID(Int64(number)), version: number,
            offer: try TermsOffer(commission: .euros(euros), guaranteeDays: days),
            inForceFrom: at(from), inForceUntil: until.map(at))
    }
}
