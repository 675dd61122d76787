import Postgres
import TestSupport
import Testing

@Suite struct DatabaseTests {
    @Test func `a short read gives its rows in order`() async throws {
        let rows = try await withDatabase(migrated: false) { database in
            try await database.read("SELECT n, 'row ' || n FROM generate_series(1, \(3)) n") {
                row in (try row.next(Int.self), try row.next(String.self))
            }
        }
        #expect(rows.map(\.0) == [1, 2, 3])
        #expect(rows.map(\.1) == ["row 1", "row 2", "row 3"])
    }

    @Test func `a short read is refused a write`() async throws {
        try await withDatabase(migrated: false) { database in
            try await database.execute("CREATE TABLE t (a bigint)")
            let error = await #expect(throws: PostgresError.self) {
                try await database.read("INSERT INTO t VALUES (1) RETURNING a") { _ in }
            }
            #expect(error?.serverError?.sqlState == .readOnlyTransaction)
        }
    }

    @Test func `a query is refused a write, and a statement that writes is not`() async throws {
        try await withDatabase(migrated: false) { database in
            try await database.execute("CREATE TABLE t (a bigint)")
            let error = await #expect(throws: PostgresError.self) {
                try await database.query("INSERT INTO t VALUES (1) RETURNING a") { _ in }
            }
            let inserted = try await database.executeReturning(
                "INSERT INTO t VALUES (\(5)), (\(6)) RETURNING a"
            ) { row in try row.next(Int.self) }
            let changed = try await database.execute("UPDATE t SET a = a + 1")
            let found = try await database.query("SELECT a FROM t ORDER BY a") { row in
                try row.next(Int.self)
            }
            #expect(error?.serverError?.sqlState == .readOnlyTransaction)
            #expect(inserted == [5, 6])
            #expect(changed == 2)
            #expect(found == [6, 7])
        }
    }

    @Test func `a constraint is named by the error of the statement that violates it`() async throws
    {
        try await withDatabase(migrated: false) { database in
            try await database.execute("CREATE TABLE t (a bigint CONSTRAINT only_one UNIQUE)")
            try await database.execute("INSERT INTO t VALUES (1)")
            let error = await #expect(throws: PostgresError.self) {
                try await database.execute("INSERT INTO t VALUES (\(1))")
            }
            #expect(error?.serverError?.sqlState == .uniqueViolation)
            #expect(error?.serverError?.constraint == "only_one")
        }
    }

    @Test func `a constraint that is checked at the commit fails the statement by itself`()
        async throws
    {
        try await withDatabase(migrated: false) { database in
            try await database.execute(
                "CREATE TABLE t (a bigint CONSTRAINT late UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            try await database.execute("INSERT INTO t VALUES (1)")
            let error = await #expect(throws: PostgresError.self) {
                try await database.execute("INSERT INTO t VALUES (\(1))")
            }
            let count = try await database.readFirst("SELECT count(*) FROM t") { row in
                try row.next(Int.self)
            }
            #expect(error?.serverError?.constraint == "late")
            #expect(count == 1)
        }
    }

    @Test func `an optional condition is spliced in with its binds`() async throws {
        let (some, all) = try await withDatabase(migrated: false) { database in
            func find(_ least: Int?) async throws -> [Int] {
                let condition: SQL = if let least { "AND n >= \(least)" } else { .empty }
                let sql: SQL = """
                    SELECT n FROM generate_series(1, \(4)) n
                    WHERE n <> \(2) \(fragment: condition) ORDER BY n
                    """
                return try await database.read(sql) { row in try row.next(Int.self) }
            }
            return (try await find(3), try await find(nil))
        }
        #expect(some == [3, 4])
        #expect(all == [1, 3, 4])
    }

    @Test func `all the product's migrations apply to an empty schema`() async throws {
        let count = try await withDatabase { database in
            try await database.readFirst("SELECT count(*) FROM schema_migration") { row in
                try row.next(Int.self)
            }
        }
        #expect((count ?? 0) > 0)
    }
}
