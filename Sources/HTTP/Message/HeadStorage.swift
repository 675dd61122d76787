/// Where one field line stands in the bytes of its head.
struct FieldEntry {
    var nameStart: UInt16
    var valueStart: UInt16
    var valueCount: UInt16
    var nameCount: UInt8
    var known: KnownField
}

/// A run of bytes of a head.
struct ByteSpan {
    var start: UInt16 = 0
    var count: UInt16 = 0

    init() {}

    @inline(__always)
    init(_ range: Range<Int>) {
        start = UInt16(truncatingIfNeeded: range.lowerBound)
        count = UInt16(truncatingIfNeeded: range.count)
    }

    @inline(__always)
    var range: Range<Int> { Int(start)..<(Int(start) &+ Int(count)) }
}

/// What the parser found out about a head; the spans are positions in its bytes.
struct HeadSummary {
    var method = Method.other
    var version = HTTPVersion.http11
    var targetForm = RequestTarget.Form.origin
    var keepAlive = true
    var expectsContinue = false
    var hasQuery = false
    var framing = BodyFraming.none
    var methodName = ByteSpan()
    var target = ByteSpan()
    /// The decoded path; it lies behind the head's own bytes when decoding changed it.
    var path = ByteSpan()
    var rawPath = ByteSpan()
    var query = ByteSpan()
    var authority = ByteSpan()
    var present: UInt64 = 0
    var fieldsCount = 0
    var bytesCount = 0
}

/// One complete head in one allocation: the summary, the field entries, then the bytes.
///
/// Unchecked because a `ManagedBuffer` is never Sendable; this one is not changed after `init`.
struct HeadStorage: @unchecked Sendable {
    private let buffer: ManagedBuffer<HeadSummary, FieldEntry>

    /// What the parser found out.
    @inline(__always)
    var header: HeadSummary {
        _read { yield buffer.header }
    }

    /// A copy of the parsed head; `decodedPath` is appended to its bytes.
    init(
        _ summary: HeadSummary, entries: [FieldEntry], bytes: UnsafeBufferPointer<UInt8>,
        decodedPath: [UInt8]
    ) {
        let bytesCount = bytes.count + decodedPath.count
        let slots = entries.count + (bytesCount + 7) / MemoryLayout<FieldEntry>.stride
        buffer = .create(minimumCapacity: slots) { _ in summary }
        buffer.withUnsafeMutablePointers { header, elements in
            header.pointee.fieldsCount = entries.count
            header.pointee.bytesCount = bytesCount
            entries.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                elements.initialize(from: base, count: source.count)
            }
            let destination = UnsafeMutableRawPointer(elements + entries.count)
            if let base = bytes.baseAddress {
                destination.copyMemory(from: base, byteCount: bytes.count)
            }
            if !decodedPath.isEmpty {
                (destination + bytes.count).copyMemory(
                    from: decodedPath, byteCount: decodedPath.count)
            }
        }
    }

    /// Calls the closure with the entries and the bytes.
    @inline(__always)
    func withContents<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<FieldEntry>, UnsafeBufferPointer<UInt8>) throws(Failure) ->
            Result
    ) throws(Failure) -> Result {
        let (header, elements) = buffer.withUnsafeMutablePointers { ($0, $1) }
        defer { withExtendedLifetime(buffer) {} }
        let count = header.pointee.fieldsCount
        let bytes = UnsafeRawPointer(elements + count)
            .assumingMemoryBound(to: UInt8.self)
        return try body(
            UnsafeBufferPointer(start: elements, count: count),
            UnsafeBufferPointer(start: bytes, count: header.pointee.bytesCount))
    }

    /// Calls the closure with one run of the bytes.
    @inline(__always)
    func withBytes<Result, Failure: Error>(
        of span: ByteSpan, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withContents { (_, bytes) throws(Failure) in try body(bytes.part(span.range)) }
    }

    /// One run of the bytes as text; bytes that are not UTF-8 become U+FFFD.
    func string(_ span: ByteSpan) -> String {
        withBytes(of: span) { String(decoding: $0, as: UTF8.self) }
    }
}
