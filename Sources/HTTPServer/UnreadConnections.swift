import Admission
import EventLoop

/// The connections of one loop whose next request has come and was not read yet: in each turn some are
/// read, in the order of `UnreadLine`.
///
/// While there is time for all, each is read in the turn in which its request came. Confined to
/// its loop.
final class UnreadConnections {
    private let loop: EventLoop
    private let keeper: any Doorkeeper
    private var line: UnreadLine
    private var retry: LoopTimer?

    /// Read in one turn at most: then answers of the database and new connections have theirs.
    private static let turnTimeMax = Duration.microseconds(500)
    /// Until the budget for refusing is looked at again.
    private static let pause = Duration.milliseconds(2)
    /// Whoever has waited so long is not waiting any more.
    private static let patience = Duration.seconds(30)

    init(loop: EventLoop, keeper: any Doorkeeper, capacity: Int) {
        self.loop = loop
        self.keeper = keeper
        line = UnreadLine(capacity: capacity, now: Moment(MonotonicTime.now))
    }

    /// Notes that a connection became readable; false where there is no place, and it is to be read
    /// at once.
    func append(_ connection: Connection) -> Bool {
        let guidance = keeper.guidance
        let cohort = guidance.isCutting ? keeper.cohort(of: connection.peer) : nil
        let standing = guidance.standing(
            wasImportant: connection.isImportant, cohort: cohort, wasServed: connection.wasServed)
        let token = UInt64(UInt(bitPattern: Unmanaged.passUnretained(connection).toOpaque()))
        connection.place = line.append(token: token, standing, now: Moment(loop.now))
        return connection.place != nil
    }

    /// Forgets a connection that is read or closed now.
    func remove(_ connection: Connection) {
        guard let place = connection.place else { return }
        connection.place = nil
        line.remove(place)
    }

    /// A request on a kept connection was refused.
    func refused() { line.refused(1) }

    /// Reads as much as may be read in this turn; returns whether more can be read in the next.
    func readSome() -> Bool {
        guard line.count > 0 else { return false }
        line.availability = keeper.availability
        let isRefusing = keeper.guidance.isCutting
        let begin = MonotonicTime.now
        var now = begin
        while now - begin < Self.turnTimeMax {
            let next = line.next(now: Moment(now), room: keeper.room, isRefusing: isRefusing)
            guard let connection = connection(next) else { break }
            connection.readNow()
            now = MonotonicTime.now
        }
        let hasMore = line.count > 0 && now - begin >= Self.turnTimeMax
        keeper.readingEnded(withMoreToRead: hasMore)
        if hasMore || line.count == 0 { return hasMore }
        closeStale(now)
        // A slot that becomes free is the end of an answer, and so a turn; the budget is not.
        if retry == nil {
            retry = loop.schedule(after: Self.pause) { [weak self] in self?.retry = nil }
        }
        return false
    }

    private func closeStale(_ now: MonotonicTime) {
        while let stale = connection(line.takeStale(longerThan: Self.patience, now: Moment(now))) {
            stale.place = nil
            stale.close()
        }
    }

    /// A connection takes itself out before it ends, so a token always names one that is there.
    private func connection(_ token: UInt64?) -> Connection? {
        guard let token, let pointer = UnsafeRawPointer(bitPattern: UInt(token)) else { return nil }
        return Unmanaged<Connection>.fromOpaque(pointer).takeUnretainedValue()
    }
}
