import Domain
import EventLoop

/// What a folder holds, read without changing anything.
struct SpoolInventory {
    struct FoundSegment {
        let name: SpoolFileName
        let bytes: Int
        let scan: SegmentFormat.Scan
        /// Blocks that the disk would not give.
        let isUnreadable: Bool
    }

    /// By number.
    private(set) var segments: [FoundSegment] = []
    private(set) var outcomeFiles: [SpoolFileName] = []
    private(set) var damagedFiles: [String] = []
    /// The last word about each record.
    private(set) var outcomes: [UInt64: SpoolOutcome] = [:]
    private(set) var sequenceMax: UInt64 = 0
    private(set) var segmentNumberMax: UInt64 = 0

    init(files: any SpoolFiles) throws(SpoolError) {
        let names: [SpoolFileName]
        do throws(SystemError) {
            names = try files.names().compactMap(SpoolFileName.init).sorted {
                $0.number < $1.number
            }
        } catch {
            throw .system(error)
        }
        for name in names where name.role == .outcomes { try readOutcomes(name, files) }
        for name in names {
            switch name.role {
            case .segment, .suspect: try readSegment(name, files)
            case .damaged:
                damagedFiles.append(name.text)
                segmentNumberMax = max(segmentNumberMax, name.number)
            case .outcomes: break
            }
        }
    }

    private mutating func readOutcomes(
        _ name: SpoolFileName, _ files: any SpoolFiles
    ) throws(SpoolError) {
        let (bytes, scan, _) = try Self.scan(name, files)
        outcomeFiles.append(name)
        var own: [UInt64: SpoolOutcome] = [:]
        for found in scan.records {
            let record = bytes[found.offset...].withUnsafeBytes {
                RecordFormat.decode($0, salt: name.salt)
            }
            // With the number, because the end of a torn file may be there without its middle.
            if record == OutcomeFormat.encode(countOfAll: own.count) { outcomes = own }
            guard let outcome = record.flatMap(OutcomeFormat.decode) else { continue }
            own[outcome.head.sequence] = outcome
            outcomes[outcome.head.sequence] = outcome
            sequenceMax = max(sequenceMax, outcome.head.sequence)
        }
    }

    private mutating func readSegment(
        _ name: SpoolFileName, _ files: any SpoolFiles
    ) throws(SpoolError) {
        let (bytes, scan, isUnreadable) = try Self.scan(name, files)
        segments.append(
            FoundSegment(name: name, bytes: bytes.count, scan: scan, isUnreadable: isUnreadable))
        segmentNumberMax = max(segmentNumberMax, name.number)
        for found in scan.records { sequenceMax = max(sequenceMax, found.head.sequence) }
    }

    private static func scan(
        _ name: SpoolFileName, _ files: any SpoolFiles
    ) throws(SpoolError) -> (bytes: [UInt8], scan: SegmentFormat.Scan, isUnreadable: Bool) {
        let (bytes, isUnreadable): ([UInt8], Bool)
        do throws(SystemError) {
            (bytes, isUnreadable) = try read(name.text, files)
        } catch {
            throw .system(error)
        }
        let scan = bytes.withUnsafeBytes { SegmentFormat.scan($0, of: name) }
        if case .newer = scan.beginning { throw .newerVersion(file: name.text) }
        return (bytes, scan, isUnreadable)
    }

    /// The whole of a file; blocks that the disk does not give are read as zeros.
    private static func read(
        _ name: String, _ files: any SpoolFiles
    ) throws(SystemError) -> (bytes: [UInt8], isUnreadable: Bool) {
        let file = try files.open(name)
        defer { files.close(file) }
        let length = try files.length(of: file)
        if let whole = try? files.readAll(length, from: file, at: 0) { return (whole, false) }
        var bytes: [UInt8] = []
        while bytes.count < length {
            let count = min(blockBytes, length - bytes.count)
            let block = (try? files.readAll(count, from: file, at: bytes.count)) ?? []
            bytes += block
            bytes += [UInt8](repeating: 0, count: count - block.count)
        }
        return (bytes, true)
    }

    private static let blockBytes = 4096
}
