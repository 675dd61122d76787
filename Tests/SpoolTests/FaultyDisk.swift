import EventLoop
import Glibc
import Spool
import Synchronization

/// A folder in memory that loses power, fills up and reports errors, as disks do.
///
/// What is written stands in the "page cache" until it is synchronised. When the power is lost, any
/// part of the rest may be there: each write wholly, partly, or not at all, and of the changes to the
/// folder the first few, as a journal keeps them in order. A failed synchronising is that of the
/// kernel: it forgets what it could not write, and the next one succeeds.
final class FaultyDisk: SpoolFiles {
    struct Faults {
        /// How many bytes all files may have.
        var room = Int.max
        /// So many of the next calls of `synchronize` fail.
        var failingSyncs = 0
        /// With this error.
        var syncErrno = EIO
        var failingFolderSyncs = 0
        var failingCreations = 0
        var failingRenames = 0
        var failingTruncations = 0
        var failingReads = 0
        var failingRemovals = 0
        /// The power is lost after so many bytes and calls.
        var unitsLeft = Int.max
        /// A write takes at most so many bytes.
        var writeMax = Int.max
    }

    private enum Change {
        case write(Int, [UInt8])
        case truncate(Int)
    }

    private struct File {
        var cached: [UInt8] = []
        var durable: [UInt8] = []
        var changes: [Change] = []
    }

    private struct State {
        var faults = Faults()
        var files: [Int: File] = [:]
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
        /// The folder after each change that was not synchronised.
        var namesSince: [[String: Int]] = []
        var open: [Int32: Int] = [:]
        var count = 0
        var isLocked = false
        var chance: Chance
        var syncs = 0
    }

    private let state: Mutex<State>

    init(seed: UInt64 = 1) {
        state = Mutex(State(chance: Chance(state: seed)))
    }

    // MARK: For tests

    var faults: Faults {
        get { state.withLock { $0.faults } }
        set { state.withLock { $0.faults = newValue } }
    }

    /// How often a file was synchronised.
    var syncs: Int { state.withLock { $0.syncs } }

    /// Every file's bytes as a reader sees them.
    var contents: [String: [UInt8]] {
        state.withLock { state in state.names.mapValues { state.files[$0]?.cached ?? [] } }
    }

    var isPowerLost: Bool { faults.unitsLeft <= 0 }
    var openFiles: Int { state.withLock { $0.open.count } }

    /// Replaces a file's bytes, durably.
    func replace(_ name: String, _ bytes: [UInt8]) {
        state.withLock { state in
            state.count += 1
            state.files[state.count] = File(cached: bytes, durable: bytes)
            state.names[name] = state.count
            state.durableNames[name] = state.count
        }
    }

    /// What is there after the power was lost now; the faults are gone.
    func afterPowerLoss() -> FaultyDisk {
        let (names, files, seed) = state.withLock { state in
            let kept = Int.random(in: 0...state.namesSince.count, using: &state.chance)
            let names = kept == 0 ? state.durableNames : state.namesSince[kept - 1]
            var files: [String: [UInt8]] = [:]
            for (name, number) in names.sorted(by: { $0.key < $1.key }) {
                guard let file = state.files[number] else { continue }
                files[name] = Self.torn(file, &state.chance)
            }
            return (names, files, state.chance.next())
        }
        let disk = FaultyDisk(seed: seed)
        for name in names.keys { disk.replace(name, files[name] ?? []) }
        return disk
    }

    /// What the next process finds after this one was killed: what was not synchronised is still to
    /// be read, and still to be lost with the power. The faults are gone.
    func afterKill() -> FaultyDisk {
        let disk = FaultyDisk()
        var next = state.withLock { $0 }
        next.faults = Faults()
        next.open = [:]
        next.isLocked = false
        let copy = next
        disk.state.withLock { $0 = copy }
        return disk
    }

