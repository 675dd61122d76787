import Testing

@testable import Admission

@Suite struct `Cohorts` {
    private let hash = CohortHash(key: (0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210))

    @Test func `a visitor changes once in an hour and at a second of their own`() {
        var changes: [Int64] = []
        for visitor in 0..<40 {
            let identity = (UInt64(visitor), UInt64(7))
            var last = hash.cohort(of: identity, secondsSinceEpoch: 1_800_000_000)
            var times: [Int64] = []
            for second in 1...7_200 as ClosedRange<Int64> {
                let cohort = hash.cohort(
                    of: identity, secondsSinceEpoch: 1_800_000_000 + second)
                if cohort != last { times.append(second) }
                last = cohort
            }
            // Two, or fewer where chance gives the same cohort again.
            #expect(times.count <= 2)
            if times.count == 2 { #expect(times[1] - times[0] == 3_600) }
            changes += times
        }
        #expect(changes.count > 60)
        #expect(Set(changes.map { $0 % 3_600 }).count > 20)
    }

    @Test func `visitors spread evenly`() {
        var counts = [Int](repeating: 0, count: Cohort.count)
        for visitor in 0..<128_000 as Range<UInt64> {
            let cohort = hash.cohort(of: (visitor, 0), secondsSinceEpoch: 1_800_000_000)
            counts[Int(cohort.number)] += 1
        }

        // 1,000 each, with a standard deviation of 32.
        #expect(counts.allSatisfy { (800...1_200).contains($0) })
    }

    @Test func `another key makes other cohorts`() {
        let other = CohortHash(key: (1, 2))

        let same = (0..<1_280 as Range<UInt64>).filter { visitor in
            hash.cohort(of: (visitor, 0), secondsSinceEpoch: 0)
                == other.cohort(of: (visitor, 0), secondsSinceEpoch: 0)
        }

        #expect(same.count < 40)
    }

    @Test func `bytes of any length have a cohort, and zeros at the end count`() {
        var cohorts: Set<Cohort> = []
        for count in 0..<64 {
            let bytes = [UInt8](repeating: 0, count: count)
            let cohort = bytes.withUnsafeBytes { hash.cohort(of: $0, secondsSinceEpoch: 0) }
            let again = bytes.withUnsafeBytes { hash.cohort(of: $0, secondsSinceEpoch: 0) }
            #expect(cohort == again)
            cohorts.insert(cohort)
        }

        #expect(cohorts.count > 30)
    }

    @Test func `times at the ends of the range are no trap`() {
        for seconds in [Int64.min, -1, 0, .max] {
            #expect(hash.cohort(of: (1, 2), secondsSinceEpoch: seconds).number < 128)
        }
    }

    @Test func `a number beyond 127 is folded`() {
        #expect(Cohort(128) == Cohort(0))
        #expect(Cohort(255).number == 127)
    }

    @Test func `whoever is in stays in while the cut moves`() {
        var guidance = Guidance.open
        var inside = Set(0..<128)
        for cutOff: UInt8 in [100, 60, 20] {
            guidance.cutOffs.visitor = cutOff
            let now = Set(inside.filter { guidance.admits(.visitor, Cohort(UInt8($0))) })
            // A deeper cut takes out from one end only: no one comes in for another.
            #expect(now == Set(0..<Int(cutOff)))
            inside = now
        }
    }
}
