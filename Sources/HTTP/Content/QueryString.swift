/// The named texts of a query.
///
/// Read leniently, because links get mangled on their way through mails and chats and a reader
/// should still see the page: a malformed escape stands for itself, and bytes that are not UTF-8
/// as well as NUL become U+FFFD.
package struct QueryString: Sendable {
    /// The pairs in their order.
    package let fields: [FormData.Field]

    /// Reads the query of a target; pairs after the first 100 are left out, no link has as many.
    package init(_ target: RequestTarget) {
        self = target.withQueryBytes { QueryString($0) }
    }

    /// Reads a query without its "?".
    package init(_ text: String) {
        var text = text
        self = text.withUTF8 { QueryString($0) }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var fields: [FormData.Field] = []
        var pairs = URLEncodedPairs(bytes: bytes)
        while fields.count < Self.fieldsMax, let (name, value) = pairs.next() {
            fields.append(FormData.Field(name: Self.text(name), value: Self.text(value)))
        }
        self.fields = fields
    }

    private static let fieldsMax = 100

    /// The value of the first pair with this name.
    package subscript(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The values of all pairs with this name, in order.
    package func values(of name: String) -> [String] {
        fields.lazy.filter { $0.name == name }.map(\.value)
    }

    private static func text(_ raw: UnsafeBufferPointer<UInt8>) -> String {
        let bytes = URLEncodedPairs.decoded(raw, isStrict: false) ?? []
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(0) else { return text }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }
}

extension QueryString {
    /// Pairs as a query without its "?", escaped.
    package static func encoded(_ fields: [(name: String, value: String)]) -> String {
        fields.map { PercentCoding.encoded($0.name) + "=" + PercentCoding.encoded($0.value) }
            .joined(separator: "&")
    }
}
