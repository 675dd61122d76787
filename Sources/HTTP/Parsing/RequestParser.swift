/// Parses request heads (RFC 9112 2 to 6) from a growing buffer, line by line.
///
/// It waits for the end of a line before it looks at it, and keeps what it found when it has to
/// wait for more. So the result does not depend on how the bytes arrive, every byte is searched
/// once, and nothing but field positions is allocated before the head is complete.
package struct RequestParser: Sendable {
    /// What the bytes so far amount to.
    package enum Outcome: Sendable {
        /// More bytes are needed.
        case incomplete
        /// A head, which takes up this many bytes of the input; the parser is reset.
        case head(RequestHead, consumed: Int)
        /// Not a request that can be answered otherwise than with this error.
        case malformed(ParseError)
    }

    private enum Stage { case emptyLine, requestLine, fields }

    private let limits: RequestLimits
    private var stage = Stage.emptyLine
    private var lineStart = 0
    private var searched = 0
    private var head = HeadSummary()
    private var rules = FramingRules()
    private var entries: [FieldEntry] = []
    private var decodedPath: [UInt8] = []

    /// A parser for the heads of one connection, one after the other.
    package init(limits: RequestLimits = RequestLimits()) {
        self.limits = limits
    }

    /// Forgets what it has seen and begins with a new head; keeps its memory.
    package mutating func reset() {
        stage = .emptyLine
        lineStart = 0
        searched = 0
        head = HeadSummary()
        rules = FramingRules()
        entries.removeAll(keepingCapacity: true)
        decodedPath.removeAll()
    }

    /// Continues with `input`: all bytes of this head so far, the ones of earlier calls included.
    package mutating func parse(_ input: UnsafeBufferPointer<UInt8>) -> Outcome {
        do throws(ParseError) {
            while let lineFeed = input.firstIndex(of: Octet.lineFeed, from: searched) {
                try checkLimits(end: lineFeed)
                guard lineFeed > lineStart, input[lineFeed &- 1] == Octet.carriageReturn else {
                    throw .bareLineFeed
                }
                let line = lineStart..<(lineFeed &- 1)
                lineStart = lineFeed &+ 1
                searched = lineStart
                if try parse(line: line, of: input) {
                    let request = try finish(input.part(0..<lineStart))
                    let consumed = lineStart
                    reset()
                    return .head(request, consumed: consumed)
                }
            }
            searched = input.count
            try checkLimits(end: input.count)
            return .incomplete
        } catch {
            return .malformed(error)
        }
    }

    /// Refuses a line that is too long already, whether its end at `end` is its LF or only the
    /// last byte so far: the same bytes get the same answer however they are cut.
    @inline(__always)
    private func checkLimits(end: Int) throws(ParseError) {
        if stage != .fields, end &- lineStart > limits.targetBytesMax &+ Self.methodAndVersionMax {
            throw .targetTooLong
        }
        if end >= limits.headBytesMax { throw .headTooLarge }
    }

    /// Room on the request line beside the target.
    private static let methodAndVersionMax = 64

    /// Takes one line without its CRLF; returns whether it ends the head.
    @inline(__always)
    private mutating func parse(
        line: Range<Int>, of input: UnsafeBufferPointer<UInt8>
    ) throws(ParseError) -> Bool {
        if stage == .fields {
            if line.isEmpty { return true }
            try parseField(line, of: input)
            return false
        }
        // One empty line before a request line is ignored (RFC 9112 2.2).
        if stage == .emptyLine && line.isEmpty {
            stage = .requestLine
            return false
        }
        try head.parseRequestLine(line, of: input, decodedPath: &decodedPath)
        if head.target.count > limits.targetBytesMax { throw .targetTooLong }
        stage = .fields
        entries.reserveCapacity(Self.usualFieldsCount)
        return false
    }

    /// What browsers send; one allocation per connection instead of several as the list grows.
    private static let usualFieldsCount = 16

    @inline(__always)
    private mutating func parseField(
        _ line: Range<Int>, of input: UnsafeBufferPointer<UInt8>
    ) throws(ParseError) {
        if entries.count >= limits.fieldsMax { throw .tooManyFields }
        let entry = try FieldEntry(line, of: input)
        if entry.known != .unknown {
            head.present |= entry.known.bit
            let start = Int(entry.valueStart)
            let value = start..<(start &+ Int(entry.valueCount))
            try rules.note(entry.known, value: value, of: input)
        }
        entries.append(entry)
    }

    private mutating func finish(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(ParseError) -> RequestHead {
        try rules.conclude(&head)
        if !decodedPath.isEmpty {
            head.path = ByteSpan(bytes.count..<(bytes.count &+ decodedPath.count))
        }
        return RequestHead(
            storage: HeadStorage(
                head, entries: entries, bytes: bytes, decodedPath: decodedPath))
    }
}
