import Domain
import HTTP
import Store
import Testing

@testable import Site

/// Inviting an admin, in two browsers.
@Suite struct AdminAccountTests {
    private static let invited: [(name: String, value: String)] = [
        ("candidate_name", "Bogdan Nou"), ("email", "bogdan@example.com"),
    ]

    @Test func `an invited admin sets a password and signs in`() async throws {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            #expect(try await admin.post("/admin/admins", Self.invited).location == "/admin/admins")
            let browser = Browser(site)
            #expect(try await browser.signIn("bogdan@example.com", "!").status == 422)
            let path =
                "/invitations/\(try await site.mailed("admin.invited", to: "bogdan@example.com"))"
            #expect(try await browser.get(path).text.contains("Bogdan Nou"))
            #expect(try await browser.post(path, [("new_password", "short")]).status == 422)
            let form = try await browser.token(on: path)
            let fields = [("csrf", form), ("new_password", "a wholly new sentence")]

            #expect(try await browser.send(.form(path, fields)).location == "/sign-in")

            #expect(try await browser.send(.form(path, fields)).status == 410)
            let answer = try await browser.signIn("bogdan@example.com", "a wholly new sentence")
            #expect(answer.location == "/admin")
            let list = try await admin.get("/admin/admins").text
            let button = try #require(list.firstMatch(of: /\/admin\/admins\/\d+\/disable/))
            let out = try await admin.post(String(button.0), from: "/admin/admins")
            #expect(out.location == "/admin/admins")
            #expect(try await browser.get("/admin").location?.hasPrefix("/sign-in") == true)
        }
    }

    @Test(arguments: [
        ("candidate_name", "", 422), ("email", "bogdan@", 422), ("email", "admin@example.com", 409),
    ])
    func `who cannot be invited is said`(field: String, value: String, status: Int) async throws {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let fields = Self.invited.map { ($0.name, $0.name == field ? value : $0.value) }
            #expect(try await admin.post("/admin/admins", fields).status == status)
            #expect(try await site.store.admins.list().count == 1)
        }
    }

    @Test func `the last admin stays`() async throws {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let own = try #require(try await site.store.admins.list().first).id
            let answer = try await admin.post(
                "/admin/admins/\(own)/disable", from: "/admin/admins")
            #expect(answer.status == 409)
            #expect(answer.text.contains("Somebody has to be left"))
            let nobody = try await admin.post(
                "/admin/admins/999/disable", from: "/admin/admins")
            #expect(nobody.status == 404)
        }
    }
}
