import HTTP

/// What a client keeps of an answer.
package struct Answer: Sendable, Hashable {
    package var status = 0
    /// Whether the connection may carry another request.
    package var keepsConnection = true
    package var location = ""
    package var hasRetryAfter = false
    /// Names and values of `Set-Cookie`, without attributes.
    package var cookies: [Cookie] = []
    /// The content, where it was wanted, up to 1 MB of it.
    package var content: [UInt8] = []

    /// A cookie as it is sent back.
    package struct Cookie: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// Reads one answer in HTTP/1.1 (RFC 9112) from bytes that arrive in any pieces, as strictly as is
/// needed to notice one that is torn, too short, or not meant for this request.
package struct AnswerParser: Sendable {
    /// How far the answer has come.
    package enum Progress: Sendable, Hashable {
        case needsMore
        /// Whole; `unread` bytes of the input were not used.
        case complete(unread: Int)
        case malformed
    }

    private enum Stage {
        case head
        case counted(left: Int)
        case chunked(ChunkedDecoder)
        case untilClose
        case ended
    }

    /// The answer so far; whole after `.complete`.
    package private(set) var answer = Answer()
    /// Whether a byte has arrived.
    package private(set) var hasBegun = false
    private let isHead: Bool
    private let keepsContent: Bool
    private var stage = Stage.head
    private var head: [UInt8] = []

    private static let headBytesMax = 65_536
    private static let contentBytesKept = 1 << 20

    /// - Parameters:
    ///   - isHead: the request was a HEAD, whose answer has no content.
    ///   - keepsContent: whether the caller wants the content.
    package init(isHead: Bool = false, keepsContent: Bool = false) {
        self.isHead = isHead
        self.keepsContent = keepsContent
    }

    /// Takes the next bytes.
    package mutating func feed(_ input: UnsafeBufferPointer<UInt8>) -> Progress {
        if !input.isEmpty { hasBegun = true }
        var used = 0
        while true {
            let rest = UnsafeBufferPointer(rebasing: input[used...])
            switch stage {
            case .head:
                guard let taken = takeHead(rest) else { return .malformed }
                used += taken
                if case .head = stage, used == input.count { return .needsMore }
            case .counted(let left):
                let count = min(left, rest.count)
                keep(rest.prefix(count))
                used += count
                stage = count == left ? .ended : .counted(left: left - count)
                if count < left { return .needsMore }
            case .chunked(var decoder):
                var content: [UInt8] = []
                let (count, outcome) = decoder.decode(rest, into: &content, limit: .max)
                content.withUnsafeBufferPointer { keep($0.prefix($0.count)) }
                used += count
                stage = outcome == .complete ? .ended : .chunked(decoder)
                if outcome == .needsMore { return .needsMore }
                if outcome != .complete { return .malformed }
            case .untilClose:
                keep(rest.prefix(rest.count))
                return .needsMore
            case .ended:
                return .complete(unread: rest.count)
            }
        }
    }

    /// Says that the connection has ended; true where that makes the answer whole.
    package func end() -> Bool {
        if case .untilClose = stage { return true }
        return false
    }

    // MARK: Head

    /// Takes bytes of the head; returns how many, or nil where it is none.
    private mutating func takeHead(_ input: UnsafeBufferPointer<UInt8>) -> Int? {
        let before = head.count
        head.append(contentsOf: input)
        // The end may lie across two pieces.
        guard let end = Self.endOfHead(head, from: max(0, before - 3)) else {
            return head.count <= Self.headBytesMax ? input.count : nil
        }
        guard end <= Self.headBytesMax else { return nil }
        let framing = head.withUnsafeBufferPointer { bytes in
            readHead(UnsafeBufferPointer(rebasing: bytes[..<(end - 2)]))
        }
        guard let framing else { return nil }
        head.removeAll(keepingCapacity: true)
        if (100..<200).contains(answer.status) {
            // 101 was not asked for; any other is followed by the real answer (RFC 9110 15.2).
            if answer.status == 101 { return nil }
            answer = Answer()
        } else {
            stage = framing
        }
        return end - before
    }

    private static func endOfHead(_ bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index + 3 < bytes.count {
                if bytes[index + 3] > 0x0D {
                    // Neither CR nor LF: no end of a head reaches up to here.
                    index += 4
                    continue
                }
                if bytes[index] == 0x0D, bytes[index + 1] == 0x0A, bytes[index + 2] == 0x0D,
                    bytes[index + 3] == 0x0A
                {
                    return index + 4
                }
                index += 1
            }
            return nil
        }
    }

    /// Reads the status line and the fields, each with its CRLF; returns how content follows.
    private mutating func readHead(_ bytes: UnsafeBufferPointer<UInt8>) -> Stage? {
        var fields = AnswerFields()
        var start = 0
        var isFirst = true
        while start < bytes.count {
            guard let length = bytes[start...].firstIndex(of: 0x0D).map({ $0 - start }),
                bytes[start + length + 1] == 0x0A
            else { return nil }
            let line = UnsafeBufferPointer(rebasing: bytes[start..<(start + length)])
            start += length + 2
            if isFirst {
                guard readStatusLine(line) else { return nil }
                isFirst = false
            } else {
                guard fields.take(line, into: &answer) else { return nil }
            }
        }
        if isFirst { return nil }
        return framing(fields)
    }

    /// `HTTP/1.1 200 OK`; a server that answers HTTP/1.0 closes the connection.
    private mutating func readStatusLine(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard line.count >= 12, line.prefix(7).elementsEqual("HTTP/1.".utf8), line[8] == 0x20,
            line[7] == 0x30 || line[7] == 0x31, line.count == 12 || line[12] == 0x20
        else { return false }
        var status = 0
        for digit in line[9..<12] {
            guard (0x30...0x39).contains(digit) else { return false }
            status = status * 10 + Int(digit - 0x30)
        }
        answer.status = status
        answer.keepsConnection = line[7] == 0x31
        return status >= 100
    }

    /// How long the content is (RFC 9112 6.3).
    private mutating func framing(_ fields: AnswerFields) -> Stage? {
        if fields.closes { answer.keepsConnection = false }
        if isHead || answer.status < 200 || answer.status == 204 || answer.status == 304 {
            return .ended
        }
        if fields.isChunked {
            // Both together are how answers are smuggled.
            return fields.length == nil ? .chunked(ChunkedDecoder()) : nil
        }
        if let length = fields.length { return length == 0 ? .ended : .counted(left: length) }
        answer.keepsConnection = false
        return .untilClose
    }

    private mutating func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        guard keepsContent else { return }
        answer.content += bytes.prefix(Self.contentBytesKept - answer.content.count)
    }
}
