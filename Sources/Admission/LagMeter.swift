/// Measures how long an event of a loop waits for its turn.
///
/// An event that comes at a random moment meets a turn of length d with a probability in
/// proportion to d, and waits for its end: so the mean over time of the turns' lengths, each
/// weighted by itself, is the wait that a visitor sees. One turn of 6 ms in a tick is a hiccup
/// (0.4 ms); turns of 6 ms without pause are overload (6 ms).
package struct LagMeter: Sendable {
    private var turnStart: Moment?
    private var start: Moment
    private var squares = 0.0
    private var busy = 0.0

    package init(now: Moment) {
        start = now
    }

    /// A turn begins: events were collected.
    @inline(__always)
    package mutating func turnBegan(_ now: Moment) { turnStart = now }

    /// It ends: the loop is about to wait.
    @inline(__always)
    package mutating func turnEnded(_ now: Moment) {
        guard let turnStart else { return }
        let length = Double(now.nanoseconds(since: turnStart))
        squares += length * length
        busy += length
        self.turnStart = nil
    }

    /// Nanoseconds that turns took since the last `take`.
    package var busyNanoseconds: Double { busy }

    /// The lag since the last call; a turn under way counts as far as it has come, and begins
    /// anew here.
    package mutating func take(_ now: Moment) -> Duration {
        let isInTurn = turnStart != nil
        turnEnded(now)
        if isInTurn { turnBegan(now) }
        let span = Double(now.nanoseconds(since: start))
        let lag = span > 0 ? squares / span : 0
        start = now
        squares = 0
        busy = 0
        // A clock that jumped makes one long turn; beyond a minute it says nothing.
        return .nanoseconds(Int64(min(lag, 60e9)))
    }
}
