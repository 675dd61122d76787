import Domain
import HTTP
import Logging
import Postgres
import Spool

/// The one table from an error to what is answered.
struct FailureReply: Sendable {
    let status: Status
    /// What the rules answered, where it was they who refused.
    let domainError: DomainError?
    /// The name that programs know the refusal by.
    let code: String
    /// Which parts of a program's request do not fit.
    let complaints: [Complaint]
    let retryAfterSeconds: Int?
    /// Whether somebody has to look at it.
    let isOurFault: Bool

    /// Why it cannot be answered now, where a while later it may be.
    var waiting: WaitingReplies.Reason? {
        status == .serviceUnavailable ? WaitingReplies.Reason(rawValue: code) : nil
    }

    init(
        _ status: Status, code: String, domainError: DomainError? = nil,
        complaints: [Complaint] = [],
        retryAfterSeconds: Int? = nil, isOurFault: Bool = false
    ) {
        self.status = status
        self.domainError = domainError
        self.code = code
        self.complaints = complaints
        self.retryAfterSeconds = retryAfterSeconds
        self.isOurFault = isOurFault
    }

    init(_ error: any Error) {
        switch error {
        case let error as DomainError: self.init(error)
        case let error as ValidationError: self.init(DomainError.invalid([error]))
        case let error as FormError: self.init(error.status, code: "malformed_form")
        case is JSONValue.Malformation: self.init(.badRequest, code: "malformed_json")
        case let error as RefusedRequest:
            self.init(
                .unprocessableContent, code: "invalid", domainError: .invalid([]),
                complaints: error.complaints)
        case let error as Unacceptable: self.init(error.status, code: error.code)
        case is PasswordWorker.Busy, is SpoolRefusal: self = .busy
        case let error as PostgresError: self.init(error)
        case is CancellationError: self = .busy
        default: self = .failed
        }
    }

    private init(_ error: DomainError) {
        switch error {
        case .notFound: self.init(.notFound, code: "not_found", domainError: error)
        case .forbidden: self.init(.forbidden, code: "forbidden", domainError: error)
        case .gone: self.init(.gone, code: "gone", domainError: error)
        case .invalid: self.init(.unprocessableContent, code: "invalid", domainError: error)
        case .conflict(let conflict):
            self.init(.conflict, code: Self.name(of: conflict), domainError: error)
        case .duplicate: self.init(.conflict, code: "duplicate", domainError: error)
        case .tooMany(_, let seconds):
            self.init(
                .tooManyRequests, code: "too_many", domainError: error,
                retryAfterSeconds: seconds > 0 ? seconds : nil)
        }
    }

    private init(_ error: PostgresError) {
        switch error {
        case .unavailable, .poolExhausted, .deadlineExceeded, .cancelled:
            self = .busy
        case .commitUnknown:
            self.init(
                .serviceUnavailable, code: WaitingReplies.Reason.outcomeUnknown.rawValue,
                retryAfterSeconds: Int.random(in: 2...6))
        // The server shuts down or has no connection left (class 57P and 53).
        case .server(let server)
        where server.sqlState.code.hasPrefix("57P") || server.sqlState.code.hasPrefix("53"):
            self = .busy
        case .server(let server) where server.sqlState.isRetryable: self = .busy
        // The server's own time-outs: of a statement, and of waiting for somebody else's lock.
        case .server(let server)
        where server.sqlState == .queryCancelled || server.sqlState == .lockNotAvailable:
            self = .busy
        case .server, .decoding, .transactionAborted: self = .failed
        }
    }

    /// Too much to do, or the database is away: the same request may do later. The jitter keeps
    /// those who were refused together from coming back together.
    static var busy: FailureReply {
        FailureReply(
            .serviceUnavailable, code: "unavailable", retryAfterSeconds: Int.random(in: 2...6))
    }

    private static let failed = FailureReply(
        .internalServerError, code: "failed", isOurFault: true)

    /// `jobNotPublished` as `job_not_published`.
    private static func name(of conflict: DomainError.Conflict) -> String {
        var name = ""
        for letter in String(describing: conflict).prefix(while: { $0 != "(" }) {
            name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
        }
        return name
    }
}

/// What of an error may stand in the log: no values of anybody's, which PostgreSQL puts into its
/// details.
struct LoggedError: CustomStringConvertible {
    let error: any Error

    var description: String {
        guard let error = error as? PostgresError, let server = error.serverError else {
            return String(describing: error)
        }
        return "SQLSTATE \(server.sqlState), constraint \(server.constraint ?? "none")"
    }
}

/// A request that the site understands and does not take.
struct Unacceptable: Error {
    let status: Status
    let code: String
}
