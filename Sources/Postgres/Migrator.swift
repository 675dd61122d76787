import CLibpq
import Logging

/// Brings a schema up to date with a folder of SQL files.
///
/// Each file runs once, in the order of the names, in a transaction of its own, which also
/// notes it in `schema_migration` in the current schema. An advisory lock lets one process at
/// a time do so. It blocks, so it is for the time before the loops start.
package struct Migrator: Sendable {
    /// The files in their order.
    package let migrations: [Migration]

    /// Reads the files.
    package init(directory: String) throws(MigrationError) {
        migrations = try Migration.all(in: directory)
    }

    /// Applies what is missing.
    ///
    /// What the database has beyond the newest file is only warned about: during a deploy, the
    /// old program starts against the new schema.
    ///
    /// - Returns: the names of the files that were applied now.
    package func run(
        connectionString: String, logger: Logger
    ) throws(MigrationError) -> [String] {
        let connection = try BlockingConnection(connectionString)
        defer { connection.close() }
        try connection.prepareMigrations()
        let applied = try connection.appliedMigrations()
        try check(applied, logger)
        var names: [String] = []
        for migration in migrations where applied[migration.name] == nil {
            try connection.apply(migration)
            logger.notice("migration applied", metadata: ["file": "\(migration.name)"])
            names.append(migration.name)
        }
        return names
    }

    private func check(
        _ applied: [String: Int64], _ logger: Logger
    ) throws(MigrationError) {
        let files = Dictionary(migrations.map { ($0.name, $0.checksum) }) { first, _ in first }
        let newest = migrations.last?.name ?? ""
        for (name, checksum) in applied.sorted(by: { $0.key < $1.key }) {
            if let file = files[name] {
                guard file == checksum else { throw .changed(name) }
            } else if name > newest {
                logger.warning(
                    "the schema is newer than this program", metadata: ["file": "\(name)"])
            } else {
                throw .missing(name)
            }
        }
    }
}

/// A connection whose calls block.
private struct BlockingConnection {
    private let pointer: OpaquePointer

    init(_ connectionString: String) throws(MigrationError) {
        guard let pointer = PQconnectdb(connectionString) else {
            throw .unavailable("out of memory")
        }
        self.pointer = pointer
        guard PQstatus(pointer) == CONNECTION_OK else {
            let reason = ServerAnswer.text(PQerrorMessage(pointer)) ?? "no reason given"
            PQfinish(pointer)
            throw .unavailable(reason)
        }
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
    }

    func close() {
        PQfinish(pointer)
    }

    /// Takes the lock, which the end of the connection gives back, and makes the table.
    func prepareMigrations() throws(MigrationError) {
        try run(
            """
            SET statement_timeout = 0;
            SELECT pg_advisory_lock(
                hashtextextended('vouch schema_migration ' || current_schema(), 0));
            CREATE TABLE IF NOT EXISTS schema_migration (
                name text PRIMARY KEY,
                checksum bigint NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            );
            SET lock_timeout = '10s'
            """)
    }

    func appliedMigrations() throws(MigrationError) -> [String: Int64] {
        var applied: [String: Int64] = [:]
        try run("SELECT name, checksum FROM schema_migration") { result in
            for row in 0..<PQntuples(result) {
                let name = String(cString: PQgetvalue(result, row, 0))
                applied[name] = Int64(String(cString: PQgetvalue(result, row, 1)))
            }
        }
        return applied
    }

    func apply(_ migration: Migration) throws(MigrationError) {
        do throws(MigrationError) {
            try run("BEGIN", of: migration)
            try run(String(decoding: migration.text, as: UTF8.self), of: migration)
            // The name is quoted by doubling; the checksum is digits.
            let name = migration.name.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "''")
            try run(
                """
                INSERT INTO schema_migration (name, checksum)
                VALUES ('\(name)', \(migration.checksum))
                """)
            try run("COMMIT", of: migration)
        } catch {
            PQclear(PQexec(pointer, "ROLLBACK"))
            throw error
        }
    }

    private func run(
        _ text: String, of migration: Migration? = nil,
        _ read: (OpaquePointer) -> Void = { _ in }
    ) throws(MigrationError) {
        guard let result = PQexec(pointer, text) else { throw .unavailable("out of memory") }
        defer { PQclear(result) }
        guard let error = ServerAnswer.error(of: result) else { return read(result) }
        guard let refusal = error.serverError else {
            throw .unavailable("\(error)")
        }
        let position = PQresultErrorField(result, Int32(Unicode.Scalar("P").value))
            .flatMap { Int(String(cString: $0)) }
        throw .refused(
            file: migration?.name ?? "schema_migration",
            line: position.flatMap { migration?.line(ofCharacter: $0) },
            message: "\(refusal.message) (\(refusal.sqlState))")
    }
}
