/// Which connection attempts the kernel is to drop before it queues them.
///
/// An attempt that meets a full backlog is dropped, and repeated after a second (RFC 6298); by
/// then it is served too late to count, and takes the place of a fresh one: of n attempts that
/// compete for one place, half are such. A socket filter on the listening socket
/// (`SO_ATTACH_FILTER`, a few classic BPF instructions over the source address) drops attempts
/// by group, so that all attempts of one visitor have the same fate: who passes finds room at
/// the first attempt, and who gets in stays in.
///
/// Where all come from one address, as behind a proxy, leave it out, or take the port into the
/// hash: then at least an attempt that is repeated has the fate of the first.
///
/// Feed-forward: `SO_MEMINFO` counts the attempts that a listening socket dropped, so the demand
/// is known although it is not let in.
package struct ConnectionSieve: Sendable {
    /// Groups of attempts by a hash of the source, of 256.
    package static let groups = 256

    /// Groups with a lower number pass; all 256 while nobody is dropped.
    package private(set) var passing = ConnectionSieve.groups

    /// What passed in each of the last ticks, as a share: what was dropped a second ago comes
    /// again now.
    private var shares = ContiguousArray<Double>(repeating: 1, count: 10)
    private var step = 0
    /// The most that was accepted in a tick, fading by a twentieth a tick.
    private var capacity = 0.0
    /// A little more passes than is accepted, so that the backlog never runs empty.
    private static let headroom = 1.05

    package init() {}

    /// Decides after each tick of 100 ms.
    ///
    /// - Parameters:
    ///   - accepted: connections accepted in it.
    ///   - dropped: attempts that the kernel dropped in it, for whatever reason.
    ///   - wasLimited: whether more waited than were accepted, most of the time.
    /// - Returns: the groups that pass from now on: those below this number.
    package mutating func tick(accepted: Int, dropped: Int, wasLimited: Bool) -> Int {
        let attempts = Double(max(0, accepted) + max(0, dropped))
        let fresh = attempts / (2 - shares[step % shares.count])
        // Not limited: there is room for more than was known.
        capacity = max(capacity * 0.95, Double(accepted) * (wasLimited ? 1 : 1.1))
        let wanted = Self.headroom * capacity
        let share = dropped > 0 && fresh > 0 ? min(1, wanted / fresh) : 1
        shares[step % shares.count] = share
        step += 1
        passing = max(1, Int((share * Double(Self.groups)).rounded()))
        return passing
    }
}
