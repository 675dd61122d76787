/// The cookies of a request (RFC 6265 5.4), looked up in its bytes.
package struct Cookies: Sendable {
    private let fields: RequestFields

    /// The cookies among the fields.
    package init(_ fields: RequestFields) { self.fields = fields }

    /// The cookies of the request.
    package init(_ head: RequestHead) { self.init(head.fields) }

    /// The value of the first cookie with this name, without quotes around it; nil too if it has
    /// an octet that no cookie can have.
    package subscript(_ name: StaticString) -> String? {
        withValue(of: name) { String(decoding: $0, as: UTF8.self) }
    }

    /// Calls the closure with the bytes of the value that the subscript would return.
    package func withValue<Result>(
        of name: StaticString, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        var result: Result?
        var isFound = false
        fields.forEachValue(of: .cookie) { line in
            if isFound { return }
            guard let value = Self.value(of: name, in: line) else { return }
            isFound = true
            if CharacterClass.cookieOctet.containsAll(value) { result = body(value) }
        }
        return result
    }

    private static func value(
        of name: StaticString, in line: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        var start = 0
        while start < line.count {
            let end = line.firstIndex(of: Octet.semicolon, from: start) ?? line.count
            let pair = line.part(start..<end)
            start = end + 1
            guard let equals = pair.firstIndex(of: Octet.equals, from: 0),
                name.equals(pair.part(0..<equals).trimmed)
            else { continue }
            return unquoted(pair.part((equals + 1)..<pair.count).trimmed)
        }
        return nil
    }

    private static func unquoted(
        _ value: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        guard value.count >= 2, value[0] == Octet.quote, value[value.count - 1] == Octet.quote
        else { return value }
        return value.part(1..<(value.count - 1))
    }
}
