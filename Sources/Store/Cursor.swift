import Domain
import Postgres

/// Where the next rows of a list begin: the keys of the last row before them.
///
/// Clients pass its text on without looking into it.
package struct Cursor: Hashable, Sendable {
    /// The time of the last row in lists that are ordered by one, else zero.
    let time: Instant
    let id: Int64

    init(time: Instant = Instant(microseconds: 0), id: Int64) {
        self.time = time
        self.id = id
    }

    /// Of a list in the order of its ids that is to begin with a row.
    package init(before id: Int64) { self.init(id: id - 1) }

    /// From 1970 to the year 9999, which a `timestamptz` can keep.
    private static let times: ClosedRange<Int64> = 0...253_402_300_800_000_000

    /// Reads what `text` wrote; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard text.utf8.count <= 40, parts.count == 2, let time = Int64(parts[0]),
            let id = Int64(parts[1]), id >= 0, Self.times.contains(time)
        else { return nil }
        self.init(time: Instant(microseconds: time), id: id)
    }

    package var text: String { "\(time.microseconds)_\(id)" }
}

/// How many rows of a list are asked for: 1 to 100.
package struct PageLimit: Hashable, Sendable {
    package let value: Int

    package static let max = 100
    /// What a page shows when nobody asks for another number.
    package static let usual = PageLimit(clamping: 20)

    /// Takes the nearest number that is allowed.
    package init(clamping value: Int) {
        self.value = Swift.min(Swift.max(value, 1), Self.max)
    }

    /// One more than is shown tells whether there is a next page.
    var fetched: Int { value + 1 }
}

/// Some rows of a list, and where the next begin.
package struct Listing<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Nil at the end of the list.
    package let next: Cursor?

    /// Takes up to one row more than the limit, and the cursor that each row makes.
    init(_ rows: [Item], limit: PageLimit, cursor: (Item) -> Cursor) {
        items = Array(rows.prefix(limit.value))
        next = rows.count > limit.value ? items.last.map(cursor) : nil
    }
}
