import CLibpq

/// Statements outside of the code under test; they block.
package enum Statement {
    /// Connects, runs the text, and disconnects.
    package static func run(_ text: String, on connectionString: String) throws {
        guard let connection = PQconnectdb(connectionString) else {
            throw TestFailure("out of memory")
        }
        defer { PQfinish(connection) }
        guard PQstatus(connection) == CONNECTION_OK else {
            throw TestFailure(String(cString: PQerrorMessage(connection)))
        }
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        let result = PQexec(connection, text)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            throw TestFailure(String(cString: PQerrorMessage(connection)))
        }
    }
}
