/// A `timestamptz`: microseconds since 1970-01-01T00:00:00Z without leap seconds.
///
/// `Int64.max` and `Int64.min` are SQL's `infinity` and `-infinity`.
@usableFromInline package struct PostgresTimestamp: Hashable, Comparable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Microseconds from 1970-01-01 to PostgreSQL's own epoch, 2000-01-01: 10,957 days.
    private static let epoch: Int64 = 946_684_800_000_000

    @usableFromInline var wireValue: Int64 {
        if microseconds == .max || microseconds == .min { return microseconds }
        let (value, over) = microseconds.subtractingReportingOverflow(Self.epoch)
        return over ? .min : value
    }

    @usableFromInline init(wireValue: Int64) {
        if wireValue == .max || wireValue == .min {
            microseconds = wireValue
        } else {
            let (value, over) = wireValue.addingReportingOverflow(Self.epoch)
            microseconds = over ? .max : value
        }
    }

    @usableFromInline package static func < (left: PostgresTimestamp, right: PostgresTimestamp)
        -> Bool
    {
        left.microseconds < right.microseconds
    }
}

/// A `date`: days since 1970-01-01 in the proleptic Gregorian calendar.
///
/// `Int32.max` and `Int32.min` are SQL's `infinity` and `-infinity`.
@usableFromInline package struct PostgresDate: Hashable, Comparable, Sendable {
    package let days: Int32

    package init(days: Int32) {
        self.days = days
    }

    /// Days from 1970-01-01 to PostgreSQL's own epoch, 2000-01-01.
    private static let epoch: Int32 = 10_957

    @usableFromInline var wireValue: Int32 {
        if days == .max || days == .min { return days }
        let (value, over) = days.subtractingReportingOverflow(Self.epoch)
        return over ? .min : value
    }

    @usableFromInline init(wireValue: Int32) {
        if wireValue == .max || wireValue == .min {
            days = wireValue
        } else {
            let (value, over) = wireValue.addingReportingOverflow(Self.epoch)
            days = over ? .max : value
        }
    }

    @usableFromInline package static func < (left: PostgresDate, right: PostgresDate) -> Bool {
        left.days < right.days
    }
}

/// A `uuid` as two big-endian halves.
@usableFromInline package struct PostgresUUID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    @usableFromInline package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

/// A JSON document as text, for `json` and `jsonb` columns alike.
@usableFromInline package struct JSONText: Hashable, Sendable {
    package let text: String

    @usableFromInline package init(_ text: String) {
        self.text = text
    }
}

extension PostgresTimestamp: PostgresBindable {
    package static var postgresType: PostgresType { .timestamptz }
    package func bind(to binds: inout Binds) { binds.append(.timestamptz, integer: wireValue) }
}

extension PostgresDate: PostgresBindable {
    package static var postgresType: PostgresType { .date }
    package func bind(to binds: inout Binds) { binds.append(.date, integer: wireValue) }
}

extension PostgresUUID: PostgresBindable {
    package static var postgresType: PostgresType { .uuid }

    package func bind(to binds: inout Binds) {
        binds.append(.uuid) { bytes in
            bytes.appendBigEndian(high)
            bytes.appendBigEndian(low)
        }
    }
}

extension JSONText: PostgresBindable {
    package static var postgresType: PostgresType { .inferred }
    package func bind(to binds: inout Binds) { binds.append(text: text) }
}
