/// The parameters behind a value, `;name=value;name="quoted value"` (RFC 9110 5.6.6).
struct Parameters: Sendable, Hashable {
    private var pairs: [Pair] = []

    private struct Pair: Hashable {
        let name: String
        let value: String
    }

    /// Reads what is left of a field value; nil if it is malformed or a name comes twice, which
    /// two readers could resolve differently.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while true {
            Self.skipWhitespace(bytes, &index)
            guard index < bytes.count else { return }
            guard bytes[index] == Octet.semicolon else { return nil }
            index += 1
            Self.skipWhitespace(bytes, &index)
            // An empty parameter is harmless.
            if index == bytes.count || bytes[index] == Octet.semicolon { continue }
            guard let name = Self.token(bytes, &index), index < bytes.count,
                bytes[index] == Octet.equals
            else { return nil }
            index += 1
            let folded = name.lowercased()
            guard let value = Self.value(bytes, &index), self[folded] == nil else { return nil }
            pairs.append(Pair(name: folded, value: value))
        }
    }

    /// The value of the parameter, whose name is given in lower case.
    subscript(_ name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    private static func skipWhitespace(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        while index < bytes.count, bytes[index].isWhitespace { index += 1 }
    }

    private static func token(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
    ) -> String? {
        let start = index
        while index < bytes.count, CharacterClass.token.contains(bytes[index]) { index += 1 }
        return index > start ? bytes.part(start..<index).validatedString : nil
    }

    private static func value(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
    ) -> String? {
        guard index < bytes.count, bytes[index] == Octet.quote else { return token(bytes, &index) }
        var value: [UInt8] = []
        index += 1
        while index < bytes.count, bytes[index] != Octet.quote {
            // Only a quote and a backslash are taken as escaped: old browsers send the paths of
            // files with single backslashes.
            let escapes =
                bytes[index] == Octet.backslash && index + 1 < bytes.count
                && (bytes[index + 1] == Octet.quote || bytes[index + 1] == Octet.backslash)
            if escapes { index += 1 }
            value.append(bytes[index])
            index += 1
        }
        guard index < bytes.count else { return nil }
        index += 1
        return value.withUnsafeBufferPointer { $0.validatedString }
    }
}
