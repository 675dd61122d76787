/// The fields of a request, in the order they were sent.
package struct RequestFields: Sendable {
    private let storage: HeadStorage

    init(storage: HeadStorage) { self.storage = storage }

    /// How many field lines there are.
    package var count: Int { storage.header.fieldsCount }

    /// The value of the first line with this name, without white space around it; bytes that are
    /// not UTF-8 become U+FFFD.
    package subscript(_ name: FieldName) -> String? {
        withValue(of: name) { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a line with this name was sent.
    package func contains(_ name: FieldName) -> Bool {
        if name.known != .unknown { return storage.header.present & name.known.bit != 0 }
        return withValue(of: name) { _ in true } ?? false
    }

    /// Calls the closure with the bytes of the first value of this name, without a copy; nil
    /// without one.
    package func withValue<Result>(
        of name: FieldName, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        if name.known != .unknown, storage.header.present & name.known.bit == 0 { return nil }
        return storage.withContents { entries, bytes in
            for entry in entries where Self.matches(entry, name, bytes) {
                return body(bytes.part(Self.value(entry)))
            }
            return nil
        }
    }

    /// Calls the closure with the bytes of every value of this name, in order, without a copy.
    package func forEachValue(of name: FieldName, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        if name.known != .unknown, storage.header.present & name.known.bit == 0 { return }
        storage.withContents { entries, bytes in
            for entry in entries where Self.matches(entry, name, bytes) {
                body(bytes.part(Self.value(entry)))
            }
        }
    }

    /// The values of all lines with this name, in order.
    package func values(of name: FieldName) -> [String] {
        var values: [String] = []
        forEachValue(of: name) { values.append(String(decoding: $0, as: UTF8.self)) }
        return values
    }

    /// Calls the closure with every name and value as sent, in order.
    package func forEach(_ body: (_ name: String, _ value: String) -> Void) {
        storage.withContents { entries, bytes in
            for entry in entries {
                let start = Int(entry.nameStart)
                let name = bytes.part(start..<(start + Int(entry.nameCount)))
                body(
                    String(decoding: name, as: UTF8.self),
                    String(decoding: bytes.part(Self.value(entry)), as: UTF8.self))
            }
        }
    }

    /// Whether one of the comma-separated elements of this field is the token, in any case.
    package func has(_ name: FieldName, token: StaticString) -> Bool {
        var found = false
        forEachValue(of: name) { value in
            value.forEachListElement { if token.equalsFolded($0) { found = true } }
        }
        return found
    }

    @inline(__always)
    private static func value(_ entry: FieldEntry) -> Range<Int> {
        Int(entry.valueStart)..<(Int(entry.valueStart) &+ Int(entry.valueCount))
    }

    @inline(__always)
    private static func matches(
        _ entry: FieldEntry, _ name: FieldName, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if entry.known != .unknown || name.known != .unknown { return entry.known == name.known }
        let start = Int(entry.nameStart)
        return name.matches(bytes.part(start..<(start &+ Int(entry.nameCount))))
    }
}
