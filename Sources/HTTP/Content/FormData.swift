/// The named texts of a form, in the order they were sent.
package struct FormData: Sendable {
    /// A name and its text.
    package struct Field: Sendable, Hashable {
        /// The name of the control.
        package let name: String
        /// What was entered; line breaks are CRLF.
        package let value: String

        /// A field made of its parts.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields.
    package let fields: [Field]

    /// A form made of its fields.
    package init(fields: [Field] = []) { self.fields = fields }

    /// Reads `application/x-www-form-urlencoded` content (WHATWG URL 5), strictly: a malformed
    /// escape, text that is not UTF-8, or a NUL is refused.
    package init(urlEncoded bytes: [UInt8], fieldsMax: Int = 200) throws(FormError) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FormError) in
            try FormData(urlEncoded: bytes, fieldsMax: fieldsMax)
        }
    }

    /// Reads the content of a request that must be URL-encoded.
    package init(_ request: Request, fieldsMax: Int = 200) throws(FormError) {
        let type = ContentType(request.head.fields)
        guard type?.essence == "application/x-www-form-urlencoded" else { throw .contentType }
        try self.init(urlEncoded: request.body, fieldsMax: fieldsMax)
    }

    private init(
        urlEncoded bytes: UnsafeBufferPointer<UInt8>, fieldsMax: Int
    ) throws(FormError) {
        var fields: [Field] = []
        var pairs = URLEncodedPairs(bytes: bytes)
        while let (name, value) = pairs.next() {
            guard fields.count < fieldsMax else { throw .tooManyFields }
            fields.append(Field(name: try Self.text(name), value: try Self.text(value)))
        }
        self.fields = fields
    }

    /// The value of the first field with this name.
    package subscript(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The values of all fields with this name, in order.
    package func values(of name: String) -> [String] {
        fields.lazy.filter { $0.name == name }.map(\.value)
    }

    private static func text(_ raw: UnsafeBufferPointer<UInt8>) throws(FormError) -> String {
        guard let bytes = URLEncodedPairs.decoded(raw, isStrict: true) else { throw .encoding }
        return try text(of: bytes.span)
    }

    /// The bytes as text that the database can hold.
    static func text(of bytes: Span<UInt8>) throws(FormError) -> String {
        try bytes.withUnsafeBufferPointer { (bytes) throws(FormError) in
            guard bytes.firstIndex(of: 0, from: 0) == nil, let text = bytes.validatedString else {
                throw .text
            }
            return text
        }
    }
}

/// Goes through the pairs of URL-encoded content; empty pieces are skipped.
struct URLEncodedPairs {
    let bytes: UnsafeBufferPointer<UInt8>
    private var start = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The next name and value, still encoded; the value of a name without "=" is empty.
    mutating func next() -> (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>)? {
        while start < bytes.count {
            let end = bytes.firstIndex(of: Octet.ampersand, from: start) ?? bytes.count
            let pair = bytes.part(start..<end)
            start = end + 1
            if pair.isEmpty { continue }
            guard let equals = pair.firstIndex(of: Octet.equals, from: 0) else {
                return (pair, pair.part(pair.count..<pair.count))
            }
            return (pair.part(0..<equals), pair.part((equals + 1)..<pair.count))
        }
        return nil
    }

    /// The bytes with "+" and escapes decoded. A malformed escape makes it nil if that is strict,
    /// and stays as it is if not.
    static func decoded(_ raw: UnsafeBufferPointer<UInt8>, isStrict: Bool) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            var byte = raw[index]
            if byte == Octet.plus {
                byte = Octet.space
            } else if byte == Octet.percent {
                if let escaped = PercentCoding.escapedByte(raw, at: index) {
                    byte = escaped
                    index += 2
                } else if isStrict {
                    return nil
                }
            }
            result.append(byte)
            index += 1
        }
        return result
    }
}
