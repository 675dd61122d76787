import CLinux
import Glibc
import HTTP

/// Bytes of answers that the socket did not take yet, in order.
struct OutputQueue {
    private var segments: [Segment] = []
    private var first = 0
    /// Bytes that wait.
    private(set) var byteCount = 0

    /// Segments in memory, sent ones included.
    var segmentCount: Int { segments.count }

    /// Sent segments are taken out when there are so many, and at least half of all.
    private static let sentSegmentsMax = 16

    private struct Segment {
        var bytes: Content
        var offset: Int

        var count: Int { bytes.count - offset }
    }

    /// Where a segment's bytes live: shared ones are not copied for each reader.
    private enum Content {
        case owned([UInt8])
        case shared(PreparedResponse)

        var count: Int {
            switch self {
            case .owned(let bytes): bytes.count
            case .shared(let response): response.contentCount
            }
        }
    }

    var isEmpty: Bool { byteCount == 0 }

    mutating func append(_ bytes: [UInt8]) {
        push(Segment(bytes: .owned(bytes), offset: 0))
    }

    /// Appends the content of a response that was made in advance, without its head.
    mutating func append(_ response: PreparedResponse) {
        push(Segment(bytes: .shared(response), offset: 0))
    }

    private mutating func push(_ segment: Segment) {
        guard segment.count > 0 else { return }
        segments.append(segment)
        byteCount += segment.count
    }

    /// Calls `body` with the first bytes that wait.
    func withFirst<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let segment = segments[first]
        switch segment.bytes {
        case .owned(let bytes):
            return bytes.withUnsafeBytes {
                body(UnsafeRawBufferPointer(rebasing: $0[segment.offset...]))
            }
        case .shared(let response):
            return response.withContent {
                body(
                    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer($0)[segment.offset...]))
            }
        }
    }

    /// Takes away what was sent.
    mutating func drop(_ count: Int) {
        var left = count
        byteCount -= count
        while left > 0 {
            let available = segments[first].count
            if left < available {
                segments[first].offset += left
                return
            }
            left -= available
            segments[first].bytes = .owned([])
            first += 1
        }
        if first == segments.count {
            segments.removeAll()
            first = 0
        } else if first >= Self.sentSegmentsMax, first * 2 >= segments.count {
            segments.removeFirst(first)
            first = 0
        }
    }

    mutating func removeAll() {
        segments.removeAll()
        first = 0
        byteCount = 0
    }
}
