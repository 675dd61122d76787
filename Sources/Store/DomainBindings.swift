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
extension MailToken: StoredText {}
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
    /// `{100}` as `smallint[]` travels: one dimension, no NULL, type, one element from 1, two bytes.
    private static let singleShare: [UInt8] =
        [0, 0, 0, 1] + [0, 0, 0, 0] + [0, 0, 0, 21] + [0, 0, 0, 1] + [0, 0, 0, 1]
        + [0, 0, 0, 2] + [0, 100]

    package static func decode(_ cell: Cell) throws(PostgresError) -> InstalmentPlan {
        // Most promises are paid at once, and that plan is there already.
        if let bytes = cell.bytes, bytes.elementsEqual(singleShare) { return .single }
        return InstalmentPlan(stored: try [Int16].decode(cell).map(Int.init))
    }
}

/// A value that is kept as the name of a case.
protocol StoredName: PostgresBindable, PostgresDecodable, RawRepresentable, CaseIterable
where RawValue == String {
    /// The names, made once.
    static var names: NameTable<Self> { get }
}

extension StoredName {
    package static func decode(_ cell: Cell) throws(PostgresError) -> Self {
        if let bytes = cell.bytes, let value = names.value(named: bytes) { return value }
        guard let value = Self(rawValue: try String.decode(cell)) else {
            throw cell.failure(expected: "\(Self.self)")
        }
        return value
    }
}

/// The cases of an enum by their names of at most 16 bytes, each of which is compared as a number.
///
/// A list of jobs has a hundred such names; making a `String` of each and comparing that with all
/// the cases took a third of the decoding of a row.
struct NameTable<Value: RawRepresentable & CaseIterable & Sendable>: Sendable
where Value.RawValue == String {
    private let names: [(key: UInt128, value: Value)]

    init() {
        names = Value.allCases.compactMap { value in
            var name = value.rawValue
            return name.withUTF8 { bytes in
                Self.key(UnsafeRawBufferPointer(bytes)).map { (key: $0, value: value) }
            }
        }
    }

    func value(named bytes: UnsafeRawBufferPointer) -> Value? {
        guard let key = Self.key(bytes) else { return nil }
        for name in names where name.key == key { return name.value }
        return nil
    }

    /// The bytes as a number; no name contains a zero byte, so the length is told too.
    private static func key(_ bytes: UnsafeRawBufferPointer) -> UInt128? {
        guard bytes.count <= 16 else { return nil }
        var key: UInt128 = 0
        for byte in bytes { key = key << 8 | UInt128(byte) }
        return key
    }
}

extension MailPurpose: StoredName { static let names = NameTable<MailPurpose>() }
extension Role: StoredName { static let names = NameTable<Role>() }
extension Language: StoredName { static let names = NameTable<Language>() }
extension Currency: StoredName { static let names = NameTable<Currency>() }
extension JobState: StoredName { static let names = NameTable<JobState>() }
extension EmploymentType: StoredName { static let names = NameTable<EmploymentType>() }
extension Remote: StoredName { static let names = NameTable<Remote>() }
extension SalaryPeriod: StoredName { static let names = NameTable<SalaryPeriod>() }
extension Stage: StoredName { static let names = NameTable<Stage>() }
extension RejectionReason: StoredName { static let names = NameTable<RejectionReason>() }
extension CandidateMatch: StoredName { static let names = NameTable<CandidateMatch>() }
extension SelfDealing: StoredName { static let names = NameTable<SelfDealing>() }
extension HireState: StoredName { static let names = NameTable<HireState>() }
extension CommissionState: StoredName { static let names = NameTable<CommissionState>() }
extension CommissionReason: StoredName { static let names = NameTable<CommissionReason>() }
extension LedgerAccount.Kind: StoredName { static let names = NameTable<LedgerAccount.Kind>() }
extension Transfer.Kind: StoredName { static let names = NameTable<Transfer.Kind>() }
