/// The few fields of an answer that a client needs.
struct AnswerFields {
    private(set) var length: Int?
    private(set) var isChunked = false
    private(set) var closes = false

    /// Reads one field line without its CRLF; false where it is none, or contradicts another.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>, into answer: inout Answer) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            line[..<colon].allSatisfy({ (0x21...0x7E).contains($0) }),
            line[colon...].allSatisfy({ $0 >= 0x20 || $0 == 0x09 })
        else { return false }
        let name = UnsafeBufferPointer(rebasing: line[..<colon])
        // By length first: most fields are none of these.
        switch colon {
        case 8 where Self.isEqual(name, "location"):
            answer.location = Self.pathOnly(value(line, colon))
        case 10 where Self.isEqual(name, "connection"):
            closes = closes || value(line, colon).lowercased().contains("close")
        case 10 where Self.isEqual(name, "set-cookie"): takeCookie(value(line, colon), &answer)
        case 11 where Self.isEqual(name, "retry-after"): answer.hasRetryAfter = true
        case 14 where Self.isEqual(name, "content-length"):
            guard length == nil, let number = Self.number(value(line, colon)) else { return false }
            length = number
        case 17 where Self.isEqual(name, "transfer-encoding"):
            guard !isChunked, value(line, colon).lowercased() == "chunked" else { return false }
            isChunked = true
        default: break
        }
        return true
    }

    private func value(_ line: UnsafeBufferPointer<UInt8>, _ colon: Int) -> String {
        var value = line[(colon + 1)...]
        while let first = value.first, first == 0x20 || first == 0x09 { value = value.dropFirst() }
        while let last = value.last, last == 0x20 || last == 0x09 { value = value.dropLast() }
        return String(decoding: value, as: UTF8.self)
    }

    private static func isEqual(
        _ name: UnsafeBufferPointer<UInt8>, _ lowercase: StaticString
    ) -> Bool {
        lowercase.withUTF8Buffer { wanted in
            for index in 0..<wanted.count {
                let byte = name[index]
                let isCapital = (0x41...0x5A).contains(byte)
                if (isCapital ? byte | 0x20 : byte) != wanted[index] { return false }
            }
            return true
        }
    }

    /// Digits only (RFC 9110 8.6); a list of equal lengths is not taken.
    private static func number(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    private func takeCookie(_ text: String, _ answer: inout Answer) {
        let pair = text.prefix { $0 != ";" }
        guard let equals = pair.firstIndex(of: "=") else { return }
        answer.cookies.append(
            Answer.Cookie(
                name: String(pair[..<equals]), value: String(pair[pair.index(after: equals)...])))
    }

    /// `http://host/path` without scheme and host: the test stays with its target.
    private static func pathOnly(_ location: String) -> String {
        guard let scheme = location.firstRange(of: "://") else { return location }
        let rest = location[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }
}
