import CLibpq

/// Reads what a `PGresult` says.
enum ServerAnswer {
    /// The failure that the result stands for; nil where it is none.
    static func error(of result: OpaquePointer) -> PostgresError? {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: nil
        case PGRES_FATAL_ERROR: failure(of: result)
        default: .unavailable("the server answered out of turn")
        }
    }

    private static func failure(of result: OpaquePointer) -> PostgresError {
        guard let state = field(result, "C") else {
            // libpq itself made this one: the connection broke, or memory ran out.
            return .unavailable(text(PQresultErrorMessage(result)) ?? "the connection broke")
        }
        var error = ServerError(
            sqlState: SQLState(state), message: field(result, "M") ?? "",
            detail: field(result, "D"), hint: field(result, "H"),
            constraint: field(result, "n"), schema: field(result, "s"),
            table: field(result, "t"), column: field(result, "c"))
        // The message of a plan that a change of the schema has outdated is translated; the
        // function that raises it is not.
        error.isStalePlan =
            error.sqlState == .unknownStatementName
            || (error.sqlState == .featureNotSupported
                && field(result, "R") == "RevalidateCachedQuery")
        // The severity that is not translated: these end the session, whatever their code.
        let severity = field(result, "V")
        let endsSession = severity == "FATAL" || severity == "PANIC"
        return endsSession ? .unavailable(error.message) : .server(error)
    }

    /// A field by its one-letter code of the protocol.
    private static func field(_ result: OpaquePointer, _ code: Unicode.Scalar) -> String? {
        text(PQresultErrorField(result, Int32(code.value)))
    }

    /// libpq's text without the line ends it puts behind.
    static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer else { return nil }
        var bytes = UnsafeRawBufferPointer(start: pointer, count: length(of: pointer))[...]
        while let last = bytes.last, last == 10 || last == 32 { bytes.removeLast() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private static func length(of pointer: UnsafePointer<CChar>) -> Int {
        var count = 0
        while pointer[count] != 0 { count += 1 }
        return count
    }

    /// How many rows the statement inserted, changed, deleted or selected.
    static func affectedRows(_ result: OpaquePointer) -> Int {
        guard let digits = PQcmdTuples(result) else { return 0 }
        var count = 0
        var position = 0
        while digits[position] >= 48, digits[position] <= 57 {
            count = count &* 10 &+ Int(digits[position] - 48)
            position += 1
        }
        return count
    }

    /// True where the statement was a COMMIT that the server turned into a ROLLBACK, which it
    /// does for a transaction in which a statement has failed.
    static func isRollback(_ result: OpaquePointer) -> Bool {
        text(PQcmdStatus(result)) == "ROLLBACK"
    }
}
