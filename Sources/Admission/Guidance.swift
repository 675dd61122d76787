/// What the control has decided for the next tick, in one word that every lane reads.
///
/// All of a decision changes at once, because it is one atomic load.
package struct Guidance: Equatable, Sendable {
    /// Of each class the cohorts below this number are let in: 0 none, 128 all.
    package internal(set) var cutOffs = PerClass<UInt8>(repeating: UInt8(Cohort.count))
    /// How plain the site is to be.
    package internal(set) var level = BrownoutLevel.none
    /// True while overloaded: the newest of a class is served first, as the oldest is about to
    /// give up (adaptive LIFO, Maurer, "Fail at Scale", ACM Queue 2015).
    package internal(set) var isLimiting = false

    /// Lets everybody in.
    package static let open = Guidance()
    /// Lets nobody in, but that important classes are never cut.
    package static let shut: Guidance = {
        var guidance = Guidance()
        guidance.cutOffs = PerClass(
            admin: UInt8(Cohort.count), member: UInt8(Cohort.count), conversion: 0, visitor: 0,
            background: 0)
        guidance.isLimiting = true
        return guidance
    }()

    @inline(__always)
    func admits(_ requestClass: RequestClass, _ cohort: Cohort) -> Bool {
        cohort.number < cutOffs[requestClass]
    }

    /// True where some class or cohort is refused.
    package var isCutting: Bool { cutOffs != Guidance.open.cutOffs }

    /// What to put a connection down as that became readable.
    ///
    /// - Parameters:
    ///   - cohort: of its address, or of its last request's session; nil where not known.
    ///   - wasServed: whether its last request was; nil where it is the first.
    package func standing(
        wasImportant: Bool, cohort: Cohort?, wasServed: Bool?
    ) -> UnreadLine.Standing {
        if wasImportant { return .important }
        if isCutting, let cohort { return admits(.visitor, cohort) ? .inside : .outside }
        guard let wasServed else { return .unknown }
        return wasServed ? .inside : .outside
    }

    // MARK: As one word

    private static let limitingBit: UInt64 = 1 << 48

    /// Bytes 0 to 4: the cut-offs; byte 5: the level; then one bit.
    var word: UInt64 {
        var word = UInt64(level.rawValue) << 40
        if isLimiting { word |= Self.limitingBit }
        for requestClass in RequestClass.allCases {
            word |= UInt64(cutOffs[requestClass]) << UInt64(8 * requestClass.index)
        }
        return word
    }

    init() {}

    init(word: UInt64) {
        level = BrownoutLevel(rawValue: UInt8(truncatingIfNeeded: word >> 40)) ?? .none
        isLimiting = word & Self.limitingBit != 0
        cutOffs = PerClass(
            admin: Self.byte(word, 0), member: Self.byte(word, 1),
            conversion: Self.byte(word, 2), visitor: Self.byte(word, 3),
            background: Self.byte(word, 4))
    }

    @inline(__always)
    private static func byte(_ word: UInt64, _ index: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: word >> (8 * index))
    }

    /// The check of a lane, straight from the word.
    @inline(__always)
    static func admits(_ word: UInt64, _ requestClass: RequestClass, _ cohort: Cohort) -> Bool {
        cohort.number < byte(word, UInt64(requestClass.rawValue))
    }

    @inline(__always)
    static func isLimiting(_ word: UInt64) -> Bool { word & limitingBit != 0 }
}
