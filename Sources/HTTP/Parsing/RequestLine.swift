extension HeadSummary {
    /// Reads a request line (RFC 9112 3) that stands in `line` without its CRLF.
    ///
    /// `decodedPath` gets the path if it differs from the bytes of the line; else it stays empty
    /// and `path` is set.
    @inline(__always)
    mutating func parseRequestLine(
        _ line: Range<Int>, of input: UnsafeBufferPointer<UInt8>, decodedPath: inout [UInt8]
    ) throws(ParseError) {
        var index = line.lowerBound
        while index < line.upperBound, CharacterClass.token.contains(input[index]) { index &+= 1 }
        guard index < line.upperBound, input[index] == Octet.space else { throw .requestLine }
        guard index > line.lowerBound else { throw .method }
        methodName = ByteSpan(line.lowerBound..<index)
        method = Method(input.part(line.lowerBound..<index))

        let targetStart = index &+ 1
        let targetEnd = line.upperBound &- 9
        guard targetEnd > targetStart, input[targetEnd] == Octet.space else { throw .requestLine }
        version = try Self.version(input.part((targetEnd &+ 1)..<line.upperBound))
        let target = targetStart..<targetEnd
        self.target = ByteSpan(target)
        try parseTarget(target, of: input, decodedPath: &decodedPath)
    }

    /// Reads "HTTP/1.1" or "HTTP/1.0", which are 8 bytes.
    private static func version(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(ParseError) -> HTTPVersion {
        let prefix: StaticString = "HTTP/"
        guard prefix.equals(bytes.part(0..<5)), bytes[6] == Octet.dot else { throw .versionSyntax }
        switch (bytes[5], bytes[7]) {
        case (0x31, 0x31): return .http11
        case (0x31, 0x30): return .http10
        case (let major, let minor) where major.isDigit && minor.isDigit:
            throw .versionNotSupported
        default: throw .versionSyntax
        }
    }

    /// Reads a target of any of the four forms (RFC 9112 3.2).
    @inline(__always)
    private mutating func parseTarget(
        _ target: Range<Int>, of input: UnsafeBufferPointer<UInt8>, decodedPath: inout [UInt8]
    ) throws(ParseError) {
        if method == .connect {
            try parseAuthorityForm(target, of: input)
        } else if input[target.lowerBound] == Octet.slash {
            try parsePathAndQuery(target, of: input, decodedPath: &decodedPath)
        } else if input[target.lowerBound] == Octet.asterisk {
            guard target.count == 1, method == .options else { throw .target }
            targetForm = .asterisk
            path = ByteSpan(target)
            rawPath = path
        } else {
            try parseAbsoluteForm(target, of: input, decodedPath: &decodedPath)
        }
    }

    /// Reads `host:port`, which only CONNECT has (RFC 9112 3.2.3).
    private mutating func parseAuthorityForm(
        _ target: Range<Int>, of input: UnsafeBufferPointer<UInt8>
    ) throws(ParseError) {
        let bytes = input.part(target)
        guard Authority.isValid(bytes), bytes[bytes.count - 1].isDigit,
            Authority.hostCount(bytes) < bytes.count
        else { throw .target }
        targetForm = .authority
        authority = ByteSpan(target)
    }

    /// Reads `http://host/path?query` (RFC 9112 3.2.2).
    private mutating func parseAbsoluteForm(
        _ target: Range<Int>, of input: UnsafeBufferPointer<UInt8>, decodedPath: inout [UInt8]
    ) throws(ParseError) {
        let bytes = input.part(target)
        var start = 0
        for scheme in ["http://", "https://"] as [StaticString]
        where bytes.count > scheme.utf8.count
            && scheme.equalsFolded(bytes.part(0..<scheme.utf8.count))
        {
            start = scheme.utf8.count
        }
        guard start > 0 else { throw .target }
        var end = start
        while end < bytes.count, bytes[end] != Octet.slash, bytes[end] != Octet.question {
            end += 1
        }
        // User information is refused with the rest of what is no host (RFC 9110 4.2.4).
        guard Authority.isValid(bytes.part(start..<end)) else { throw .target }
        targetForm = .absolute
        authority = ByteSpan((target.lowerBound + start)..<(target.lowerBound + end))
        let rest = (target.lowerBound + end)..<target.upperBound
        if end < bytes.count && bytes[end] == Octet.slash {
            return try parsePathAndQuery(rest, of: input, decodedPath: &decodedPath)
        }
        try parseQuery(rest, of: input)
        // An empty path is the same as "/" (RFC 9110 4.2.3).
        decodedPath = [Octet.slash]
    }

    /// Reads a path that begins with "/" and what follows it.
    @inline(__always)
    private mutating func parsePathAndQuery(
        _ range: Range<Int>, of input: UnsafeBufferPointer<UInt8>, decodedPath: inout [UInt8]
    ) throws(ParseError) {
        var index = range.lowerBound
        var needsCare = false
        while index < range.upperBound, CharacterClass.path.contains(input[index]) {
            let byte = input[index]
            if byte == Octet.percent || (byte == Octet.dot && input[index &- 1] == Octet.slash) {
                needsCare = true
            }
            index &+= 1
        }
        let pathRange = range.lowerBound..<index
        rawPath = ByteSpan(pathRange)
        path = rawPath
        if needsCare {
            guard let decoded = PercentCoding.decodedPath(input.part(pathRange)) else {
                throw .pathEncoding
            }
            decodedPath = decoded
        }
        try parseQuery(index..<range.upperBound, of: input)
    }

    /// Reads nothing, or "?" and a query.
    @inline(__always)
    private mutating func parseQuery(
        _ range: Range<Int>, of input: UnsafeBufferPointer<UInt8>
    ) throws(ParseError) {
        guard !range.isEmpty else { return }
        let query = (range.lowerBound &+ 1)..<range.upperBound
        guard input[range.lowerBound] == Octet.question,
            CharacterClass.query.containsAll(input.part(query))
        else { throw .target }
        hasQuery = true
        self.query = ByteSpan(query)
    }
}
