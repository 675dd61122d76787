import HTTP

/// What must hold for any bytes at the place of a request head.
enum HeadChecks {
    /// The outcome of parsing, in a form that can be compared.
    enum Parsed: Equatable {
        case incomplete
        case head(String, consumed: Int)
        case malformed(ParseError)
    }

    static func check(_ input: [UInt8], cuts: [Int]) throws(Fuzzer.Failure) {
        let whole = parse(input, cuts: [])
        try expect(parse(input, cuts: cuts) == whole, "the cuts do not matter: \(cuts)", input)
        try expect(
            parse(input, cuts: Array(0..<input.count)) == whole, "single bytes do not matter", input
        )
        guard case .head(_, let consumed) = whole else { return }
        try expect(consumed <= input.count, "no more is used than is there", input)
        let exact = Array(input[..<consumed])
        try expect(parse(exact, cuts: []) == whole, "what follows does not matter", input)
        try checkRules(exact)
    }

    /// Parses prefixes of the input, each in memory of its own, so that reading beyond the end of
    /// one is seen by the address sanitizer.
    private static func parse(_ input: [UInt8], cuts: [Int]) -> Parsed {
        var parser = RequestParser(limits: RequestLimits(headBytesMax: 300, fieldsMax: 8))
        for end in cuts + [input.count] {
            let piece = Array(input[..<end])
            switch piece.withUnsafeBufferPointer({ parser.parse($0) }) {
            case .incomplete: continue
            case .head(let head, let consumed): return .head(describe(head), consumed: consumed)
            case .malformed(let error): return .malformed(error)
            }
        }
        return .incomplete
    }

    /// Everything that the head says.
    private static func describe(_ head: RequestHead) -> String {
        var text = "\(head.method) \(head.methodName) \(head.target.form) \(head.target.text)|"
        text += "\(head.path)|\(head.target.rawPath)|\(head.target.query ?? "-")|\(head.version)|"
        text += "\(head.framing) \(head.keepAlive) \(head.expectsContinue)|"
        text += "\(head.host)|\(head.authority)"
        head.fields.forEach { text += "\n\($0)=\($1)" }
        return text
    }

    private static func checkRules(_ input: [UInt8]) throws(Fuzzer.Failure) {
        var parser = RequestParser()
        guard case .head(let head, _) = input.withUnsafeBufferPointer({ parser.parse($0) }) else {
            throw Fuzzer.Failure(promise: "the same under wider limits", input: input)
        }
        let path = head.path.utf8
        let segments = path.split(separator: UInt8(ascii: "/"))
        try expect(
            !segments.contains { $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8) },
            "no dot segments", input)
        try expect(path.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "no controls in the path", input)
        try expect(
            path.first == UInt8(ascii: "/") || head.target.form == .authority
                || head.target.form == .asterisk, "a path begins with a slash", input)
        var hasControl = false
        head.fields.forEach { name, value in
            hasControl = hasControl || value.utf8.contains { $0 < 0x20 && $0 != 9 || $0 == 0x7F }
            hasControl = hasControl || name.utf8.contains { $0 <= 0x20 || $0 >= 0x7F }
        }
        try expect(!hasControl, "no controls in fields", input)
        try checkFraming(head, input)
    }

    private static func checkFraming(
        _ head: RequestHead, _ input: [UInt8]
    ) throws(Fuzzer.Failure) {
        let lengths = head.fields.values(of: .contentLength)
        let codings = head.fields.values(of: .transferEncoding)
        switch head.framing {
        case .none: try expect(lengths.isEmpty && codings.isEmpty, "no framing fields", input)
        case .length(let length):
            try expect(lengths.count == 1 && codings.isEmpty, "one length, no coding", input)
            try expect(Int(lengths[0]) == length && length >= 0, "the length's number", input)
        case .chunked:
            try expect(lengths.isEmpty && codings.count == 1, "one coding, no length", input)
        }
        let hosts = head.fields.values(of: .host)
        try expect(hosts.count == 1 || (head.version == .http10 && hosts.isEmpty), "a Host", input)
    }
}
