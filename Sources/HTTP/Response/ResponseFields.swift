/// The fields of a response, serialised as they are added.
package struct ResponseFields: Sendable, Hashable {
    /// `name: value` lines, each with its CRLF.
    package private(set) var bytes: [UInt8] = []

    /// No fields.
    package init() {}

    /// Appends a line.
    ///
    /// A control character in the value is a mistake of the caller: it stops a debug build, and
    /// becomes a space otherwise, so that no value can end its line.
    package mutating func add(_ name: FieldName, _ value: StaticString) {
        add(name, bytes: value.utf8)
    }

    /// Appends a line; for control characters see the literal's variant.
    @_disfavoredOverload
    package mutating func add(_ name: FieldName, _ value: String) {
        var value = value
        value.withUTF8 { add(name, bytes: $0) }
    }

    /// Appends a line; for control characters see the literal's variant.
    @_disfavoredOverload
    package mutating func add(_ name: FieldName, _ value: [UInt8]) {
        value.withUnsafeBufferPointer { add(name, bytes: $0) }
    }

    /// Appends a line with a number that is not negative.
    @_disfavoredOverload
    package mutating func add(_ name: FieldName, _ value: Int) {
        begin(name)
        bytes.append(decimal: value)
        bytes.append("\r\n")
    }

    /// Replaces all lines of this name by one.
    package mutating func set(_ name: FieldName, _ value: String) {
        remove(name)
        add(name, value)
    }

    /// Removes all lines of this name.
    package mutating func remove(_ name: FieldName) {
        keep { !name.matches($0) }
    }

    /// The value of the first line of this name.
    package func first(_ name: FieldName) -> String? {
        var found: String?
        forEachLine { lineName, value, _ in
            if found == nil, name.matches(lineName) {
                found = String(decoding: value, as: UTF8.self)
            }
        }
        return found
    }

    /// Whether there is a line of this name.
    package func contains(_ name: FieldName) -> Bool {
        var found = false
        forEachLine { lineName, _, _ in found = found || name.matches(lineName) }
        return found
    }

    /// Appends all lines of other fields.
    package mutating func append(_ other: ResponseFields) {
        bytes.append(contentsOf: other.bytes)
    }

    /// Removes all lines but those whose name the closure accepts.
    mutating func keep(_ isKept: (UnsafeBufferPointer<UInt8>) -> Bool) {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        forEachLine { name, _, line in
            if isKept(name) { kept.append(contentsOf: line) }
        }
        bytes = kept
    }

    private mutating func begin(_ name: FieldName) {
        bytes.append(contentsOf: name.text.utf8)
        bytes.append(": ")
    }

    private mutating func add(_ name: FieldName, bytes value: UnsafeBufferPointer<UInt8>) {
        begin(name)
        if FieldEntry.isFieldContent(value, 0, value.count) {
            bytes.append(contentsOf: value)
        } else {
            assertionFailure("a control character in a value of \(name)")
            bytes.append(contentsOf: value.lazy.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 })
        }
        bytes.append("\r\n")
    }

    private func forEachLine(
        _ body: (
            _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
            _ line: UnsafeBufferPointer<UInt8>
        ) -> Void
    ) {
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            while let end = bytes.firstIndex(of: Octet.lineFeed, from: start),
                let colon = bytes.firstIndex(of: Octet.colon, from: start)
            {
                body(
                    bytes.part(start..<colon), bytes.part((colon + 2)..<(end - 1)),
                    bytes.part(start..<(end + 1)))
                start = end + 1
            }
        }
    }
}
