import Glibc

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, everywhere.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Numbers of one stream of a seed; streams of one seed have nothing to do with each other.
    package init(seed: UInt64, stream: UInt64 = 0) {
        state = seed
        // Two streams that started `stream` steps apart would give the same numbers later.
        state = next() ^ (stream &* 0xd134_2543_de82_ef95)
        state = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// An exponentially distributed number with mean 1.
    package mutating func exponential() -> Double {
        // 53 bits, moved by one so that it is never 0, whose logarithm is infinite.
        -log(Double((next() >> 11) + 1) * 0x1p-53)
    }

    /// A number from 0 up to, but not including, `bound`.
    mutating func index(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }
}
