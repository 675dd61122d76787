import Domain
import HTTP
import Store
import Testing

@testable import Site

/// Recommending somebody by name, at three browsers: the affiliate's, the person's, the company's.
@Suite struct RecommendationPagesTests {
    private static let person: [(name: String, value: String)] = [
        ("candidate_name", "Radu Ionescu"), ("email", "radu@example.com"), ("phone", ""),
        ("language", "ro"), ("message", "The calmest engineer I know."), ("consent", "yes"),
    ]

    private static func recommend(
        _ world: World, _ fields: [(name: String, value: String)] = person
    ) async throws -> Answer {
        let browser = try await world.browser(of: world.affiliate)
        let path = "/affiliate/jobs/\(world.job.slug)"
        return try await browser.post(path + "/recommendations", from: path, fields)
    }

    private static func token(_ world: World) async throws -> String {
        try await world.site.mailed("recommendation.confirm", to: "radu@example.com")
    }

    @Test func `a person who agrees becomes a candidate of the affiliate's`() async throws {
        try await withWorld { world in
            #expect(try await Self.recommend(world).location == "/affiliate/introductions")
            let affiliate = try await world.browser(of: world.affiliate)
            #expect(try await affiliate.get("/affiliate/introductions").text.contains("Radu"))
            let company = try await world.browser(of: world.company)
            let list = "/company/jobs/\(world.job.id)"
            #expect(!(try await company.get(list).text.contains("Radu Ionescu")))

            let path = "/recommendations/\(try await Self.token(world))"
            let person = Browser(world.site)
            let page = try await person.get(path)
            for shown in ["Radu Ionescu", "radu@example.com", "The calmest engineer", "Ana Pop"] {
                #expect(page.text.contains(shown), "\(shown)")
            }
            #expect(!(try await company.get(list).text.contains("Radu Ionescu")))

            let form = try #require(page.hidden("csrf"))
            let ask = Ask.upload(
                path, [("csrf", form), ("phone", "0721 234 567"), ("consent", "yes")],
                file: ("cv.pdf", Browser.cv))
            let once = try await person.send(ask)
            let twice = try await person.send(ask)

            let receipt = try #require(once.location)
            #expect(receipt.hasPrefix("/applications/"))
            #expect(twice.location == receipt)
            #expect(try await person.get(path).location.map { receipt.hasPrefix($0) } == true)
            #expect(try await company.get(list).text.contains("Radu Ionescu"))
        }
    }

    @Test func `agreeing needs consent, and files and numbers that can be used`() async throws {
        try await withWorld { world in
            _ = try await Self.recommend(world)
            let path = "/recommendations/\(try await Self.token(world))"
            let person = Browser(world.site)
            let answer = try await person.send(
                .upload(
                    path, [("csrf", try await person.token(on: path)), ("phone", "12")],
                    file: ("cv.pdf", Array("GIF89a".utf8))))
            #expect(answer.status == 422)
            for field in ["consent", "phone", "cv"] {
                #expect(answer.text.contains("id=\"field-\(field)-error\""), "\(field)")
            }
            let simple = try await person.post(path, [("consent", "yes")])
            #expect(simple.location?.hasPrefix("/applications/") == true)
        }
    }

    @Test func `a person who refuses is erased by the button, not by looking`() async throws {
        try await withWorld { world in
            _ = try await Self.recommend(world)
            let path = "/recommendations/\(try await Self.token(world))"
            let person = Browser(world.site)
            let form = try await person.token(on: path)
            #expect(try await person.get(path + "/refuse").status == 405)
            #expect(try await person.get(path).status == 200)
            for _ in 0..<2 {
                let answer = try await person.send(.form(path + "/refuse", [("csrf", form)]))
                #expect(answer.location == "/")
            }
            #expect(try await person.get(path).status == 410)
            let affiliate = try await world.browser(of: world.affiliate)
            let page = try await affiliate.get("/affiliate/introductions").text
            #expect(!page.contains("Radu Ionescu"))
        }
    }

    @Test(arguments: [
        ("candidate_name", ""), ("email", "radu@"), ("email", ""), ("phone", "12"),
        ("language", "de"), ("consent", ""), ("message", String(repeating: "a", count: 4_001)),
    ])
    func `what cannot be used is said beside its field`(field: String, value: String)
        async throws
    {
        try await withWorld { world in
            let fields = Self.person.map { ($0.name, $0.name == field ? value : $0.value) }
            let answer = try await Self.recommend(world, fields)
            #expect(answer.status == 422)
            #expect(answer.text.contains("id=\"field-\(field)-error\""))
            #expect(
                try await world.site.mailCount("recommendation.confirm", to: "radu@example.com")
                    == 0)
        }
    }

    @Test func `the same form sent twice asks once, another form is refused`() async throws {
        try await withWorld { world in
            let browser = try await world.browser(of: world.affiliate)
            let page = "/affiliate/jobs/\(world.job.slug)"
            let fields = [("csrf", try await browser.token(on: page))] + Self.person
            for _ in 0..<2 {
                let answer = try await browser.send(.form(page + "/recommendations", fields))
                #expect(answer.status == 303)
            }
            #expect(try await Self.recommend(world).status == 409)
            #expect(
                try await world.site.mailCount("recommendation.confirm", to: "radu@example.com")
                    == 1)
        }
    }

    @Test func `somebody who applied before is refused with the reason`() async throws {
        try await withWorld { world in
            let fields = Self.person.map {
                ($0.name, $0.name == "email" ? "Mihai@example.com" : $0.value)
            }
            let answer = try await Self.recommend(world, fields)
            #expect(answer.status == 409)
            #expect(answer.text.contains("Somebody with this e-mail is a candidate"))
        }
    }

    @Test func `a person who applied in between learns that nothing is kept`() async throws {
        try await withWorld { world in
            _ = try await Self.recommend(world)
            let path = "/recommendations/\(try await Self.token(world))"
            _ = try await WorldMaker(site: world.site).apply(
                to: world.job, via: nil, "radu@example.com")
            let person = Browser(world.site)
            let answer = try await person.post(path, [("consent", "yes")])
            #expect(answer.status == 409)
            #expect(answer.text.contains("You are a candidate already"))
            #expect(try await person.get(path).status == 410)
        }
    }
}
