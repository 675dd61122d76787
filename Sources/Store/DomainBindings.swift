import Domain
import Postgres

// How the domain's values travel as binds and columns: each as the one type its column has.

extension ID: PostgresBindable, PostgresDecodable {
    package static var postgresType: PostgresType { .int8 }
    package func bind(to binds: inout Binds) { rawValue.bind(to: &binds) }
    package static func decode(_ cell: Cell) throws(PostgresError) -> Self {
        Self(try Int64.decode(cell))
    }
}

extension BoundedText: PostgresBindable, PostgresDecodable {
    package static var postgresType: PostgresType { String.postgresType }
    package func bind(to binds: inout Binds) { text.bind(to: &binds) }
    package static func decode(_ cell: Cell) throws(PostgresError) -> Self {
        Self(stored: try String.decode(cell))
    }
}

extension Slug: PostgresBindable, PostgresDecodable {
    package static var postgresType: PostgresType { String.postgresType }
    package func bind(to binds: inout Binds) { text.bind(to: &binds) }
    package static func decode(_ cell: Cell) throws(PostgresError) -> Self {
        Self(stored: try String.decode(cell))
    }
}

/// A value that is kept as its text.
protocol StoredText: PostgresBindable, PostgresDecodable {
    var text: String { get }
    init(stored text: String)
}

extension StoredText {
    package static var postgresType: PostgresType { String.postgresType }
    package func bind(to binds: inout Binds) { text.bind(to: &binds) }
    package static func decode(_ cell: Cell) throws(PostgresError) -> Self {
        Self(stored: try String.decode(cell))
    }
}

extension EmailAddress: StoredText {}
extension PhoneNumber: StoredText {}
extension LinkCode: StoredText {}
extension ReceiptCode: StoredText {}
extension ChannelName: StoredText {}
extension CountryCode: StoredText {}
extension WebAddress: StoredText {}

extension IdempotencyKey: PostgresBindable {
    package static var postgresType: PostgresType { String.postgresType }
    package func bind(to binds: inout Binds) { text.bind(to: &binds) }
}

extension Instant: PostgresBindable, PostgresDecodable {
    package static var postgresType: PostgresType { .timestamptz }
    package func bind(to binds: inout Binds) {
        PostgresTimestamp(microseconds: microseconds).bind(to: &binds)
    }
    package static func decode(_ cell: Cell) throws(PostgresError) -> Instant {
        Instant(microseconds: try PostgresTimestamp.decode(cell).microseconds)
    }
}

extension CalendarDate: PostgresBindable, PostgresDecodable {
    package static var postgresType: PostgresType { .date }
    package func bind(to binds: inout Binds) {
        PostgresDate(days: daysSinceEpoch).bind(to: &binds)
    }
    package static func decode(_ cell: Cell) throws(PostgresError) -> CalendarDate {
        CalendarDate(daysSinceEpoch: try PostgresDate.decode(cell).days)
    }
}

extension InstalmentPlan: PostgresBindable, PostgresDecodable {
    package static var postgresType: PostgresType { [Int16].postgresType }
    package func bind(to binds: inout Binds) {
        shares.map { Int16($0.value) }.bind(to: &binds)
    }
    package static func decode(_ cell: Cell) throws(PostgresError) -> InstalmentPlan {
        InstalmentPlan(stored: try [Int16].decode(cell).map(Int.init))
    }
}

extension SQL.StringInterpolation {
    /// A bind that may be NULL; without this overload the compiler takes an optional value in an
    /// interpolation for a mistake.
    mutating func appendInterpolation<Value: PostgresBindable>(_ value: Value?) {
        appendInterpolation(Nullable(value: value))
    }
}

private struct Nullable<Value: PostgresBindable>: PostgresBindable {
    let value: Value?

    static var postgresType: PostgresType { Value.postgresType }
    func bind(to binds: inout Binds) { value.bind(to: &binds) }
}

extension Role: PostgresBindable, PostgresDecodable {}
extension Language: PostgresBindable, PostgresDecodable {}
extension Currency: PostgresBindable, PostgresDecodable {}
extension JobState: PostgresBindable, PostgresDecodable {}
extension EmploymentType: PostgresBindable, PostgresDecodable {}
extension Remote: PostgresBindable, PostgresDecodable {}
extension SalaryPeriod: PostgresBindable, PostgresDecodable {}
extension Stage: PostgresBindable, PostgresDecodable {}
extension RejectionReason: PostgresBindable, PostgresDecodable {}
extension CandidateMatch: PostgresBindable, PostgresDecodable {}
extension SelfDealing: PostgresBindable, PostgresDecodable {}
extension HireState: PostgresBindable, PostgresDecodable {}
extension CommissionState: PostgresBindable, PostgresDecodable {}
extension CommissionReason: PostgresBindable, PostgresDecodable {}
extension LedgerAccount.Kind: PostgresBindable, PostgresDecodable {}
extension Transfer.Kind: PostgresBindable, PostgresDecodable {}
