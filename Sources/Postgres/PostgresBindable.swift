/// A value that can be a bind of a statement.
package protocol PostgresBindable: Sendable {
    /// The type a NULL of this kind is declared as.
    static var postgresType: PostgresType { get }

    /// Appends exactly one parameter.
    func bind(to binds: inout Binds)
}

extension PostgresBindable where Self: RawRepresentable, RawValue: PostgresBindable {
    package static var postgresType: PostgresType { RawValue.postgresType }
    package func bind(to binds: inout Binds) { rawValue.bind(to: &binds) }
}

extension Optional: PostgresBindable where Wrapped: PostgresBindable {
    package static var postgresType: PostgresType { Wrapped.postgresType }

    package func bind(to binds: inout Binds) {
        guard let value = self else { return binds.appendNull(Wrapped.postgresType) }
        value.bind(to: &binds)
    }
}

extension Int: PostgresBindable {
    package static var postgresType: PostgresType { .int8 }
    package func bind(to binds: inout Binds) { binds.append(.int8, integer: Int64(self)) }
}

extension Int64: PostgresBindable {
    package static var postgresType: PostgresType { .int8 }
    package func bind(to binds: inout Binds) { binds.append(.int8, integer: self) }
}

extension Int32: PostgresBindable {
    package static var postgresType: PostgresType { .int4 }
    package func bind(to binds: inout Binds) { binds.append(.int4, integer: self) }
}

extension Int16: PostgresBindable {
    package static var postgresType: PostgresType { .int2 }
    package func bind(to binds: inout Binds) { binds.append(.int2, integer: self) }
}

extension Bool: PostgresBindable {
    package static var postgresType: PostgresType { .bool }
    package func bind(to binds: inout Binds) { binds.append(.bool, integer: UInt8(self ? 1 : 0)) }
}

extension Double: PostgresBindable {
    package static var postgresType: PostgresType { .float8 }
    package func bind(to binds: inout Binds) { binds.append(.float8, integer: bitPattern) }
}

/// Text is declared of no type, so it fits text, enum, JSON and other columns alike.
extension String: PostgresBindable {
    package static var postgresType: PostgresType { .inferred }
    package func bind(to binds: inout Binds) { binds.append(text: self) }
}

/// An array of integers, texts and so on as the SQL array of them; `[UInt8]` is a `bytea`.
extension Array: PostgresBindable where Element: PostgresArrayElement {
    package static var postgresType: PostgresType { Element.arrayType }

    package func bind(to binds: inout Binds) {
        binds.append(Element.arrayType) { Element.encode(self, into: &$0) }
    }
}
