import CLibpq
import CLinux
import EventLoop
import Glibc

/// An established libpq connection on its way from the thread that made it to its loop.
///
/// `@unchecked Sendable`: it is handed over once, and used by one thread at a time.
struct Session: @unchecked Sendable {
    let pointer: OpaquePointer

    /// What a session is for decides its settings on the server.
    enum Role: Sendable {
        case reading, listing, exclusive, listening
    }

    /// Connects and prepares a session; blocks, so it runs on a thread of its own.
    ///
    /// It cannot run on a loop: libpq resolves host names with `getaddrinfo` inside
    /// `PQconnectStart`, reads the password and service files, and `PQconnectPoll` does not
    /// honour `connect_timeout`, which `PQconnectdbParams` applies to each host in turn.
    static func establish(
        _ settings: PoolSettings, role: Role
    ) throws(PostgresError) -> Session {
        guard let pointer = connect(settings) else { throw .unavailable("out of memory") }
        let session = Session(pointer: pointer)
        do throws(PostgresError) {
            guard PQstatus(pointer) == CONNECTION_OK else { throw session.connectError() }
            try session.configure(settings, role)
        } catch {
            PQfinish(pointer)
            throw error
        }
        return session
    }

    private static func connect(_ settings: PoolSettings) -> OpaquePointer? {
        let seconds = max(2, settings.connectTimeout.wholeNanoseconds / 1_000_000_000)
        // What comes before `dbname`, the connection string, gives way to what that says. The
        // figures notice a silent host within about 20 s even on an idle connection.
        let parameters: [(String, String)] = [
            ("connect_timeout", "\(seconds)"), ("keepalives_idle", "10"),
            ("keepalives_interval", "3"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"),
            ("fallback_application_name", settings.applicationName),
            ("dbname", settings.connectionString), ("client_encoding", "UTF8"),
        ]
        let keywords = parameters.map { strdup($0.0) }
        let values = parameters.map { strdup($0.1) }
        defer { for copy in keywords + values { free(copy) } }
        let keywordList = keywords.map { UnsafePointer<CChar>($0) } + [nil]
        let valueList = values.map { UnsafePointer<CChar>($0) } + [nil]
        return PQconnectdbParams(keywordList, valueList, 1)
    }

    private func configure(_ settings: PoolSettings, _ role: Role) throws(PostgresError) {
        // libpq prints notices on the standard error unless told otherwise.
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        guard PQsetnonblocking(pointer, 1) == 0 else { throw connectError() }
        try run(Self.settingsStatement(settings, role), for: settings.connectTimeout)
        guard PQenterPipelineMode(pointer) == 1 else { throw connectError() }
    }

    private static func settingsStatement(_ settings: PoolSettings, _ role: Role) -> String {
        let timeout = settings.statementTimeout.wholeMilliseconds
        return switch role {
        case .reading:
            "SET default_transaction_read_only = on; SET statement_timeout = "
                + "\(min(timeout, settings.readDeadline.wholeMilliseconds))"
        case .listing:
            "SET default_transaction_read_only = on; SET statement_timeout = "
                + "\(min(timeout, settings.deadline.wholeMilliseconds))"
        case .exclusive:
            "SET statement_timeout = \(timeout); "
                + "SET lock_timeout = \(settings.lockTimeout.wholeMilliseconds); "
                + "SET idle_in_transaction_session_timeout = \(2 * timeout)"
        case .listening:
            "SET statement_timeout = \(timeout)"
        }
    }

    /// Runs simple statements and waits for their end with `poll`, but not for ever: the host
    /// may fall silent after the handshake.
    private func run(_ text: String, for duration: Duration) throws(PostgresError) {
        guard PQsendQuery(pointer, text) == 1 else { throw connectError() }
        let deadline = MonotonicTime.now + duration
        while true {
            let unsent = PQflush(pointer)
            if unsent < 0 { throw connectError() }
            while PQisBusy(pointer) == 0 {
                guard let result = PQgetResult(pointer) else { return }
                defer { PQclear(result) }
                if let error = ServerAnswer.error(of: result) { throw error }
            }
            let left = (deadline - MonotonicTime.now).wholeMilliseconds
            guard left > 0 else { throw .unavailable("no answer from the server") }
            let events = Int16(POLLIN | (unsent > 0 ? POLLOUT : 0))
            var descriptor = pollfd(fd: PQsocket(pointer), events: events, revents: 0)
            _ = poll(&descriptor, 1, Int32(clamping: left))
            guard PQconsumeInput(pointer) == 1 else { throw connectError() }
        }
    }

    private func connectError() -> PostgresError {
        .unavailable(ServerAnswer.text(PQerrorMessage(pointer)) ?? "no reason given")
    }
}

extension Duration {
    /// Whole milliseconds, rounded up.
    var wholeMilliseconds: Int64 { (wholeNanoseconds + 999_999) / 1_000_000 }
}
