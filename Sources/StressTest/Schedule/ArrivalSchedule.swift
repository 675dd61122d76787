/// When visitors mean to arrive: a Poisson process whose rate changes with the phases.
///
/// The schedule knows nothing of answers. It is drawn by the change of time: the gaps of a process
/// of rate 1 are exponential, and a stretch of length `t` at rate `r` uses up `r t` of them.
package struct ArrivalSchedule: Sendable {
    private let phases: Phases
    private let rate: Double
    private var random: SeededRandom
    private var phase = 0
    private var position = 0.0
    private var phaseEnd: Double

    /// - Parameter rate: arrivals a second where the factor is 1.
    package init(rate: Double, phases: Phases, random: SeededRandom) {
        self.phases = phases
        self.rate = rate
        self.random = random
        phaseEnd = phases.list[0].length.inSeconds
    }

    /// The next arrival as an offset from the start of the run; nil after the last phase.
    package mutating func next() -> Duration? {
        var gap = random.exponential()
        while phase < phases.list.count {
            let present = rate * phases.list[phase].factor
            let left = (phaseEnd - position) * present
            if gap < left {
                position += gap / present
                return .nanoseconds(Int64(position * 1e9))
            }
            gap -= left
            position = phaseEnd
            phase += 1
            if phase < phases.list.count { phaseEnd += phases.list[phase].length.inSeconds }
        }
        return nil
    }
}
