import Domain
import HTTP
import TestSupport
import Testing

@testable import Site

@Suite struct APIContentTests {
    /// The writes that take content, and whose token they want.
    private static let writes: [(method: String, path: String, role: Role?)] =
        Route.table.compactMap { route in
            let row = route.sample.row
            guard row.contract?.takes != nil else { return nil }
            var role: Role?
            if case .token(let wanted) = row.access { role = wanted ?? .company }
            return (row.method.name.description, row.path, role)
        }

    private static func eachWrite(
        _ world: APIWorld, _ body: String, type: String = "application/json",
        _ check: (Answer, String) -> Void
    ) async throws {
        for write in writes {
            let program = write.role.map { world.program($0.rawValue) } ?? world.nobody
            let answer = try await program.send(
                write.method, write.path, body, key: "a-key-of-a-test", type: type)
            check(answer, write.path)
        }
    }

    @Test func `content of another type is 415`() async throws {
        try await withAPI { world in
            for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
                try await Self.eachWrite(world, "{}", type: type) { answer, path in
                    #expect(answer.status == 415, "\(path)")
                    #expect(answer.code == "json_wanted")
                }
            }
        }
    }

    @Test(arguments: [
        "{", "{\"a\":1,\"a\":2}", "{} {}", "{'a':1}", String(repeating: "[", count: 1_000),
    ])
    func `what is no JSON is 400`(body: String) async throws {
        try await withAPI { world in
            try await Self.eachWrite(world, body) { answer, path in
                #expect(answer.status == 400, "\(path)")
                #expect(answer.code == "malformed_json")
            }
        }
    }

    @Test func `what is no object is refused as a whole`() async throws {
        try await withAPI { world in
            for body in ["[]", "7", "null", "\"a\""] {
                try await Self.eachWrite(world, body) { answer, path in
                    #expect(answer.status == 422, "\(path)")
                    #expect(answer.places == ["#"])
                }
            }
        }
    }

    @Test func `a member that is not described is refused by its name`() async throws {
        try await withAPI { world in
            try await Self.eachWrite(world, "{\"comm/ission\": 500}") { answer, path in
                #expect(answer.status == 422, "\(path)")
                #expect(answer.places.contains("#/comm~1ission"))
            }
        }
    }

    @Test func `a member of another kind is refused where it stands`() async throws {
        try await withAPI { world in
            let body = APIWorld.job().replacing(": 50000,", with: ": \"500.00\",")
                .replacing("[50, 50]", with: "[50, \"50\"]")

            let answer = try await world.company.send(
                "POST", "/api/v1/company/jobs", body, key: "a-key-of-a-test")

            #expect(answer.status == 422)
            #expect(
                Set(answer.places) == ["#/terms/commission/minor_units", "#/terms/instalments/1"])
        }
    }

    @Test func `many complaints do not make a long answer`() async throws {
        try await withAPI { world in
            let members = (0..<5_000).map { "\"member\($0)\": 1" }.joined(separator: ",")

            let answer = try await world.company.send(
                "POST", "/api/v1/company/jobs", "{\(members)}", key: "a-key-of-a-test")

            #expect(answer.status == 422)
            #expect(answer.places.count == 20)
        }
    }

    @Test func `content where there is none to send is refused`() async throws {
        try await withAPI { world in
            let job = try await world.draft(key: "the-only-job")

            let small = try await world.company.send(
                "POST", job.path + "/publish", "{\"at\": 1}")
            let large = try await world.company.send(
                "POST", job.path + "/publish",
                "{\"at\": \"\(String(repeating: "a", count: 2_000))\"}")

            #expect(small.status == 422)
            #expect(large.status == 413)
            #expect(try await world.company.get(job.path).json()["state"] == .text("draft"))
        }
    }

    @Test func `a reader of Romanian is told in Romanian`() async throws {
        try await withSite { site in
            let answer = try await site.send(
                .get("/api/v1/jobs?limit=0").with("Accept-Language", "ro"))

            #expect(answer.status == 422)
            #expect(answer.text.contains("Folosește un număr"))
        }
    }
}
