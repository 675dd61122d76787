/// What can go wrong between a call of `Database` and its answer.
@usableFromInline package enum PostgresError: Error, Equatable, Sendable {
    /// No server can be reached, or the connection broke before anything could take effect.
    case unavailable(String)
    /// The queue for a connection is full.
    case poolExhausted
    /// The deadline passed; a statement that was running has been cancelled.
    case deadlineExceeded
    /// The calling task was cancelled; a statement that was running has been cancelled too.
    case cancelled
    /// The server refused the statement.
    case server(ServerError)
    /// A value of the answer is not what the caller asked for.
    case decoding(DecodingFailure)
    /// The connection broke between the sending of a COMMIT, or of a writing statement outside
    /// a transaction, and its answer: it may or may not have taken effect.
    case commitUnknown(String)
    /// The body of a transaction swallowed a statement's failure, so COMMIT rolled back.
    case transactionAborted

    /// The server's error, where it is one.
    package var serverError: ServerError? {
        if case .server(let error) = self { error } else { nil }
    }
}

/// An error as the server reported it (PostgreSQL's manual, "Error and Notice Message Fields").
@usableFromInline package struct ServerError: Equatable, Sendable {
    package var sqlState: SQLState
    package var message: String
    package var detail: String?
    package var hint: String?
    /// The name of the violated constraint.
    package var constraint: String?
    package var schema: String?
    package var table: String?
    package var column: String?
    /// True where the statement must be prepared anew, because the schema has changed.
    var isStalePlan = false

    package init(
        sqlState: SQLState, message: String, detail: String? = nil, hint: String? = nil,
        constraint: String? = nil, schema: String? = nil, table: String? = nil,
        column: String? = nil
    ) {
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.hint = hint
        self.constraint = constraint
        self.schema = schema
        self.table = table
        self.column = column
    }
}

/// A value that was not of the type asked for.
@usableFromInline package struct DecodingFailure: Equatable, Sendable {
    /// The column's name in the answer.
    package var column: String
    package var expected: String
    package var found: String

    package init(column: String, expected: String, found: String) {
        self.column = column
        self.expected = expected
        self.found = found
    }
}

/// A five-character error code (PostgreSQL's manual, appendix A).
package struct SQLState: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let code: String

    package init(_ code: String) {
        self.code = code
    }

    package init(stringLiteral code: String) {
        self.code = code
    }

    package var description: String { code }

    package static let uniqueViolation: SQLState = "23505"
    package static let foreignKeyViolation: SQLState = "23503"
    package static let notNullViolation: SQLState = "23502"
    package static let checkViolation: SQLState = "23514"
    package static let exclusionViolation: SQLState = "23P01"
    package static let raisedException: SQLState = "P0001"
    package static let serializationFailure: SQLState = "40001"
    package static let deadlockDetected: SQLState = "40P01"
    package static let lockNotAvailable: SQLState = "55P03"
    package static let queryCancelled: SQLState = "57014"
    package static let readOnlyTransaction: SQLState = "25006"
    package static let tooManyConnections: SQLState = "53300"
    package static let unknownStatementName: SQLState = "26000"
    package static let tooManyArguments: SQLState = "54023"
    package static let featureNotSupported: SQLState = "0A000"

    /// True for the failures that the same transaction, run again, may not meet.
    package var isRetryable: Bool {
        self == .serializationFailure || self == .deadlockDetected
    }
}
