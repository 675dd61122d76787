/// A stretch of a run with one rate.
package struct Phase: Sendable, Hashable {
    /// How long it lasts.
    package let length: Duration
    /// By how much the rate at 1x is multiplied; 0 for silence.
    package let factor: Double

    package init(length: Duration, factor: Double) {
        self.length = length
        self.factor = factor
    }
}

/// The stretches of a run, one after another.
package struct Phases: Sendable, Hashable {
    package let list: [Phase]
    /// How long they last together.
    package let length: Duration

    /// An hour: whoever wants more starts again.
    package static let lengthMax = Duration.seconds(3_600)
    /// The most that a rate is multiplied by.
    package static let factorMax = 1_000.0

    /// Takes one or more phases that last an hour at most; nil for others.
    package init?(_ list: [Phase]) {
        let length = list.reduce(Duration.zero) { $0 + $1.length }
        guard !list.isEmpty, list.allSatisfy({ $0.length > .zero }), length <= Self.lengthMax,
            list.allSatisfy({ (0...Self.factorMax).contains($0.factor) })
        else { return nil }
        self.list = list
        self.length = length
    }

    /// One phase at 1x, of an hour at most.
    package init(steady length: Duration) {
        self.length = min(length, Self.lengthMax)
        list = [Phase(length: self.length, factor: 1)]
    }

    /// Reads `10s@1,20s@10,10s@1`; nil where it is something else.
    package init?(_ text: String) {
        var list: [Phase] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "@", omittingEmptySubsequences: false)
            guard halves.count == 2, let length = Duration(shortText: String(halves[0])),
                let factor = Double(halves[1]), factor.isFinite
            else { return nil }
            list.append(Phase(length: length, factor: factor))
        }
        self.init(list)
    }

    /// Which phase a moment of the run belongs to; what comes after the end to the last one.
    package func index(at offset: Duration) -> Int {
        var end = Duration.zero
        for (index, phase) in list.enumerated() {
            end += phase.length
            if offset < end { return index }
        }
        return list.count - 1
    }

    /// Where a phase begins.
    package func start(of index: Int) -> Duration {
        list[..<index].reduce(.zero) { $0 + $1.length }
    }
}

extension Duration {
    /// Reads a whole or decimal number with its unit: `250ms`, `1.5s`, `2m`, `80us`; nil for others
    /// and for what is below zero or over a day.
    package init?(shortText text: String) {
        let units: [(String, Double)] = [("us", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60)]
        guard let unit = units.first(where: { text.hasSuffix($0.0) }),
            let number = Double(text.dropLast(unit.0.count)),
            (0...86_400).contains(number * unit.1)
        else { return nil }
        self = .seconds(number * unit.1)
    }

    /// The length in seconds.
    package var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    /// The length in milliseconds.
    package var inMilliseconds: Double { inSeconds * 1_000 }
}
