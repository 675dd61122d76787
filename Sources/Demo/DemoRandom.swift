/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same choices on every machine.
struct DemoRandom: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A generator of its own for thing number `index`, so that one more choice for one thing does
    /// not change all the others.
    init(seed: UInt64, stream: UInt64, index: Int = 0) {
        var mixer = DemoRandom(seed: seed ^ (stream &* 0xD6E8_FEB8_6659_FD93))
        state = mixer.next() ^ (UInt64(truncatingIfNeeded: index) &* 0xA076_1D64_78BD_642F)
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from zero to below `bound`, by the high half of a product: `Int.random` may choose
    /// otherwise in another version of Swift.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound.magnitude)).high)
    }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True so many times in a hundred.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of the items, of which there is at least one.
    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    /// So many of the items at most, each once, in a new order.
    mutating func pick<Item>(_ count: Int, of items: [Item]) -> [Item] {
        var rest = items
        let taken = min(count, rest.count)
        for position in 0..<taken {
            rest.swapAt(position, position + below(rest.count - position))
        }
        return Array(rest.prefix(taken))
    }

    /// One of the items, each as often as its weight says.
    mutating func pick<Item>(weighted items: [(Int, Item)]) -> Item {
        var rest = below(items.reduce(0) { $0 + $1.0 })
        for (weight, item) in items {
            if rest < weight { return item }
            rest -= weight
        }
        return items[items.count - 1].1
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
    }
}
