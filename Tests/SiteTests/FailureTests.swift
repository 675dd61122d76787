import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

@Suite struct FailureTests {
    @Test(arguments: [
        (DomainError.notFound(.job), 404), (.forbidden, 403), (.gone(.job), 410),
        (.conflict(.jobNotPublished), 409), (.duplicate(.email), 409),
        (.invalid([ValidationError(.name, .missing)]), 422),
        (.tooMany(.signInsOfAccount, retryAfterSeconds: 9), 429),
    ])
    func `each refusal of the rules has its status`(error: DomainError, status: Int) {
        #expect(Int(FailureReply(error).status.code) == status)
        #expect(!FailureReply(error).isOurFault)
    }

    @Test(arguments: [
        PostgresError.unavailable("x"), .poolExhausted, .deadlineExceeded, .commitUnknown("x"),
    ])
    func `a database that is away is a matter of time`(error: PostgresError) {
        let reply = FailureReply(error)
        #expect(reply.status == .serviceUnavailable)
        #expect((1...10).contains(reply.retryAfterSeconds ?? 0))
    }

    @Test(arguments: [
        SQLState.queryCancelled, .lockNotAvailable, .serializationFailure, .deadlockDetected,
        .tooManyConnections, "57P01",
    ])
    func `a statement that the server ended for want of time may do later`(state: SQLState) {
        let error = PostgresError.server(ServerError(sqlState: state, message: "x"))
        let reply = FailureReply(error)
        #expect(reply.status == .serviceUnavailable)
        #expect((1...10).contains(reply.retryAfterSeconds ?? 0))
        #expect(!reply.isOurFault)
    }

    @Test(arguments: [SQLState.checkViolation, .readOnlyTransaction, .featureNotSupported])
    func `a statement that is wrong is our fault`(state: SQLState) {
        let error = PostgresError.server(ServerError(sqlState: state, message: "x"))
        let reply = FailureReply(error)
        #expect(reply.status == .internalServerError)
        #expect(reply.isOurFault)
    }

    @Test func `anything else is our fault and says nothing`() {
        let reply = FailureReply(PostgresError.transactionAborted)
        #expect(reply.status == .internalServerError)
        #expect(reply.isOurFault)
    }

    @Test func `the log has no values out of PostgreSQL's details`() {
        let error = PostgresError.server(
            ServerError(
                sqlState: .uniqueViolation, message: "Key (email)=(ana@example.com) exists",
                detail: "ana@example.com"))
        #expect(!LoggedError(error: error).description.contains("ana@"))
    }

    @Test func `without a database pages say so, and memory goes on`() async throws {
        let database = try TestDatabase()
        try await withLoop { loop in
            var settings = PoolSettings(connectionString: "host=/nowhere dbname=none")
            settings.readDeadline = .milliseconds(200)
            let away = Database(loop: loop, settings: settings, logger: quietLogger)
            let passwords = PasswordWorker(cost: .trivial)
            defer { passwords.stop() }
            let site = TestSite(away, passwords)

            let page = try await site.send(.get("/jobs"))
            let api = try await site.send(.get("/api/v1/jobs"))

            #expect(page.status == 503)
            #expect(page.fields.first("Retry-After") != nil)
            #expect(api.status == 503)
            #expect(try api.json()["code"] == .text("unavailable"))
            #expect(try await site.send(.get("/healthz")).status == 200)
            await away.close()
        }
        try database.drop()
    }

    @Test func `a path that names nothing is a page for people and a problem for programs`()
        async throws
    {
        try await withSite { site in
            let page = try await site.send(.get("/nothing"))
            let problem = try await site.send(.get("/api/v1/nothing"))
            #expect(page.status == 404)
            #expect(page.text.contains("<h1"))
            #expect(page.fields.first(.setCookie) == nil)
            #expect(problem.status == 404)
            #expect(problem.fields.first(.contentType) == "application/problem+json")
        }
    }

    @Test func `a method that is not for a path is told which ones are`() async throws {
        try await withSite { site in
            var ask = Ask.get("/jobs")
            ask.method = "DELETE"
            let refused = try await site.send(ask)
            ask.method = "OPTIONS"
            let options = try await site.send(ask)
            #expect(refused.status == 405)
            #expect(refused.fields.first(.allow) == "GET, HEAD, OPTIONS")
            #expect(options.status == 204)
            #expect(options.fields.first(.allow) == "GET, HEAD, OPTIONS")
        }
    }

    @Test func `content beyond its bound is refused before it is read`() async throws {
        try await withSite { site in
            let answer = try await site.send(
                .form("/sign-in", [("email", String(repeating: "a", count: 9_000))]))
            #expect(answer.status == 413)
        }
    }
}
