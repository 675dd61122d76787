import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// Whoever presses a button twice sends the very same request twice: the second one changes nothing.
@Suite struct RepeatTests {
    @Test func `every form is in the table`() {
        let forms = Set(Route.table.filter { $0.sample.row.kind == .form }.map(\.name))

        #expect(Set(RepeatedForm.all.map(\.route)) == forms.subtracting(Self.elsewhere))
        #expect(RepeatedForm.all.count == forms.count - Self.elsewhere.count)
    }

    /// What works on a file, or on this process, and on no table; `SpoolingTests` and
    /// `OverloadPageTests` send it twice.
    private static let elsewhere: Set<String> = ["admin.decideSpool", "admin.setOverload"]

    @Test(arguments: RepeatedForm.all)
    func `the same form sent twice has one effect`(form: RepeatedForm) async throws {
        try await withWorld { world in
            try await world.givePasswords()
            try await Self.makeDigests(world)
            let ask = try await form.ask(world)
            let before = try await Self.digests(world)
            let first = try await world.site.send(ask)
            let after = try await Self.digests(world)
            #expect(first.status < 400, "\(form.route): \(first.status) \(first.text)")
            #expect(before != after, "\(form.route) has no effect")

            let second = try await world.site.send(ask)

            let changed = try await Self.digests(world).filter { after[$0.key] != $0.value }
            #expect(second.status < 500, "\(form.route)")
            if form.isRefusedAgain { #expect(second.status == 422, "\(form.route)") }
            #expect(Set(changed.keys) == form.grows, "\(form.route): \(second.status)")
            #expect(try await world.site.store.books.check().isBalanced)
        }
    }

    /// What every table holds, as one short text for each.
    private static func digests(_ world: World) async throws -> [String: String] {
        let rows = try await world.site.store.database.query(
            "SELECT place, digest FROM digests()"
        ) { row in (place: try row.next(String.self), digest: try row.next(String.self)) }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.place, $0.digest) })
    }

    private static func makeDigests(_ world: World) async throws {
        try await world.site.store.database.execute(
            """
            CREATE FUNCTION digests() RETURNS TABLE (place text, digest text) LANGUAGE plpgsql AS $$
            BEGIN
                FOR place IN
                    SELECT table_name FROM information_schema.tables
                    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
                LOOP
                    EXECUTE format(
                        'SELECT count(*) || md5(coalesce(string_agg(md5(t::text), ''''
                            ORDER BY md5(t::text)), '''')) FROM %I t', place) INTO digest;
                    RETURN NEXT;
                END LOOP;
            END $$
            """)
    }
}

/// One form, and how it is sent for the first time.
struct RepeatedForm: Sendable, CustomTestStringConvertible {
    let route: String
    let person: BoundedForm.Person
    var fields: [(name: String, value: String)] = []
    var file: (field: String, bytes: [UInt8])?
    /// What a repeat may add to, and does: what is counted, or is of one visit only.
    var grows: Set<String> = []
    /// Whether a repeat is refused with a sentence, because the code in it was used up.
    var isRefusedAgain = false
    /// Who is signed in, where not just the person.
    var browser: (@Sendable (World) async throws -> Browser)?
    let prepare: @Sendable (World) async throws -> BoundedForm.Place

    var testDescription: String { route }

    /// The forms that have bounds, as the table of these sends them, and all others.
    static var all: [RepeatedForm] {
        var seen: Set<String> = []
        let bounded = BoundedForm.all.filter { seen.insert($0.route).inserted }.map { form in
            RepeatedForm(
                route: form.route, person: form.person, fields: form.base,
                file: form.file.map { ("cv", $0) }, grows: growing[form.route] ?? [],
                prepare: form.prepare)
        }
        return bounded + ofAccounts + ofDesks + ofDisputes
    }

    private static let growing: [String: Set<String>] = [
        // A browser that signs in twice is in twice, until it signs out.
        "account.signIn": ["session"],
        // Refused, and counted as a try.
        "account.forgot": ["sign_in_failure"],
        // The link is mailed anew, as often as the bound on these mails lets it; the last one counts.
        "account.changeAddress": ["mail_token", "outbox"],
        "admin.inviteAdmin": ["audit", "mail_token", "outbox"],
    ]

    /// The request, with the cookies of a browser that has the page open.
    func ask(_ world: World) async throws -> Ask {
        let place = try await prepare(world)
        let browser = try await browser(world)
        let page = try await browser.get(place.page ?? place.action)
        let shown = Self.hidden(of: place.action, on: page.text)
        guard let token = shown.first(where: { $0.name == "csrf" }) ?? page.csrf else {
            throw TestFailure("no form at \(place.page ?? place.action): \(page.status)")
        }
        let said = Set((place.hidden + fields).map(\.name)).union(["csrf"])
        let sent = [token] + shown.filter { !said.contains($0.name) } + place.hidden + fields
        guard let file else { return browser.asking(.form(place.action, sent)) }
        return browser.asking(
            .upload(place.action, sent, file: ("cv.pdf", file.bytes), in: file.field))
    }

    private func browser(_ world: World) async throws -> Browser {
        if let browser { return try await browser(world) }
        return switch person {
        case .nobody: Browser(world.site)
        case .company: try await world.browser(of: world.company)
        case .affiliate: try await world.browser(of: world.affiliate)
        case .admin: try await world.browser(of: world.admin)
        }
    }

    /// What the form of an address knows without being told.
    private static func hidden(
        of action: String, on page: String
    ) -> [(name: String, value: String)] {
        let forms = page.matches(
            of: #/<form[^>]* action="([^"]*)"[^>]*>(.*?)<\/form>/#.dotMatchesNewlines())
        guard let form = forms.first(where: { $0.1 == action }) else { return [] }
        return form.2.matches(
            of: #/<input type="hidden" name="([^"]*)" value="([^"]*)"/#
        ).map { (String($0.1), String($0.2)) }
    }
}

extension Answer {
    fileprivate var csrf: (name: String, value: String)? {
        hidden("csrf").map { ("csrf", $0) }
    }
}
