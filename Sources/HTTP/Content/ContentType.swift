/// The media type of a request's content (RFC 9110 8.3).
package struct ContentType: Sendable, Hashable {
    /// Type and subtype in lower case, as "text/html".
    package let essence: String
    private let parameters: Parameters

    /// The type in the Content-Type field; nil if it is absent, repeated or malformed.
    package init?(_ fields: RequestFields) {
        var types: [ContentType?] = []
        fields.forEachValue(of: .contentType) { types.append(ContentType($0)) }
        guard types.count == 1, let type = types[0] else { return nil }
        self = type
    }

    /// The type that the text names.
    package init?(_ text: String) {
        var text = text
        guard let type = text.withUTF8({ ContentType($0) }) else { return nil }
        self = type
    }

    private init?(_ value: UnsafeBufferPointer<UInt8>) {
        let end = value.firstIndex(of: Octet.semicolon, from: 0) ?? value.count
        let essence = value.part(0..<end).trimmed
        guard let slash = essence.firstIndex(of: Octet.slash, from: 0),
            slash > 0, slash + 1 < essence.count,
            CharacterClass.token.containsAll(essence.part(0..<slash)),
            CharacterClass.token.containsAll(essence.part((slash + 1)..<essence.count)),
            let parameters = Parameters(value.part(end..<value.count))
        else { return nil }
        self.essence = String(decoding: essence.lazy.map(\.lowercased), as: UTF8.self)
        self.parameters = parameters
    }

    /// The value of a parameter, whose name is given in lower case.
    package func parameter(_ name: String) -> String? { parameters[name] }

    /// Whether the content is said to be JSON, `application/json` or a `+json` type.
    package var isJSON: Bool {
        essence == "application/json"
            || (essence.hasPrefix("application/") && essence.hasSuffix("+json"))
    }
}
