import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// Disputes as people have them: opened, answered, replied to, decided.
@Suite struct DisputePagesTests {
    @Test func `a company disputes a part, both sides speak, and an admin decides what was shown`()
        async throws
    {
        try await withWorld { world in
            let company = try await world.browser(of: world.company)
            let form = "/company/hires/\(world.recordedHire)/dispute"
            let opened = try await company.open(
                form, commission: world.commission.description, reason: "never_hired",
                amount: "100", text: "She never <came>.")
            let path = try #require(opened.location)
            #expect(path.hasPrefix("/disputes/"))
            // Only the disputed part is held; the rest moves on.
            let hire = world.recordedHire
            #expect(try await world.sum("held", of: hire) == 10_000)
            #expect(try await world.sum("pending", of: hire) == 40_000)

            let affiliate = try await world.browser(of: world.affiliate)
            let page = try await affiliate.get(path)
            #expect(page.text.contains("She never &lt;came&gt;."))
            #expect(page.text.contains("Silence means that the dispute is decided for: Company"))
            let file = try await affiliate.upload(
                "contract.pdf", Browser.cv, to: path + "/evidence", from: path)
            #expect(file.location == path)
            let long = String(repeating: "x", count: TextRules.Statement.lengthMax + 1)
            for text in ["", long] {
                let refused = try await affiliate.post(
                    path + "/answer", from: path, [("text", text)])
                #expect(refused.status == 422)
                #expect(refused.text.contains("id=\"field-text-error\""))
            }
            let answered = try await affiliate.post(
                path + "/answer", from: path, [("text", String(long.dropLast()))])
            #expect(answered.location == path)
            #expect(
                try await affiliate.get(path).text.contains(
                    "Silence means that the dispute is rejected"))
            let replied = try await company.post(
                path + "/answer", from: path, [("text", "We have no record.")])
            #expect(replied.location == path)

            let admin = try await world.browser(of: world.admin)
            let id = try #require(path.split(separator: "/").last)
            let desk = "/admin/disputes/\(id)"
            #expect(try await admin.get("/admin").text.contains(desk))
            let preview = try await admin.get(
                desk + "?outcome=partly&reason=amount&amount=40&note=Half+of+it")
            let value = Texts(.english).value
            for line in [value.money(.euros(40)), value.money(.euros(60)), "Ana"] {
                #expect(preview.text.contains(line), "\(line)")
            }
            #expect(try await world.sum("held", of: hire) == 10_000, "shown, not done")
            let decision = [
                (name: "outcome", value: "partly"), ("reason", "amount"), ("amount", "40"),
                ("note", "Half of it"),
            ]
            for _ in 0..<2 {
                let decided = try await admin.post(
                    desk, from: desk + "?outcome=partly&reason=amount&amount=40", decision)
                #expect(decided.location == desk)
            }
            #expect(try await world.sum("held", of: hire) == 0)
            #expect(try await world.sum("pending", of: hire) == 46_000)
            for reader in [affiliate, company] {
                let ended = try await reader.get(path).text
                #expect(ended.contains("Half of it"))
                #expect(ended.contains("Reason: The amount was counted again"))
                #expect(!ended.contains(path + "/withdraw"))
            }
            let late = try await company.upload(
                "late.pdf", Browser.cv, to: path + "/evidence", from: "/company/profile")
            #expect(late.status == 409)
            #expect(try await world.site.store.books.check().isBalanced)
        }
    }

    @Test func `opening says what is wrong beside each field, at and beyond its bound`()
        async throws
    {
        try await withWorld { world in
            let company = try await world.browser(of: world.company)
            let form = "/company/hires/\(world.recordedHire)/dispute"
            let id = world.commission.description
            let long = String(repeating: "x", count: TextRules.Statement.lengthMax)
            for (commission, reason, amount, text, field) in [
                ("", "other", "", "text", "commission"), ("999", "other", "", "text", "commission"),
                (id, "", "", "text", "reason"), (id, "wrongly_reversed", "", "text", "reason"),
                (id, "nonsense", "", "text", "reason"), (id, "other", "0", "text", "amount"),
                (id, "other", "-1", "text", "amount"), (id, "other", "1.0055", "text", "amount"),
                (id, "other", "abc", "text", "amount"), (id, "other", "", "", "text"),
                (id, "other", "", long + "x", "text"),
            ] {
                let answer = try await company.open(
                    form, commission: commission, reason: reason, amount: amount, text: text)
                #expect(answer.status == 422, "\(field) \(amount)")
                #expect(
                    answer.text.contains("id=\"field-\(field)-error\""), "\(field) \(amount)")
            }
            let much = try await company.open(
                form, commission: id, reason: "other", amount: "500.01", text: "text")
            #expect(much.status == 409)
            let all = try await company.open(
                form, commission: id, reason: "other", amount: "500", text: long)
            #expect(all.status == 303)
            #expect(try await world.sum("held", of: world.recordedHire) == 50_000)
            let again = try await company.open(
                form, commission: id, reason: "other", amount: "", text: "text")
            #expect(again.status == 422, "what is held is not offered again")
        }
    }

    @Test func `the same form sent twice opens one dispute`() async throws {
        try await withWorld { world in
            // One claim for a hire is open at a time.
            _ = try await world.site.store.write { transaction in
                try await world.site.store.disputes.decide(
                    world.dispute, .rejected, because: .other, note: Note(stored: "No."),
                    by: world.admin.principal, at: TestSite.now, in: transaction)
            }
            let affiliate = try await world.browser(of: world.affiliate)
            let form = "/affiliate/commissions/\(world.commission)/dispute"
            let page = try await affiliate.get(form)
            let fields: [(name: String, value: String)] = [
                ("csrf", try #require(page.hidden("csrf"))),
                ("idempotency_key", try #require(page.hidden("idempotency_key"))),
                ("reason", "wrong_amount"), ("amount", "75.50"), ("text", "A part is missing."),
            ]
            let much = fields.map {
                $0.name == "amount" ? (name: $0.name, value: "500.01") : $0
            }
            #expect(
                try await affiliate.send(.form(form, much)).status == 409,
                "silence grants all of it: never more than was promised")
            var places: Set<String?> = []
            for _ in 0..<2 {
                places.insert(try await affiliate.send(.form(form, fields)).location)
            }
            #expect(places.count == 1)
            let list = try await affiliate.get("/disputes").text
            #expect(list.matches(of: /href="\/disputes\/\d+"/).count == 2, "and that of the world")
            let short = fields.filter { $0.name != "amount" && $0.name != "idempotency_key" }
            let none = try await affiliate.send(
                .form(form, short + [("idempotency_key", "another-key-1")]))
            #expect(none.status == 422)
            #expect(none.text.contains("id=\"field-amount-error\""))
        }
    }

    @Test func `evidence is what it says in its first bytes, and five files of each side`()
        async throws
    {
        try await withWorld { world in
            let company = try await world.browser(of: world.company)
            let path = "/disputes/\(world.dispute)"
            let send = { (name: String, bytes: [UInt8]) in
                try await company.upload(name, bytes, to: path + "/evidence", from: path)
            }
            for bytes in [Array("<html>".utf8), Array("GIF89a".utf8), []] {
                let answer = try await send("a.pdf", bytes)
                #expect(answer.status == 422)
                #expect(answer.text.contains("id=\"field-evidence-error\""))
            }
            let largest =
                Browser.cv
                + [UInt8](repeating: 0, count: EvidenceFile.bytesMax - Browser.cv.count)
            #expect(try await send("large.pdf", largest + [0]).status == 422)
            #expect(try await send("large.pdf", largest).status == 303)
            #expect(try await send("large.pdf", largest).status == 303, "kept once")
            for number in 1..<DisputeRules.evidenceMax {
                #expect(try await send("\(number).pdf", Browser.cv + [UInt8(number)]).status == 303)
            }
            #expect(try await send("sixth.pdf", Browser.cv + [99]).status == 429)
            let page = try await company.get(path)
            let link = try #require(page.text.firstMatch(of: /href="(\/evidence\/\d+)"/)).1
            let file = try await company.get(String(link))
            #expect(file.fields.first("Content-Disposition")?.hasPrefix("attachment") == true)
            #expect(file.fields.first("X-Content-Type-Options") == "nosniff")
            #expect(file.fields.first("Content-Security-Policy")?.contains("sandbox") == true)
            let rival = try await world.browser(of: world.rival)
            #expect(try await rival.get(String(link)).status == 404)
            #expect(try await rival.get(path).status == 404)
        }
    }

    @Test func `a decision wants an outcome, a reason, and a part that is one`() async throws {
        try await withWorld { world in
            let admin = try await world.browser(of: world.admin)
            let desk = "/admin/disputes/\(world.dispute)"
            let note = String(repeating: "n", count: TextRules.Note.lengthMax)
            for (outcome, reason, amount, note, field) in [
                ("", "terms", "", "x", "outcome"), ("maybe", "terms", "", "x", "outcome"),
                ("upheld", "", "", "x", "reason"), ("upheld", "no_answer", "", "x", "reason"),
                ("upheld", "withdrawn", "", "", "reason"), ("upheld", "Terms", "", "", "reason"),
                ("upheld", "terms", "", note + "n", "note"),
                ("partly", "terms", "", "x", "amount"), ("partly", "terms", "0", "x", "amount"),
                ("partly", "terms", "50", "x", "amount"),
                ("partly", "terms", "50.01", "x", "amount"),
            ] {
                let answer = try await admin.post(
                    desk, from: desk + "?outcome=upheld&reason=terms",
                    [
                        ("outcome", outcome), ("reason", reason), ("amount", amount),
                        ("note", note),
                    ])
                #expect(answer.status == 422, "\(outcome) \(amount)")
                #expect(answer.text.contains("id=\"field-\(field)-error\""), "\(field)")
            }
            let preview = try await admin.get(desk + "?outcome=partly&reason=terms&amount=49.99")
            #expect(preview.text.contains("Adds a commission of"))
            let decided = try await admin.post(
                desk, from: desk + "?outcome=upheld&reason=terms",
                [
                    ("outcome", "partly"), ("reason", "terms"), ("amount", "49.99"),
                    ("note", note),
                ])
            #expect(decided.status == 303)
            let other = try await admin.post(
                desk, from: "/admin/admins", [("outcome", "rejected"), ("reason", "other")])
            #expect(other.status == 409)
            #expect(try await world.site.store.books.check().isBalanced)
        }
    }
}

