import Domain
import HTTP
import TestSupport
import Testing

@testable import Site

@Suite struct APIAccessTests {
    /// The routes that want a token, and of which role.
    private static let routes: [(method: String, path: String, role: Role?)] =
        Route.table.compactMap { route in
            guard case .token(let role) = route.sample.row.access else { return nil }
            let row = route.sample.row
            return (row.method.name.description, row.path, role)
        }

    private static func people(_ world: APIWorld) -> [(role: Role, program: Program)] {
        [(.company, world.company), (.affiliate, world.affiliate), (.admin, world.admin)]
    }

    @Test func `without a token there is 401, and the way to sign in`() async throws {
        try await withAPI { world in
            for route in Self.routes {
                let answer = try await world.nobody.send(route.method, route.path)
                #expect(answer.status == 401)
                #expect(answer.code == "token_wanted")
                #expect(answer.fields.first(.wwwAuthenticate) == "Bearer realm=\"vouch\"")
            }
        }
    }

    @Test func `an unknown token is refused as invalid`() async throws {
        try await withAPI { world in
            let thief = Program(
                world: world, token: try BearerToken(world.site.services.random).text)
            for route in Self.routes {
                let answer = try await thief.send(route.method, route.path)
                #expect(answer.status == 401)
                #expect(
                    answer.fields.first(.wwwAuthenticate)
                        == "Bearer realm=\"vouch\", error=\"invalid_token\"")
            }
        }
    }

    @Test func `a token of another role gets 403`() async throws {
        try await withAPI { world in
            for route in Self.routes {
                for (role, program) in Self.people(world) {
                    guard let wanted = route.role, wanted != role else { continue }
                    let answer = try await program.send(route.method, route.path)
                    #expect(answer.status == 403, "\(role) at \(route.method) \(route.path)")
                    #expect(answer.code == "forbidden")
                }
            }
        }
    }

    @Test func `somebody else's object is not there`() async throws {
        try await withAPI { world in
            let hire = try await world.reportedHire()
            _ = try await world.admin.send(
                "POST", "/api/v1/admin/hires/\(hire)/record", key: "record-it-once")
            let jobs = try await world.company.get("/api/v1/company/jobs").items
            let job = try #require(jobs.first?["id"]?.integer)
            let rows = try await world.company.get("/api/v1/company/jobs/\(job)/introductions")
            let introduction = try #require(rows.items.first?["id"]?.integer)
            let commissions = try await world.affiliate.get("/api/v1/affiliate/commissions").items
            let commission = try #require(commissions.first?["id"]?.integer)
            _ = try await world.admin.send(
                "POST", "/api/v1/admin/commissions/decisions",
                "{\"outcome\": \"approve\", \"commissions\": [\(commission)]}",
                key: "approve-it-once")
            let invoice = try await world.company.get("/api/v1/company/invoices/V20260000001")
            #expect(invoice.status == 200)
            let jobPath = "/api/v1/company/jobs/\(job)"
            let path = "/api/v1/company/introductions/\(introduction)"
            let asked: [(Program, String, String, String?)] = [
                (world.stranger, "GET", jobPath, nil),
                (world.stranger, "PUT", jobPath, APIWorld.job()),
                (world.stranger, "POST", jobPath + "/publish", nil),
                (world.stranger, "POST", jobPath + "/pause", nil),
                (world.stranger, "POST", jobPath + "/fill", nil),
                (world.stranger, "POST", jobPath + "/close", nil),
                (world.stranger, "GET", jobPath + "/terms", nil),
                (world.stranger, "GET", jobPath + "/introductions", nil),
                (world.stranger, "GET", path, nil),
                (world.stranger, "GET", path + "/cv", nil),
                (world.stranger, "POST", path + "/stage", "{\"stage\": \"offer\"}"),
                (world.stranger, "POST", path + "/hire", APIWorld.start()),
                (world.stranger, "GET", "/api/v1/company/invoices/V20260000001", nil),
                (world.rival, "GET", "/api/v1/affiliate/introductions/\(introduction)", nil),
                (world.rival, "GET", "/api/v1/affiliate/commissions/\(commission)", nil),
            ]
            for (program, method, target, body) in asked {
                let answer = try await program.send(method, target, body)
                #expect(answer.status == 404, "\(method) \(target)")
                #expect(answer.code == "not_found")
            }
            for target in ["jobs", "hires", "invoices"] {
                #expect(try await world.stranger.get("/api/v1/company/\(target)").items.isEmpty)
            }
            for target in ["links", "introductions", "commissions"] {
                #expect(try await world.rival.get("/api/v1/affiliate/\(target)").items.isEmpty)
            }
        }
    }

    @Test func `what is not there for an admin is 404`() async throws {
        try await withAPI { world in
            let hire = try await world.admin.get("/api/v1/admin/hires/999")
            let recorded = try await world.admin.send(
                "POST", "/api/v1/admin/hires/999/record", key: "record-nothing")
            let verified = try await world.admin.send(
                "POST", "/api/v1/admin/companies/999/verify")

            #expect([hire.status, recorded.status, verified.status] == [404, 404, 404])
        }
    }

    @Test func `an address that is none answers with a problem`() async throws {
        try await withAPI { world in
            let nowhere = try await world.nobody.get("/api/v1/nowhere")
            let wrongMethod = try await world.nobody.send("DELETE", "/api/v1/jobs")

            #expect(nowhere.status == 404)
            #expect(nowhere.fields.first(.contentType) == "application/problem+json")
            #expect(wrongMethod.status == 405)
            #expect(wrongMethod.fields.first(.allow) == "GET, HEAD, OPTIONS")
        }
    }
}
