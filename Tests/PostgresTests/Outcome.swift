import Postgres

/// What a read of one integer came to: the number, the SQLSTATE, or the error's name.
func outcome(_ database: Database, _ sql: SQL, deadline: Duration? = nil) async -> String {
    await outcome {
        let value = try await database.readFirst(sql, deadline: deadline) { row in
            try row.next(Int.self)
        }
        return value.map { "\($0)" } ?? "no row"
    }
}

/// What `body` came to: what it returns, the SQLSTATE, or the error's name.
func outcome(_ body: () async throws -> String) async -> String {
    do {
        return try await body()
    } catch let error as PostgresError {
        return switch error {
        case .server(let error): error.sqlState.code
        case .unavailable: "unavailable"
        case .commitUnknown: "commitUnknown"
        case .decoding: "decoding"
        default: "\(error)"
        }
    } catch {
        return "\(error)"
    }
}