    private static func torn(_ file: File, _ chance: inout Chance) -> [UInt8] {
        var bytes = file.durable
        for change in file.changes {
            switch (change, Int.random(in: 0...2, using: &chance)) {
            case (_, 0): break
            case (.write(let offset, let data), 1):
                let count = Int.random(in: 0...data.count, using: &chance)
                apply(.write(offset, Array(data.prefix(count))), to: &bytes)
            case (.truncate, 1): break
            default: apply(change, to: &bytes)
            }
        }
        return bytes
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .truncate(let length):
            bytes = Array(bytes.prefix(length))
            bytes += [UInt8](repeating: 0, count: length - bytes.count)
        case .write(let offset, let data):
            if data.isEmpty { return }
            if offset == bytes.count { return bytes.append(contentsOf: data) }
            let missing = offset + data.count - bytes.count
            if missing > 0 { bytes += [UInt8](repeating: 0, count: missing) }
            bytes.replaceSubrange(offset..<offset + data.count, with: data)
        }
    }

    // MARK: SpoolFiles

    private func run<Value: Sendable>(
        _ call: StaticString, units: Int = 1,
        _ body: (inout State) -> Result<Value, Failure>
    ) throws(SystemError) -> Value {
        let result = state.withLock { state -> Result<Value, Failure> in
            guard state.faults.unitsLeft > 0 else { return .failure(Failure(errno: EIO)) }
            if state.faults.unitsLeft != .max { state.faults.unitsLeft -= units }
            return body(&state)
        }
        do {
            return try result.get()
        } catch {
            throw SystemError(call: call, errno: error.errno)
        }
    }

    private struct Failure: Error { let errno: Int32 }

    /// Counts a fault down; true where it strikes.
    private static func strikes(_ count: inout Int) -> Bool {
        guard count > 0 else { return false }
        count -= 1
        return true
    }

    func lock() throws(SystemError) -> Bool {
        state.withLock { state in
            defer { state.isLocked = true }
            return !state.isLocked
        }
    }

    func unlock() { state.withLock { $0.isLocked = false } }

    func names() throws(SystemError) -> [String] {
        try run("opendir") { .success(Array($0.names.keys)) }
    }

    func create(_ name: String) throws(SystemError) -> Int32 {
        try run("openat") { state in
            if Self.strikes(&state.faults.failingCreations) {
                return .failure(Failure(errno: EIO))
            }
            guard state.names[name] == nil else { return .failure(Failure(errno: EEXIST)) }
            state.count += 1
            state.files[state.count] = File()
            state.names[name] = state.count
            state.namesSince.append(state.names)
            state.open[Int32(state.count)] = state.count
            return .success(Int32(state.count))
        }
    }

    func open(_ name: String) throws(SystemError) -> Int32 {
        try run("openat") { state in
            guard let file = state.names[name] else { return .failure(Failure(errno: ENOENT)) }
            state.count += 1
            state.open[Int32(state.count)] = file
            return .success(Int32(state.count))
        }
    }

    func length(of file: Int32) throws(SystemError) -> Int {
        try run("fstat") { state in
            .success(state.open[file].flatMap { state.files[$0]?.cached.count } ?? 0)
        }
    }

    func write(
        _ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int
    ) throws(SystemError) -> Int {
        let data = Array(bytes)
        return try run("pwrite") { state in
            guard let number = state.open[file] else { return .failure(Failure(errno: EINVAL)) }
            let length = state.files[number]?.cached.count ?? 0
            var count = min(data.count, state.faults.writeMax)
            if state.faults.room != .max {
                let used = state.names.values.reduce(0) {
                    $0 + (state.files[$1]?.cached.count ?? 0)
                }
                let free = max(0, state.faults.room - used)
                count = min(count, length + free - offset)
            }
            if count <= 0 { return .failure(Failure(errno: ENOSPC)) }
            if state.faults.unitsLeft != .max {
                count = min(count, state.faults.unitsLeft)
                if count <= 0 { return .failure(Failure(errno: EIO)) }
                state.faults.unitsLeft -= count
            }
            let change = Change.write(offset, Array(data.prefix(count)))
            // In place: a copy of the file for every byte would make these tests slow.
            Self.apply(change, to: &state.files[number, default: File()].cached)
            state.files[number, default: File()].changes.append(change)
            return .success(count)
        }
    }

    func read(
        into buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int
    ) throws(SystemError) -> Int {
        let wanted = buffer.count
        let bytes: [UInt8] = try run("pread") { state in
            if Self.strikes(&state.faults.failingReads) { return .failure(Failure(errno: EIO)) }
            let all = state.open[file].flatMap { state.files[$0]?.cached } ?? []
            return .success(Array(all.dropFirst(offset).prefix(wanted)))
        }
        buffer.copyBytes(from: bytes)
        return bytes.count
    }

    func synchronize(_ file: Int32) throws(SystemError) {
        try run("fdatasync") { state -> Result<Void, Failure> in
            state.syncs += 1
            guard let number = state.open[file], var target = state.files[number] else {
                return .failure(Failure(errno: EINVAL))
            }
            let isFailing = Self.strikes(&state.faults.failingSyncs)
            if isFailing {
                target.durable = Self.torn(target, &state.chance)
            } else {
                for change in target.changes { Self.apply(change, to: &target.durable) }
            }
            target.changes = []
            state.files[number] = target
            return isFailing ? .failure(Failure(errno: state.faults.syncErrno)) : .success(())
        }
    }

    func synchronizeFolder() throws(SystemError) {
        try run("fsync") { state -> Result<Void, Failure> in
            if Self.strikes(&state.faults.failingFolderSyncs) {
                return .failure(Failure(errno: EIO))
            }
            state.durableNames = state.names
            state.namesSince = []
            return .success(())
        }
    }

    func truncate(_ file: Int32, to length: Int) throws(SystemError) {
        try run("ftruncate") { state -> Result<Void, Failure> in
            guard let number = state.open[file], var target = state.files[number],
                !Self.strikes(&state.faults.failingTruncations)
            else { return .failure(Failure(errno: EIO)) }
            Self.apply(.truncate(length), to: &target.cached)
            target.changes.append(.truncate(length))
            state.files[number] = target
            return .success(())
        }
    }

    func rename(_ name: String, to other: String) throws(SystemError) {
        try run("renameat") { state -> Result<Void, Failure> in
            guard let file = state.names[name], !Self.strikes(&state.faults.failingRenames)
            else { return .failure(Failure(errno: EIO)) }
            state.names[name] = nil
            state.names[other] = file
            state.namesSince.append(state.names)
            return .success(())
        }
    }

    func remove(_ name: String) throws(SystemError) {
        try run("unlinkat") { state -> Result<Void, Failure> in
            if Self.strikes(&state.faults.failingRemovals) {
                return .failure(Failure(errno: EIO))
            }
            guard state.names.removeValue(forKey: name) != nil else {
                return .failure(Failure(errno: ENOENT))
            }
            state.namesSince.append(state.names)
            return .success(())
        }
    }

    func close(_ file: Int32) { state.withLock { $0.open[file] = nil } }
}
