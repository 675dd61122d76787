import Logging
import Postgres
import TestSupport
import Testing

private struct Folder {
    let directory: TemporaryDirectory
    let place: TestDatabase

    init(_ files: [String: String]) throws {
        directory = try TemporaryDirectory()
        place = try TestDatabase(migrated: false)
        for (name, text) in files { try directory.write(text, to: name) }
    }

    func migrate() throws -> [String] {
        try Migrator(directory: directory.path).run(
            connectionString: place.connectionString, logger: quietLogger)
    }
}

@Suite struct MigratorTests {
    @Test func `files are applied once each, in the order of their names`() throws {
        let folder = try Folder([
            "2_fill.sql": "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);",
            "1_create.sql": "CREATE TABLE t (a bigint);", "notes.txt": "not SQL",
        ])
        let first = try folder.migrate()
        let second = try folder.migrate()
        #expect(first == ["1_create.sql", "2_fill.sql"])
        #expect(second == [])
        try folder.place.run("DO $$ BEGIN ASSERT (SELECT count(*) = 2 FROM t); END $$")
        try folder.place.drop()
    }

    @Test func `a file that fails leaves nothing, and those before it stay`() throws {
        let folder = try Folder([
            "1_create.sql": "CREATE TABLE t (a bigint);",
            "2_wrong.sql": "INSERT INTO t VALUES (1);\nINSERT INTO nowhere VALUES (1);",
        ])
        let error = #expect(throws: MigrationError.self) { try folder.migrate() }
        #expect(
            error
                == .refused(
                    file: "2_wrong.sql", line: 2,
                    message: "relation \"nowhere\" does not exist (42P01)"))
        try folder.place.run("DO $$ BEGIN ASSERT (SELECT count(*) = 0 FROM t); END $$")
        try folder.place.drop()
    }

    @Test func `a file that was changed after it had been applied is refused`() throws {
        let folder = try Folder(["1_create.sql": "CREATE TABLE t (a bigint);"])
        _ = try folder.migrate()
        try folder.directory.write("CREATE TABLE t (b bigint);", to: "1_create.sql")
        #expect(throws: MigrationError.changed("1_create.sql")) { try folder.migrate() }
        try folder.place.drop()
    }

    @Test func `an applied file that is gone is refused`() throws {
        let folder = try Folder([
            "1_create.sql": "CREATE TABLE t (a bigint);", "2_more.sql": "SELECT 1;",
        ])
        _ = try folder.migrate()
        TemporaryDirectory.remove("\(folder.directory.path)/1_create.sql")
        #expect(throws: MigrationError.missing("1_create.sql")) { try folder.migrate() }
        try folder.place.drop()
    }

    @Test func `a schema newer than the files is accepted`() throws {
        let folder = try Folder([
            "1_create.sql": "CREATE TABLE t (a bigint);", "2_more.sql": "SELECT 1;",
        ])
        _ = try folder.migrate()
        TemporaryDirectory.remove("\(folder.directory.path)/2_more.sql")
        #expect(try folder.migrate() == [])
        try folder.place.drop()
    }

    @Test func `two migrators at the same moment apply each file once`() async throws {
        let folder = try Folder([
            "1_create.sql": "CREATE TABLE t (a bigint);", "2_fill.sql": "INSERT INTO t VALUES (1);",
        ])
        let migrator = try Migrator(directory: folder.directory.path)
        let connectionString = folder.place.connectionString
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try migrator.run(
                        connectionString: connectionString, logger: quietLogger
                    ).count
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.sorted() == [0, 0, 0, 2])
        try folder.place.drop()
    }

    @Test func `a database that is not there is told`() throws {
        let folder = try TemporaryDirectory()
        let migrator = try Migrator(directory: folder.path)
        let error = #expect(throws: MigrationError.self) {
            try migrator.run(connectionString: "host=/nonexistent", logger: quietLogger)
        }
        guard case .unavailable = error else {
            Issue.record("got \(String(describing: error))")
            return
        }
    }
}
