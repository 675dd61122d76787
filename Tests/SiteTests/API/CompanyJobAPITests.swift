import Domain
import HTTP
import TestSupport
import Testing

@testable import Site

@Suite struct CompanyJobAPITests {
    private static let path = "/api/v1/company/jobs"

    @Test func `what was read can be sent back`() async throws {
        try await withAPI { world in
            let job = try await world.draft(key: "the-only-job")
            let read = try await world.company.get(job.path).json()
            let shape = ["description", "employment_type", "location", "salary", "terms", "title"]
            var json = JSONText()
            json.write(read, keeping: shape + ["valid_through"])

            let saved = try await world.company.send("PUT", job.path, json.text)

            #expect(saved.status == 200)
            #expect(try saved.json() == read)
        }
    }

    @Test func `other terms are a new version, and the old one stays`() async throws {
        try await withAPI { world in
            let job = try await world.draft(key: "the-only-job")

            let saved = try await world.company.send(
                "PUT", job.path, APIWorld.job(units: 70_050))

            #expect(try saved.json()["terms_version"] == .integer(2))
            let versions = try await world.company.get(job.path + "/terms").items
            #expect(
                versions.compactMap { $0["terms"]?["commission"]?["minor_units"]?.integer } == [
                    70_050, 50_000,
                ])
            #expect(versions.map { $0["in_force_until"] == .null } == [true, false])
        }
    }

    @Test(arguments: [
        ("300000", "500000", ["#/salary/max/minor_units"]),
        ("\"minor_units\": 50000", "\"minor_units\": -50000", ["#/terms/commission/minor_units"]),
        ("\"minor_units\": 50000", "\"minor_units\": 0", ["#/terms/commission/minor_units"]),
        ("[50, 50]", "[50, 40]", ["#/terms/instalments"]),
        ("60,", "999,", ["#/terms/guarantee_days"]),
        ("\"RO\"", "\"XX\"", ["#/location/country"]), ("\"Iași\"", "\"\"", ["#/location/city"]),
        ("2027-01-21", "2026-11-21", ["#/valid_through"]),
        ("2027-01-21", "soon", ["#/valid_through"]),
        ("\"month\"", "\"week\"", ["#/salary/period"]),
        ("\"full_time\"", "\"slave\"", ["#/employment_type"]),
        ("Swift developer", "x", ["#/title"]),
    ])
    func `a value that cannot be is refused where it stands`(
        old: String, new: String, places: [String]
    ) async throws {
        try await withAPI { world in
            let body = APIWorld.job().replacing(old, with: new)
            let made = try await world.company.send("POST", Self.path, body, key: "a-key-of-a-test")
            let job = try await world.draft(key: "another-key")
            let saved = try await world.company.send("PUT", job.path, body)

            for answer in [made, saved] {
                #expect(answer.status == 422)
                #expect(answer.places == places)
            }
            #expect(try await world.company.get(Self.path).items.count == 1)
        }
    }

    @Test func `a salary in two currencies is refused`() async throws {
        try await withAPI { world in
            let body = APIWorld.job().replacing(
                "\"minor_units\": 450000, \"currency\": \"EUR\"",
                with: "\"minor_units\": 450000, \"currency\": \"RON\"")

            let answer = try await world.company.send(
                "POST", Self.path, body, key: "a-key-of-a-test")

            #expect(answer.status == 422)
            #expect(answer.places == ["#/salary/min/currency"])
        }
    }

    @Test func `a job without a salary is kept as a draft and not published`() async throws {
        try await withAPI { world in
            var body = APIWorld.job()
            let start = try #require(body.firstRange(of: "\"salary\""))
            let end = try #require(body.firstRange(of: "\"terms\""))
            body.replaceSubrange(start.lowerBound..<end.lowerBound, with: "\"salary\": null, ")
            let made = try await world.company.send(
                "POST", Self.path, body, key: "a-key-of-a-test")
            let path = try #require(made.location)

            let published = try await world.company.send("POST", path + "/publish")

            #expect(made.status == 201)
            #expect(published.status == 409)
            #expect(published.code == "salary_missing")
        }
    }

    @Test func `a step that the state does not allow is a conflict, the same step twice is not`()
        async throws
    {
        try await withAPI { world in
            let job = try await world.draft(key: "the-only-job")
            let early = try await world.company.send("POST", job.path + "/fill")
            #expect(early.status == 409)
            #expect(early.code == "job_state")

            for _ in 0..<2 {
                let published = try await world.company.send("POST", job.path + "/publish")
                #expect(published.status == 200)
            }
            _ = try await world.company.send("POST", job.path + "/close")
            let late = try await world.company.send("PUT", job.path, APIWorld.job())
            #expect(late.status == 409)
        }
    }

    @Test func `candidates are listed by stage`() async throws {
        try await withAPI { world in
            let job = try await world.publishedJob()
            let introduction = try await world.introduction(to: job)
            _ = try await world.company.send(
                "POST", "/api/v1/company/introductions/\(introduction)/stage",
                "{\"stage\": \"offer\"}")

            let offered = try await world.company.get(job.path + "/introductions?stage=offer")
            let submitted = try await world.company.get(
                job.path + "/introductions?stage=submitted")
            let wrong = try await world.company.get(job.path + "/introductions?stage=lost")

            #expect(offered.items.count == 1)
            #expect(submitted.items.isEmpty)
            #expect(wrong.places == ["stage"])
            let rows = try await world.company.get(Self.path).items
            #expect(rows.first?["candidates"] == .object(["offer": .integer(1)]))
        }
    }
}

/// Writes values that were read.
private struct JSONText {
    private(set) var text = ""

    mutating func write(_ value: JSONValue, keeping names: [String]? = nil) {
        switch value {
        case .object(let members):
            let kept = members.filter { names?.contains($0.key) ?? true }
            text += "{"
            for (index, member) in kept.enumerated() {
                text += (index > 0 ? "," : "") + "\"\(member.key)\":"
                write(member.value)
            }
            text += "}"
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                text += index > 0 ? "," : ""
                write(value)
            }
            text += "]"
        case .text(let value): text += "\"\(value)\""
        case .integer(let number): text += String(number)
        case .decimal(let number): text += number
        case .flag(let flag): text += flag ? "true" : "false"
        case .null: text += "null"
        }
    }
}
