/// One SQL statement: literal text, and values that always travel as binds.
///
/// Written as a string literal: `"SELECT title FROM job WHERE id = \(id)"`. An interpolated
/// value becomes `$1`, `$2` and so on; text of a variable cannot get into the statement, only
/// `\(raw:)` with a literal and `\(fragment:)` with another `SQL`.
///
/// The text is not built: the statement is a list of the literals' addresses, which is also
/// the key of the connection's cache of prepared statements. Two literals of the same text in
/// two places are two statements.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    private(set) var shape: Shape
    private(set) var binds: Binds

    package init(stringLiteral literal: StaticString) {
        shape = Shape()
        shape.append(literal)
        binds = Binds()
    }

    package init(stringInterpolation: StringInterpolation) {
        shape = stringInterpolation.shape
        binds = stringInterpolation.binds
    }

    /// A fragment without text, for the branch of a condition that adds nothing.
    package static let empty: SQL = ""

    /// The fragments one after the other with `separator` between them.
    ///
    /// Each number of fragments is another statement to prepare; for long lists bind an array
    /// and use `unnest` or `= ANY`.
    package static func joined(_ fragments: [SQL], by separator: StaticString) -> SQL {
        var whole = SQL.empty
        for (index, fragment) in fragments.enumerated() {
            if index > 0 { whole.shape.append(separator) }
            whole.shape.append(fragment.shape)
            whole.binds.append(fragment.binds)
        }
        return whole
    }

    /// The text as the server reads it, with `$1` where a bind is.
    package var text: String {
        String(decoding: shape.text, as: UTF8.self)
    }

    /// Gathers the pieces of a literal; made by the compiler.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var shape = Shape()
        fileprivate(set) var binds = Binds()

        package init(literalCapacity: Int, interpolationCount: Int) {
            shape.reserveCapacity(2 * interpolationCount + 1)
            binds.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            shape.append(literal)
        }

        /// A bind of the value.
        package mutating func appendInterpolation<Value: PostgresBindable>(_ value: Value) {
            value.bind(to: &binds)
            shape.appendBind(binds.lastType)
        }

        /// A bind of the value, or NULL.
        ///
        /// A function of its own, because the compiler warns of an optional in a literal
        /// unless the parameter is one.
        package mutating func appendInterpolation<Value: PostgresBindable>(_ value: Value?) {
            value.bind(to: &binds)
            shape.appendBind(binds.lastType)
        }

        /// Literal text, such as the name of a column chosen by a `switch`.
        package mutating func appendInterpolation(raw literal: StaticString) {
            shape.append(literal)
        }

        /// Another statement's text and binds, such as an optional condition.
        package mutating func appendInterpolation(fragment: SQL) {
            shape.append(fragment.shape)
            binds.append(fragment.binds)
        }
    }
}

extension SQL {
    /// What makes two statements the same one to the server: the literals and the binds' types.
    struct Shape: Hashable, Sendable {
        /// A literal's address and length, or, where the address is zero, a bind's type.
        private struct Segment: Equatable {
            let address: UInt
            let count: UInt
        }

        private var segments: [Segment] = []
        private var fingerprint: UInt = 0xcbf2_9ce4_8422_2325

        mutating func reserveCapacity(_ count: Int) {
            segments.reserveCapacity(count)
        }

        mutating func append(_ literal: StaticString) {
            // A literal of one character that is not an address is impossible here: the
            // compiler makes these from string literals, never from a Unicode scalar.
            precondition(literal.hasPointerRepresentation)
            if literal.utf8CodeUnitCount == 0 { return }
            append(
                Segment(
                    address: UInt(bitPattern: literal.utf8Start),
                    count: UInt(bitPattern: literal.utf8CodeUnitCount)))
        }

        mutating func appendBind(_ type: PostgresType) {
            append(Segment(address: 0, count: UInt(type.oid)))
        }

        mutating func append(_ other: Shape) {
            for segment in other.segments { append(segment) }
        }

        private mutating func append(_ segment: Segment) {
            segments.append(segment)
            fingerprint = (fingerprint ^ segment.address) &* 0x9e37_79b9_7f4a_7c15
            fingerprint = (fingerprint ^ segment.count) &* 0x9e37_79b9_7f4a_7c15
            fingerprint ^= fingerprint >> 32
        }

        static func == (left: Shape, right: Shape) -> Bool {
            left.fingerprint == right.fingerprint && left.segments == right.segments
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(fingerprint)
        }

        /// The types of the binds in order.
        var types: [UInt32] {
            segments.filter { $0.address == 0 }.map { UInt32(truncatingIfNeeded: $0.count) }
        }

        /// The statement's text without a closing zero.
        var text: [UInt8] {
            var bytes: [UInt8] = []
            var number = 0
            for segment in segments {
                if let start = UnsafePointer<UInt8>(bitPattern: segment.address) {
                    bytes += UnsafeBufferPointer(start: start, count: Int(segment.count))
                } else {
                    number += 1
                    bytes += "$\(number)".utf8
                }
            }
            return bytes
        }
    }
}
