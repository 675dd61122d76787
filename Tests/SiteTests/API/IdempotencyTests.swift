import Domain
import HTTP
import TestSupport
import Testing

@testable import Site

/// The same request twice with one key, and another request with it.
@Suite struct IdempotencyTests {
    /// A write of a test: who sends it where, with what, and with what else under the same key.
    private struct Write {
        let program: Program
        let method: String
        let target: String
        let body: String?
        let other: String
    }

    private static func writes(_ world: APIWorld) async throws -> [Write] {
        let job = try await world.publishedJob()
        let candidate = try await world.introduction(to: job)
        let path = "/api/v1/company/introductions/\(candidate)"
        let second = try await world.publishedJob("Rust developer", key: "another job")
        let other = APIWorld.job("Other")
        return [
            Write(
                program: world.company, method: "POST", target: "/api/v1/company/jobs",
                body: APIWorld.job(), other: other),
            Write(
                program: world.company, method: "PUT", target: job.path, body: APIWorld.job(),
                other: other),
            Write(
                program: world.company, method: "POST", target: job.path + "/pause", body: nil,
                other: "{}"),
            Write(
                program: world.company, method: "POST", target: job.path + "/publish", body: nil,
                other: "{}"),
            Write(
                program: world.company, method: "POST", target: path + "/stage",
                body: "{\"stage\": \"interview\"}", other: "{\"stage\": \"offer\"}"),
            Write(
                program: world.company, method: "POST", target: path + "/hire",
                body: APIWorld.start(), other: APIWorld.start(in: 20)),
            Write(
                program: world.company, method: "POST", target: second.path + "/fill", body: nil,
                other: "{}"),
            Write(
                program: world.affiliate, method: "POST", target: "/api/v1/affiliate/links",
                body: "{\"job\": \"\(job.slug)\"}",
                other: "{\"job\": \"\(job.slug)\", \"channel\": \"mail\"}"),
            Write(
                program: world.affiliate, method: "POST",
                target: "/api/v1/affiliate/jobs/\(job.slug)/recommendations",
                body: APIWorld.recommendation(),
                other: APIWorld.recommendation("elena@example.com")),
            Write(
                program: world.nobody, method: "POST",
                target: "/api/v1/jobs/\(job.slug)/applications",
                body: APIWorld.application("ion@example.com"),
                other: APIWorld.application("ana@example.com")),
            Write(
                program: world.admin, method: "POST", target: "/api/v1/admin/hires/1/record",
                body: APIWorld.start(), other: APIWorld.start(in: 20)),
            Write(
                program: world.admin, method: "POST", target: "/api/v1/admin/companies/1/verify",
                body: nil, other: "{}"),
        ]
    }

    @Test func `a write sent twice with one key is answered the same and done once`() async throws {
        try await withAPI { world in
            for (index, write) in try await Self.writes(world).enumerated() {
                let key = "key-number-\(index)"
                let first = try await write.program.send(
                    write.method, write.target, write.body, key: key)
                let second = try await write.program.send(
                    write.method, write.target, write.body, key: key)

                #expect((200...201).contains(first.status), "\(write.target): \(first.text)")
                #expect(first.status == second.status, "\(write.target)")
                #expect(first.body == second.body, "\(write.target)")
                #expect(first.location == second.location, "\(write.target)")
            }
            #expect(try await world.company.get("/api/v1/company/jobs").items.count == 3)
            #expect(try await world.company.get("/api/v1/company/hires").items.count == 1)
            #expect(try await world.affiliate.get("/api/v1/affiliate/commissions").items.count == 2)
        }
    }

    @Test func `a key that came with another request is refused`() async throws {
        try await withAPI { world in
            for (index, write) in try await Self.writes(world).enumerated() {
                let key = "key-number-\(index)"
                _ = try await write.program.send(write.method, write.target, write.body, key: key)

                let answer = try await write.program.send(
                    write.method, write.target, write.other, key: key)

                #expect(answer.status == 409, "\(write.target): \(answer.text)")
                #expect(answer.code == "idempotency_key_reused", "\(write.target)")
            }
        }
    }

    @Test func `an answer is given again although the state has gone on`() async throws {
        try await withAPI { world in
            let job = try await world.draft(key: "the-only-job")
            let first = try await world.company.send(
                "POST", job.path + "/publish", key: "publish-it-once")
            _ = try await world.company.send("POST", job.path + "/close")

            let second = try await world.company.send(
                "POST", job.path + "/publish", key: "publish-it-once")

            #expect(second.body == first.body)
            #expect(try await world.company.get(job.path).json()["state"] == .text("closed"))
        }
    }

    @Test func `a key belongs to its account, in quotes or without`() async throws {
        try await withAPI { world in
            let path = "/api/v1/company/jobs"
            let own = try await world.company.send(
                "POST", path, APIWorld.job(), key: "a-key-of-a-test")
            let quoted = try await world.company.send(
                "POST", path, APIWorld.job(), key: "\"a-key-of-a-test\"")
            let others = try await world.stranger.send(
                "POST", path, APIWorld.job(), key: "a-key-of-a-test")

            #expect(quoted.body == own.body)
            #expect(others.body != own.body)
        }
    }

    @Test func `a refusal is not kept: the request may be sent again`() async throws {
        try await withAPI { world in
            let job = try await world.draft(key: "the-only-job")
            let early = try await world.company.send(
                "POST", job.path + "/pause", key: "pause-it-once")
            _ = try await world.company.send("POST", job.path + "/publish")

            let late = try await world.company.send(
                "POST", job.path + "/pause", key: "pause-it-once")

            #expect(early.status == 409)
            #expect(late.status == 200)
        }
    }

    @Test(arguments: [
        "short", "with a space in it", String(repeating: "a", count: 129), "țțțțțțțțț",
    ])
    func `a key that is none is refused`(key: String) async throws {
        try await withAPI { world in
            let answer = try await world.company.send(
                "POST", "/api/v1/company/jobs", APIWorld.job(), key: key)

            #expect(answer.status == 422)
            #expect(answer.places == ["Idempotency-Key"])
        }
    }

    @Test func `where sending twice would make two, a key has to be sent`() async throws {
        try await withAPI { world in
            let hire = try await world.reportedHire()

            let job = try await world.company.send(
                "POST", "/api/v1/company/jobs", APIWorld.job())
            let record = try await world.admin.send(
                "POST", "/api/v1/admin/hires/\(hire)/record")
            let recommended = try await world.affiliate.send(
                "POST", "/api/v1/affiliate/jobs/a-job/recommendations",
                APIWorld.recommendation())

            for answer in [job, record, recommended] {
                #expect(answer.status == 400)
                #expect(answer.code == "idempotency_key_wanted")
            }
        }
    }

    @Test func `a hire that is recorded eight times at once is one hire`() async throws {
        try await withAPI { world in
            let hire = try await world.reportedHire()
            let path = "/api/v1/admin/hires/\(hire)/record"

            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for number in 0..<8 {
                    group.addTask(executorPreference: world.site.loop) {
                        try await world.admin.send("POST", path, key: "recording-\(number % 4)")
                    }
                }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }

            #expect(answers.allSatisfy { $0.status == 200 })
            #expect(Set(answers.map(\.body)).count == 1)
            let won = try await world.affiliate.get("/api/v1/affiliate/commissions").items
            #expect(won.count == 2)
        }
    }
}
