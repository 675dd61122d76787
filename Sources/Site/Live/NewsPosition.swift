import Domain
import Store

/// How far the outbox was read.
///
/// The ids of messages are given out before their transactions commit, so a smaller one may become
/// visible after a larger one. That is why reading begins again, each time, behind the last message
/// below which nothing can appear any more, and what was read already is left out. Such a message
/// is the newest one of a reading, once every transaction is over that had begun at that time: a
/// message is written after what it tells about, so its transaction had a number before the
/// message had an id.
struct NewsPosition {
    /// Up to here all that was written can be seen.
    private(set) var settled: OutboxID
    /// Read messages behind that one.
    private(set) var known: Set<OutboxID> = []
    /// Readings that are not settled, oldest first.
    private var unsettled: [(newest: OutboxID, nextTransaction: Int64)] = []

    /// Remembered at most. A transaction that commits behind so many others has taken so long that
    /// its message is left to the next page.
    private static let knownMax = 5_000

    init(settled: OutboxID) { self.settled = settled }

    /// Takes a reading in; returns what is new in it.
    mutating func advance(_ reading: News.Reading) -> [News.Item] {
        let new = reading.items.filter { known.insert($0.id).inserted && $0.id > settled }
        unsettled.append((reading.newest, reading.nextTransaction))
        while let oldest = unsettled.first, reading.oldestRunning >= oldest.nextTransaction {
            settle(oldest.newest)
            unsettled.removeFirst()
        }
        if known.count > Self.knownMax, let newest = known.max() { settle(newest) }
        return new
    }

    private mutating func settle(_ id: OutboxID) {
        guard id > settled else { return }
        settled = id
        known = known.filter { $0 > id }
    }
}

/// What a reader has seen, as it travels in `id:` and `Last-Event-ID`: the message up to which all
/// was told, and those behind it that were.
struct NewsMark: Hashable {
    let settled: OutboxID
    let told: Set<OutboxID>

    /// As many are remembered; what is forgotten may be told twice, but nothing is left out.
    private static let toldMax = 16

    init(settled: OutboxID, told: Set<OutboxID>) {
        self.settled = settled
        let behind = told.filter { $0 > settled }
        self.told =
            behind.count <= Self.toldMax ? behind : Set(behind.sorted().suffix(Self.toldMax))
    }

    /// Reads `SETTLED-TOLD-TOLD…`; nil for what this site never sends.
    init?(_ text: String) {
        guard text.utf8.count <= 20 * (Self.toldMax + 1) else { return nil }
        var ids: [OutboxID] = []
        for part in text.utf8.split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        {
            guard part.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int64(Substring(part))
            else { return nil }
            ids.append(OutboxID(number))
        }
        guard let settled = ids.first, ids.count <= Self.toldMax + 1 else { return nil }
        self.init(settled: settled, told: Set(ids.dropFirst()))
    }

    var text: String {
        ([settled] + told.sorted()).map(\.description).joined(separator: "-")
    }
}
