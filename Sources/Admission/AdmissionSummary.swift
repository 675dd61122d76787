/// What the control saw and did in ten seconds, of which an hour is kept.
package struct AdmissionSummary: Sendable, Equatable {
    /// The end of its last tick.
    package private(set) var time: Moment
    /// Ticks of 100 ms that it is made of; fewer than `ticksMax` in the one that goes on.
    package private(set) var ticks = 0
    package private(set) var admitted = PerClass<Int>(repeating: 0)
    package private(set) var refused = PerClass<Int>(repeating: 0)
    /// What would have been refused, where the control only observed.
    package private(set) var wouldRefuse = 0
    /// The longest mean of a tick, in microseconds.
    package private(set) var delayMost = 0
    /// The loops' worst lag, in microseconds.
    package private(set) var lagMost = 0
    package private(set) var levelMost = BrownoutLevel.none

    package static let ticksMax = 100

    package init(time: Moment) { self.time = time }

    mutating func add(_ sample: AdmissionSample) {
        time = sample.time
        ticks += 1
        for requestClass in RequestClass.allCases {
            admitted[requestClass] += Int(sample.admitted[requestClass])
            refused[requestClass] += Int(sample.refused[requestClass])
        }
        wouldRefuse += Int(sample.wouldRefuse)
        delayMost = max(delayMost, Int(sample.delayMean))
        lagMost = max(lagMost, Int(sample.lag))
        levelMost = max(levelMost, sample.guidance.level)
    }

    package var admittedSum: Int { RequestClass.allCases.reduce(0) { $0 + admitted[$1] } }
    package var refusedSum: Int { RequestClass.allCases.reduce(0) { $0 + refused[$1] } }
}
