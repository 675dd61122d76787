import Postgres
import TestSupport
import Testing

/// The value that the server sends back for a bind of `value`, read as the same type.
private func echo<Value: PostgresBindable & PostgresDecodable & Sendable>(
    _ value: Value, _ database: Database
) async throws -> Value? {
    try await database.readFirst("SELECT \(value)") { row in try row.next(Value.self) }
}

private enum Colour: String, PostgresBindable, PostgresDecodable, Sendable {
    case red, green
}

/// Expects each value to come back as it went.
private func check<Value: PostgresBindable & PostgresDecodable & Equatable & Sendable>(
    _ values: [Value], _ database: Database
) async throws {
    for value in values {
        #expect(try await echo(value, database) == value)
    }
}

@Suite struct CodecTests {
    @Test func `integers come back as they went, at their bounds too`() async throws {
        try await withDatabase(migrated: false) { database in
            try await check([0, 1, -1, Int.max, Int.min], database)
            try await check([Int32.max, Int32.min], database)
            try await check([Int16.max, Int16.min], database)
        }
    }

    @Test func `texts come back as they went`() async throws {
        try await withDatabase(migrated: false) { database in
            let long = String(repeating: "x", count: 100_000)
            try await check(["", "a", "ș ț î 🙂", "quote ' \" \\ $1", long], database)
        }
    }

    @Test func `a text with a zero byte is refused by the server, not cut short`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await withDatabase(migrated: false) { database in
                try await echo("a\0b", database)
            }
        }
        #expect(error?.serverError?.sqlState == "22021")
    }

    @Test func `other scalars come back as they went`() async throws {
        try await withDatabase(migrated: false) { database in
            try await check([true, false], database)
            try await check([-0.1, .infinity, .leastNonzeroMagnitude], database)
            let id = PostgresUUID(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)
            try await check([id], database)
            let moments = [0, -1, 1_700_000_000_000_001, Int64.max, Int64.min]
            try await check(moments.map { PostgresTimestamp(microseconds: $0) }, database)
            let days: [Int32] = [0, -1, 20_000, .max, .min]
            try await check(days.map { PostgresDate(days: $0) }, database)
        }
    }

    @Test func `nulls come back as nil`() async throws {
        try await withDatabase(migrated: false) { database in
            try await check([Int?.none, 1], database)
            try await check([Bool?.none, true], database)
            try await check([String?.none, "there"], database)
            try await check([[String]?.none, []], database)
        }
    }

    @Test func `arrays come back as they went`() async throws {
        try await withDatabase(migrated: false) { database in
            try await check([[], [1, -2, Int.max]], database)
            try await check([["", "b", "{,}"]], database)
            try await check([[1, nil, 3] as [Int?]], database)
            try await check([[true, false]], database)
            try await check([[0.5, -1]], database)
        }
    }

    @Test func `bytes come back as they went`() async throws {
        try await withDatabase(migrated: false) { database in
            try await check([(0...255).map { UInt8($0) }, []], database)
        }
    }

    @Test func `moments and days mean to the server what they mean here`() async throws {
        let (time, day) = try await withDatabase(migrated: false) { database in
            let values = try await database.readFirst(
                """
                SELECT \(PostgresTimestamp(microseconds: 1_500_000))
                       = '1970-01-01 00:00:01.5+00'::timestamptz,
                    \(PostgresDate(days: 1)) = '1970-01-02'::date
                """
            ) { row in (try row.next(Bool.self), try row.next(Bool.self)) }
            return try #require(values)
        }
        #expect(time)
        #expect(day)
    }

    @Test func `an enum of texts fits an enum type of the server`() async throws {
        let found = try await withDatabase(migrated: false) { database in
            try await database.execute("CREATE TYPE colour AS ENUM ('red', 'green')")
            try await database.execute("CREATE TABLE t (c colour)")
            try await database.execute("INSERT INTO t VALUES (\(Colour.green))")
            return try await database.read("SELECT c FROM t WHERE c = \(Colour.green)") { row in
                try row.next(Colour.self)
            }
        }
        #expect(found == [.green])
    }

    @Test func `JSON fits both types of it`() async throws {
        let texts = try await withDatabase(migrated: false) { database in
            try await database.execute("CREATE TABLE t (a json, b jsonb)")
            let json = JSONText(#"{"k": 1}"#)
            try await database.execute("INSERT INTO t VALUES (\(json), \(json))")
            return try await database.readFirst("SELECT a, b FROM t") { row in
                [try row.next(JSONText.self).text, try row.next(String.self)]
            }
        }
        #expect(texts == [#"{"k": 1}"#, #"{"k": 1}"#])
    }

    @Test func `a smaller integer of the server fits a larger one here, not the other way`()
        async throws
    {
        try await withDatabase(migrated: false) { database in
            let sum = try await database.readFirst("SELECT 1::int2, 2::int4, 3::int8") { row in
                try row.next(Int.self) + row.next(Int.self) + row.next(Int.self)
            }
            let error = await #expect(throws: PostgresError.self) {
                try await database.read("SELECT 3::int8 AS wide") { row in
                    try row.next(Int32.self)
                }
            }
            #expect(sum == 6)
            #expect(
                error
                    == .decoding(
                        DecodingFailure(
                            column: "wide", expected: "integer", found: "type 20, 8 bytes")))
        }
    }

    @Test(arguments: ["SELECT NULL::text", "SELECT 1.5::float8", "SELECT now()"] as [SQL])
    func `a value of another type is an error, not a wrong value`(sql: SQL) async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await withDatabase(migrated: false) { database in
                try await database.read(sql) { row in try row.next(Int.self) }
            }
        }
        guard case .decoding = error else {
            Issue.record("got \(String(describing: error))")
            return
        }
    }

    @Test func `a column too many is an error`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await withDatabase(migrated: false) { database in
                try await database.read("SELECT 1::int8") { row in
                    try row.next(Int.self) + row.next(Int.self)
                }
            }
        }
        guard case .decoding = error else {
            Issue.record("got \(String(describing: error))")
            return
        }
    }
}
