import Testing

@testable import Admission

@Suite struct `The ring of samples` {
    private func sample(_ number: Int) -> AdmissionSample {
        AdmissionSample(
            now: at(Double(number)), report: TickReport(),
            controller: OverloadController(AdmissionSettings()), mode: .on, inFlight: 0)
    }

    @Test func `an empty one gives nothing`() {
        let ring = AdmissionRing()

        let read = ring.samples(from: 0, limit: 10)

        #expect(ring.latest == nil)
        #expect(read.samples.isEmpty)
        #expect(read.next == 0)
    }

    @Test func `it keeps the last hour in order when it wraps`() {
        var ring = AdmissionRing()
        for number in 0..<AdmissionRing.capacity + 3 { ring.append(sample(number)) }

        let oldest = ring.samples(from: 0, limit: 2)
        let newest = ring.samples(from: AdmissionRing.capacity, limit: 100)

        #expect(oldest.samples.map(\.time) == [at(3), at(4)])
        #expect(oldest.next == 5)
        #expect(newest.samples.map(\.time) == (0..<3).map { at(36_000 + Double($0)) })
        #expect(ring.latest?.time == at(36_002))
    }

    @Test func `reading goes on where it ended, and numbers out of range are no trap`() {
        var ring = AdmissionRing()
        for number in 0..<5 { ring.append(sample(number)) }

        let first = ring.samples(from: 0, limit: 3)
        let second = ring.samples(from: first.next, limit: 3)
        let third = ring.samples(from: second.next, limit: 3)

        #expect(first.samples.count == 3)
        #expect(second.samples.map(\.time) == [at(3), at(4)])
        #expect(third.samples.isEmpty)
        #expect(ring.samples(from: -5, limit: 1).samples.map(\.time) == [at(0)])
        #expect(ring.samples(from: 99, limit: 1).samples.isEmpty)
        #expect(ring.samples(from: 0, limit: -1).samples.isEmpty)
    }

    @Test func `an hour takes less than four megabytes`() {
        #expect(MemoryLayout<AdmissionSample>.stride * AdmissionRing.capacity < 4 << 20)
    }

    @Test func `a tick leaves a sample of what was seen`() throws {
        let world = LaneWorld()
        let held = world.occupy(4, at: at(0))
        world.ask(.visitor, at: at(0))
        world.ask(.background, at: at(0))
        world.lane.finish(held[0], now: at(30))
        world.lane.finish(held[1], .failed, now: at(30))
        world.tick(from: at(0))

        let sample = try #require(world.control.latest)

        #expect(sample.time == at(100))
        #expect(sample.admitted.visitor == 5)
        #expect(sample.refused.background == 1)
        #expect(sample.completions == 1)
        #expect(sample.failures == 1)
        #expect(sample.inFlight == 3)
        #expect(sample.waiting == 0)
        // Four that did not wait, and one that waited 30 ms.
        #expect(sample.delayLeast == 0)
        #expect(sample.delayMean == 6_000)
    }
}
