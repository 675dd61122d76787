import Domain
import EventLoop
import Synchronization

@testable import Spool

/// A repeatable source of chance (SplitMix64, Steele et al., OOPSLA 2014).
struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

/// A clock that a test moves, and repeatable salts.
final class TestTime: Sendable {
    private struct State {
        var instant = Instant(microseconds: 1_800_000_000_000_000)
        var monotonic = MonotonicTime(nanoseconds: 1_000_000_000)
        var chance: Chance
    }

    private let state: Mutex<State>

    init(seed: UInt64 = 1) {
        state = Mutex(State(chance: Chance(state: seed)))
    }

    var now: Instant { state.withLock { $0.instant } }

    func pass(seconds: Int) {
        state.withLock { state in
            state.instant = state.instant.adding(seconds: seconds)
            state.monotonic = state.monotonic + .seconds(seconds)
        }
    }

    /// With the system's monotonic clock, by which a spool's thread waits.
    var threadSurroundings: SpoolSurroundings {
        var surroundings = surroundings
        surroundings.monotonic = { .now }
        return surroundings
    }

    var surroundings: SpoolSurroundings {
        SpoolSurroundings(
            clock: { self.now }, monotonic: { self.state.withLock { $0.monotonic } },
            random: { self.state.withLock { $0.chance.next() } })
    }
}

/// A receipt that differs for each number.
func receipt(_ number: Int) -> ReceiptCode {
    var rest = number
    return ReceiptCode(
        random: (0..<ReceiptCode.length).map { _ in
            defer { rest /= 32 }
            return UInt8(rest % 32)
        })
}

/// A draft whose contents follow from its number.
func draft(
    _ number: Int, entity: Int? = nil, bytes: Int = 20, isImportant: Bool = false,
    hasReceipt: Bool = true
) -> SpoolDraft {
    SpoolDraft(
        key: SpoolKey(rawValue: UInt128(number) + 1), kind: .application,
        entity: SpoolEntity(rawValue: UInt64(entity ?? number)),
        receipt: hasReceipt ? receipt(number) : nil, payload: payload(number, bytes),
        isImportant: isImportant)
}

func payload(_ number: Int, _ bytes: Int) -> [UInt8] {
    var chance = Chance(state: UInt64(number))
    return (0..<bytes).map { _ in UInt8.random(in: 0...255, using: &chance) }
}

/// Small bounds, so that few records fill a file.
func smallSettings() -> SpoolSettings {
    var settings = SpoolSettings()
    settings.segmentBytesMax = 1_500
    settings.payloadBytesMax = 1_000
    settings.bytesMax = 200_000
    settings.recordsMax = 1_000
    settings.reserveBytes = 4_000
    settings.reserveRecords = 10
    settings.reservePayloadBytesMax = 100
    settings.lockPatience = .zero
    settings.groupWindow = .zero
    return settings
}

/// The spool's files with the index, without its thread.
func openLog(
    _ disk: FaultyDisk, _ time: TestTime, _ settings: SpoolSettings = smallSettings()
) throws -> (log: SpoolLog, shared: SharedIndex) {
    let shared = SharedIndex()
    let log = try SpoolLog(
        files: disk, settings: settings, surroundings: time.surroundings, shared: shared)
    return (log, shared)
}

extension SharedIndex {
    var metrics: SpoolMetrics { withLock { $0.metrics } }
    var health: SpoolHealth { withLock { $0.health } }

    /// The entries that wait or are set aside, by sequence.
    var kept: [SpoolEntry] {
        withLock { state in
            state.index.entries.values.filter { !$0.state.isFinal }.map(\.entry)
                .sorted { $0.head.sequence < $1.head.sequence }
        }
    }

    func entry(_ number: Int) -> SpoolEntry? {
        withLock { $0.index[SpoolKey(rawValue: UInt128(number) + 1)]?.entry }
    }
}

extension SpoolLog {
    /// Commits drafts one group at a time; true for those that are safe.
    func accepts(_ drafts: [SpoolDraft]) -> [Bool] {
        commit(drafts).map { if case .success = $0 { true } else { false } }
    }
}
