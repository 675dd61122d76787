import Testing

@testable import HTTP

/// What a parse came to, in a form that can be compared.
enum Parsed: Equatable {
    case incomplete
    case head(String, consumed: Int)
    case malformed(ParseError)

    var error: ParseError? {
        if case .malformed(let error) = self { error } else { nil }
    }
}

extension RequestHead {
    /// Everything that the head says, as one text.
    var summary: String {
        var lines = [
            "\(methodName) \(method) \(target.form) \(target.text) \(target.path)",
            "\(target.rawPath) \(target.query ?? "-") \(version) \(framing) \(keepAlive)",
            "\(expectsContinue) \(host) \(authority)",
        ]
        fields.forEach { lines.append("\($0)=\($1)") }
        return lines.joined(separator: "\n")
    }
}

/// Parses the bytes as they arrive in pieces that end at the given positions.
func parse(
    _ bytes: [UInt8], cuts: [Int], limits: RequestLimits = RequestLimits()
) -> Parsed {
    var parser = RequestParser(limits: limits)
    var last = Parsed.incomplete
    for end in cuts + [bytes.count] {
        let outcome = bytes.withUnsafeBufferPointer {
            parser.parse(UnsafeBufferPointer(rebasing: $0[..<end]))
        }
        switch outcome {
        case .incomplete: last = .incomplete
        case .head(let head, let consumed): return .head(head.summary, consumed: consumed)
        case .malformed(let error): return .malformed(error)
        }
    }
    return last
}

/// Parses the text whole, cut in two at every byte, and byte by byte; all must agree.
func parseEveryWay(
    _ text: String, limits: RequestLimits = RequestLimits(),
    sourceLocation: SourceLocation = #_sourceLocation
) -> Parsed {
    parseEveryWay(Array(text.utf8), limits: limits, sourceLocation: sourceLocation)
}

func parseEveryWay(
    _ bytes: [UInt8], limits: RequestLimits = RequestLimits(),
    sourceLocation: SourceLocation = #_sourceLocation
) -> Parsed {
    let whole = parse(bytes, cuts: [], limits: limits)
    let cuts = Array(0..<bytes.count)
    #expect(parse(bytes, cuts: cuts, limits: limits) == whole, sourceLocation: sourceLocation)
    for cut in cuts where parse(bytes, cuts: [cut], limits: limits) != whole {
        Issue.record("cut at \(cut) differs", sourceLocation: sourceLocation)
    }
    return whole
}

/// The head of a request that must be well-formed.
func head(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> RequestHead {
    var parser = RequestParser()
    let outcome = Array(text.utf8).withUnsafeBufferPointer { parser.parse($0) }
    guard case .head(let head, _) = outcome else {
        Issue.record("\(outcome)", sourceLocation: sourceLocation)
        throw ParseError.requestLine
    }
    return head
}

/// The head of a GET with these field lines.
func head(fields: [String], method: String = "GET", target: String = "/") throws -> RequestHead {
    try head(
        "\(method) \(target) HTTP/1.1\r\nHost: a\r\n"
            + fields.map { $0 + "\r\n" }.joined() + "\r\n")
}