extension Browser {
    /// Fills in the form that opens a dispute.
    fileprivate func open(
        _ form: String, commission: String, reason: String, amount: String, text: String
    ) async throws -> Answer {
        let page = try await get(form)
        return try await send(
            .form(
                form,
                [
                    ("csrf", page.hidden("csrf") ?? ""),
                    ("idempotency_key", page.hidden("idempotency_key") ?? "a-key-of-a-test"),
                    ("commission", commission), ("reason", reason), ("amount", amount),
                    ("text", text),
                ]))
    }

    /// Sends a file by the form on a page.
    fileprivate func upload(
        _ name: String, _ bytes: [UInt8], to target: String, from page: String
    ) async throws -> Answer {
        let token = try await token(on: page)
        var body: [UInt8] = []
        body += Array("--limit\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n".utf8)
        body += Array("\(token)\r\n--limit\r\n".utf8)
        body += Array(
            "Content-Disposition: form-data; name=\"evidence\"; filename=\"\(name)\"\r\n".utf8)
        body += Array("Content-Type: application/pdf\r\n\r\n".utf8) + bytes
        body += Array("\r\n--limit--\r\n".utf8)
        return try await send(
            Ask(
                method: "POST", target: target,
                fields: [("Content-Type", "multipart/form-data; boundary=limit")], body: body))
    }
}

extension World {
    /// What the commissions of a hire in a state add up to, in cents.
    fileprivate func sum(_ state: String, of hire: HireID) async throws -> Int64 {
        try await site.store.database.queryFirst(
            """
            SELECT coalesce(sum(amount), 0)::bigint FROM commission
            WHERE hire_id = \(hire) AND state = \(state)
            """
        ) { row in try row.next(Int64.self) } ?? 0
    }
}
