/// One tick of the control, as the status page shows it.
package struct AdmissionSample: Sendable, Equatable {
    /// The end of the tick.
    package let time: Moment
    package let mode: AdmissionMode
    package let guidance: Guidance
    /// Requests a tick that are to be let in; nil while not overloaded.
    package let target: Float?
    /// The worst measure as part of its bound: from 1 on it is overload.
    package let pressure: Float
    package let admitted: PerClass<UInt16>
    package let refused: PerClass<UInt16>
    /// What would have been refused, where the control only observes.
    package let wouldRefuse: UInt16
    package let completions: UInt16
    package let failures: UInt16
    /// Requests in the queue, and with a slot.
    package let waiting: UInt16
    package let inFlight: UInt16
    /// Queue delays and the loops' worst lag, in microseconds.
    package let delayLeast: UInt32
    package let delayMean: UInt32
    package let lag: UInt32

    init(
        now: Moment, report: borrowing TickReport, controller: OverloadController,
        mode: AdmissionMode, inFlight: Int
    ) {
        time = now
        self.mode = mode
        guidance = controller.guidance
        if case .limiting(let target) = controller.state {
            self.target = Float(target)
        } else {
            target = nil
        }
        pressure = Float(controller.pressure)
        admitted = report.admitted.mapValues { UInt16(clamping: $0) }
        refused = report.refused.mapValues { UInt16(clamping: $0) }
        wouldRefuse = UInt16(clamping: report.wouldRefuse)
        completions = UInt16(clamping: report.completions)
        failures = UInt16(clamping: report.failures)
        waiting = UInt16(clamping: report.waiting)
        self.inFlight = UInt16(clamping: inFlight)
        let isMeasured = report.delayCount > 0
        delayLeast = isMeasured ? UInt32(clamping: report.delayLeast / 1_000) : 0
        delayMean =
            isMeasured
            ? UInt32(clamping: report.delaySum / Int64(report.delayCount) / 1_000) : 0
        lag = UInt32(clamping: report.lag / 1_000)
    }
}

/// The samples of the last hour, in fixed memory.
struct AdmissionRing: Sendable {
    /// An hour of ticks.
    static let capacity = 36_000

    private var samples: ContiguousArray<AdmissionSample> = []
    /// The same by ten seconds, oldest first; the last one goes on.
    private(set) var summaries: [AdmissionSummary] = []
    /// The number of the next sample; the first is 0.
    private(set) var next = 0

    init() { samples.reserveCapacity(Self.capacity) }

    mutating func append(_ sample: AdmissionSample) {
        if samples.count < Self.capacity {
            samples.append(sample)
        } else {
            samples[next % Self.capacity] = sample
        }
        if summaries.last.map({ $0.ticks >= AdmissionSummary.ticksMax }) ?? true {
            if summaries.count == Self.capacity / AdmissionSummary.ticksMax {
                summaries.removeFirst()
            }
            summaries.append(AdmissionSummary(time: sample.time))
        }
        summaries[summaries.count - 1].add(sample)
        next += 1
    }

    var latest: AdmissionSample? {
        next == 0 ? nil : samples[(next - 1) % Self.capacity]
    }

    func samples(from number: Int, limit: Int) -> (samples: [AdmissionSample], next: Int) {
        let start = min(max(number, next - samples.count), next)
        let end = min(next, start + max(0, limit))
        return ((start..<end).map { samples[$0 % Self.capacity] }, end)
    }
}
