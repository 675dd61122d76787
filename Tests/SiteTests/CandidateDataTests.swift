import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// A candidate takes their data along and has it erased, by the link that was mailed to them.
@Suite struct CandidateDataTests {
    private static let email = "zenobia.quirrel@example.com"
    private static let cv: [UInt8] = Array("%PDF-1.7\nzebracontent\n%%EOF".utf8)
    /// Whatever tells who the candidate is, in the forms in which it may be kept.
    private static let needles = [
        "zenobia", "quirrel", "721 987 654", "721987654", "marmalade", "zebracontent",
    ]

    private static func submit(
        _ world: World, to job: JobSlug, via code: LinkCode?, at now: Instant = TestSite.now
    ) async throws -> Applications.Outcome {
        let application = Application(
            name: try PersonName("Zenobia Quirrel"), email: try EmailAddress(email),
            phone: try PhoneNumber("+40 721 987 654"),
            message: try CoverMessage("I adore marmalade."),
            cv: try CVFile(name: "zenobia-cv.pdf", bytes: cv), language: .english)
        let submission = Applications.Submission(
            job: job, via: code, application: application,
            receipt: ReceiptCode(random: RandomSource.system.bytes(ReceiptCode.length)),
            key: nil, at: now)
        return try await world.site.store.write { transaction in
            try await world.site.store.applications.submit(submission, in: transaction)
        }
    }

    private static func withCandidate(
        _ body: @escaping @Sendable (World, IntroductionID, ReceiptCode) async throws -> Void
    ) async throws {
        try await withWorld { world in
            let outcome = try await submit(world, to: world.job.slug, via: world.code)
            guard case .accepted(let id, let receipt) = outcome else {
                throw TestFailure("\(outcome)")
            }
            try await body(world, id, receipt)
        }
    }

    /// Columns of any table in which a text stands, in any case of letters.
    private static func places(of text: String, _ world: World) async throws -> [String] {
        try await world.site.store.database.query("SELECT place FROM places_of(\(text)) place") {
            row in try row.next(String.self)
        }
    }

    private static func makeSearch(_ world: World) async throws {
        try await world.site.store.database.execute(
            """
            CREATE FUNCTION places_of(needle text) RETURNS SETOF text LANGUAGE plpgsql AS $$
            DECLARE
                place record;
                is_there boolean;
            BEGIN
                FOR place IN
                    SELECT table_name, column_name, data_type FROM information_schema.columns
                    WHERE table_schema = current_schema()
                        AND data_type IN ('text', 'bytea', 'jsonb', 'tsvector', 'ARRAY', 'json')
                LOOP
                    EXECUTE format(
                        CASE WHEN place.data_type = 'bytea'
                            THEN 'SELECT EXISTS (SELECT FROM %1$I
                                WHERE position(convert_to(%3$L, ''UTF8'') IN %2$I) > 0)'
                            ELSE 'SELECT EXISTS (SELECT FROM %1$I
                                WHERE position(%3$L IN lower(%2$I::text)) > 0)' END,
                        place.table_name, place.column_name, needle) INTO is_there;
                    IF is_there THEN
                        RETURN NEXT place.table_name || '.' || place.column_name;
                    END IF;
                END LOOP;
            END $$
            """)
    }

    /// Mails that went out, a refusal of the mail server, and a wish to get no more of them.
    private static func leaveTraces(_ world: World, _ id: IntroductionID) async throws {
        let database = world.site.store.database
        try await database.execute(
            """
            UPDATE outbox SET last_error = '550 ' || \(email) || ' unknown', failed_at = created_at
            WHERE introduction_id = \(id)
            """)
        try await database.execute(
            """
            INSERT INTO demo_mail (outbox_id, recipients, subject, body, html, message, created_at)
            SELECT id, \(email), 'Zenobia Quirrel', 'marmalade', 'b', 'm', created_at
            FROM outbox WHERE introduction_id = \(id)
                OR (payload->>'introduction')::bigint = \(id)
            """)
        try await database.execute(
            """
            INSERT INTO mail_suppression (email_key, reason, created_at)
            VALUES (\(email), '550', \(TestSite.now))
            """)
        let admin = world.admin.principal
        let mail = try await database.queryFirst(
            "SELECT min(id) FROM outbox WHERE introduction_id = \(id)"
        ) { row in try row.next(OutboxID.self) }
        // Both stand in the log, which cannot be changed.
        try await world.site.store.write { transaction in
            let delivery = world.site.store.mailDelivery
            try await delivery.allow(
                EmailAddress(email), by: admin, at: TestSite.now, in: transaction)
            try await delivery.resend(
                try #require(mail), by: admin, at: TestSite.now, in: transaction)
        }
        try await database.execute(
            """
            INSERT INTO mail_suppression (email_key, reason, created_at)
            VALUES (\(email), '550', \(TestSite.now))
            """)
        try await database.execute(
            """
            INSERT INTO mail_opt_out (email_key, created_at) VALUES (\(email), \(TestSite.now))
            """)
    }

    @Test func `what is kept can be seen and taken along, also the file`() async throws {
        try await Self.withCandidate { world, _, receipt in
            let browser = Browser(world.site)
            let own = "/applications/\(receipt.text)"
            #expect(try await browser.get(own).text.contains("href=\"\(own)/data\""))
            let page = try await browser.get(own + "/data").text
            for text in ["Zenobia Quirrel", "721 987 654", "marmalade", "zenobia-cv.pdf"] {
                #expect(page.contains(text), "\(text)")
            }
            let file = try await browser.get(own + "/export")
            #expect(file.fields.first(.contentDisposition)?.contains("vouch-data.json") == true)
            let data = try file.json()
            #expect(data["application"]?["email"] == .text(Self.email))
            #expect(data["message"] == .text("I adore marmalade."))
            let content = try #require(data["cv"]?["content"]?.text)
            #expect(Base64.decoded(content) == Self.cv)
            #expect(data["history"]?.list?.count == 1)
            #expect(data["mails"]?.list?.first?["topic"] == .text("application.received"))
        }
    }

    @Test func `erasing is asked once more, and leaves nothing that tells who it was`()
        async throws
    {
        try await Self.withCandidate { world, id, receipt in
            let store = world.site.store
            _ = try await WorldMaker(site: world.site).report(id, by: world.company)
            let commission = try await WorldMaker(site: world.site).record(id, by: world.admin)
            try await store.write { transaction in
                _ = try await store.commissionDeeds.decide(
                    .approve, on: [commission], note: Note(stored: ""),
                    by: world.admin.principal, at: TestSite.now, in: transaction)
            }
            try await Self.leaveTraces(world, id)
            try await Self.makeSearch(world)
            for needle in Self.needles {
                #expect(try await !Self.places(of: needle, world).isEmpty, "\(needle)")
            }
            let browser = Browser(world.site)
            let own = "/applications/\(receipt.text)"
            let unsure = try await browser.post(own + "/erase")
            #expect(unsure.status == 422)
            #expect(unsure.text.contains("id=\"field-consent-error\""))
            #expect(try await browser.get(own).status == 200)
            let token = try await browser.token(on: own + "/erase")
            for _ in 0..<2 {
                let done = try await browser.send(
                    .form(own + "/erase", [("csrf", token), ("consent", "yes")]))
                #expect(done.location == own)
            }
            for needle in Self.needles {
                #expect(try await Self.places(of: needle, world) == [], "\(needle)")
            }
            for path in ["", "/data", "/export", "/erase"] {
                #expect(try await browser.get(own + path).status == 410, "\(path)")
            }
            let log = try await store.audit.list(of: "introduction", id.rawValue).items
            #expect(log.map(\.action) == ["candidate.erased"])
            #expect(log.first?.actor == "candidate" && log.first?.address == nil)
            // What was promised stays, and adds up.
            let invoice = try await store.invoices.open().items.first
            #expect(invoice?.commission == commission)
            #expect(try await store.books.check().isBalanced)
            for action in ["mail.allowed", "mail.resent"] {
                let rows = try await store.audit.list(AuditLog.Filter(action: action)).items
                #expect(rows.first?.detail.contains("…@example.com") == true, "\(action)")
            }
        }
    }

    @Test func `notes about the person go, reasons and words about money stay`() async throws {
        try await Self.withCandidate { world, id, receipt in
            let store = world.site.store
            let maker = WorldMaker(site: world.site)
            let company = world.company.principal
            try await store.write { transaction in
                try await store.stages.move(
                    id,
                    .advance(to: .shortlisted, note: Note(stored: "A quokka fan")),
                    by: company, at: TestSite.now, in: transaction)
            }
            let hire = try await maker.report(id, by: world.company)
            try await store.database.execute(
                "UPDATE hire SET note = 'Our quokka' WHERE id = \(hire)")
            _ = try await maker.record(id, by: world.admin)
            let deed = HireDeed.cancel(.recordedInError, note: Note(stored: "The wombat hire"))
            let shown = try await store.hireEnding.preview(
                deed, on: hire, by: world.admin.principal, today: TestSite.today)
            _ = try await store.write { transaction in
                try await store.hireEnding.perform(
                    deed, on: hire, decided: shown.fingerprint, by: world.admin.principal,
                    at: TestSite.now, in: transaction)
            }
            try await Self.makeSearch(world)
            #expect(
                try await Set(Self.places(of: "quokka", world))
                    == ["stage_history.note", "hire.note"])
            let browser = Browser(world.site)
            let page = try await browser.get("/applications/\(receipt.text)/erase").text
            #expect(page.contains("Notes that the company or we wrote about you"))
            try await store.write { transaction in
                try await store.receipts.erase(receipt, at: TestSite.now, in: transaction)
            }
            #expect(try await Self.places(of: "quokka", world) == [])
            let kept = try await Set(Self.places(of: "wombat", world))
            #expect(kept.isSuperset(of: ["hire.ended_note", "commission.note", "audit.detail"]))
            #expect(!kept.contains("stage_history.note"))
            let reason = try await store.database.queryFirst(
                "SELECT reason FROM hire WHERE id = \(hire)"
            ) { row in try row.next(String.self) }
            #expect(reason == "recorded_in_error")
            // Nothing else of a history or an ended hire can change.
            for statement: SQL in [
                "UPDATE stage_history SET note = 'other'", "UPDATE stage_history SET reason = 'x'",
                "UPDATE hire SET note = 'other' WHERE state = 'cancelled'",
                "UPDATE hire SET ended_note = '', note = '' WHERE state = 'cancelled'",
                "DELETE FROM stage_history",
            ] {
                await #expect(throws: PostgresError.self) {
                    try await store.database.execute(statement)
                }
            }
            #expect(try await store.books.check().isBalanced)
        }
    }

    @Test func `an application that still ran is withdrawn, and the company is told`()
        async throws
    {
        try await Self.withCandidate { world, id, receipt in
            let store = world.site.store
            try await store.write { transaction in
                try await store.receipts.erase(receipt, at: TestSite.now, in: transaction)
            }
            let found = try await store.candidates.find(id, for: world.company.principal)
            #expect(found.summary.stage == .withdrawn && found.summary.name.text == "–")
            #expect(found.cvName == nil && found.message.text.isEmpty)
            let told = try await store.outbox.waiting(limit: PageLimit(clamping: 100)).filter {
                $0.topic == "introduction.withdrawn" && $0.payload.contains("\(id)")
            }
            #expect(Set(told.map(\.recipient)) == ["company", "affiliate"])
        }
    }

    @Test func `who was erased is not introduced again by somebody else for 180 days`()
        async throws
    {
        try await Self.withCandidate { world, id, receipt in
            let store = world.site.store
            let maker = WorldMaker(site: world.site)
            try await store.write { transaction in
                try await store.receipts.erase(receipt, at: TestSite.now, in: transaction)
            }
            let code = try await maker.link(to: world.job, of: world.other)
            let again = try await Self.submit(world, to: world.job.slug, via: code)
            #expect(again == .duplicate(.email))
            await #expect(throws: DomainError.duplicate(.candidate(.email))) {
                _ = try await maker.recommend(Self.email, for: world.job, by: world.other)
            }
            // Another job of the company is the first affiliate's too.
            let second = try await maker.job(of: world.company)
            let carried = try await Self.submit(world, to: second.slug, via: nil)
            guard case .accepted(let next, _) = carried else {
                throw TestFailure("\(carried)")
            }
            let owner = try await store.database.queryFirst(
                "SELECT affiliate_id, carried_from FROM introduction WHERE id = \(next)"
            ) { row in
                (
                    affiliate: try row.next(AffiliateID?.self),
                    from: try row.next(IntroductionID?.self)
                )
            }
            #expect(owner?.affiliate == world.affiliate.principal.affiliate)
            #expect(owner?.from == id)
        }
    }

    @Test func `after 180 days the hash goes too, and anybody may introduce the person`()
        async throws
    {
        try await Self.withCandidate { world, id, receipt in
            let store = world.site.store
            try await store.write { transaction in
                try await store.receipts.erase(receipt, at: TestSite.now, in: transaction)
            }
            let end = TestSite.now.adding(days: Attribution.ownershipDays)
            #expect(try await store.receipts.forgetErased(at: end.adding(seconds: -1)) == 0)
            #expect(try await store.receipts.forgetErased(at: end) == 1)
            let address = try await store.database.queryFirst(
                "SELECT email_folded FROM introduction WHERE id = \(id)"
            ) { row in try row.next(String.self) }
            #expect(address == "erased:\(id)")
            try await store.database.execute(
                "UPDATE job SET valid_through = \(end.adding(days: 30).date)")
            let code = try await WorldMaker(site: world.site).link(
                to: world.job, of: world.other)
            let again = try await Self.submit(world, to: world.job.slug, via: code, at: end)
            guard case .accepted = again else { throw TestFailure("\(again)") }
        }
    }

    @Test func `a hash made by a key that was replaced still finds the person`() async throws {
        let old: [UInt8] = Array(repeating: 7, count: 32)
        let before = try #require(SigningKeys([old]))
        let after = try #require(SigningKeys([Array(repeating: 8, count: 32), old]))
        let text = Array(Self.email.utf8)
        let kept = try #require(before.signatures(text, for: .pseudonym).first)
        #expect(after.signatures(text, for: .pseudonym).contains(kept))
        #expect(after.signatures(text, for: .pseudonym).first != kept)
        #expect(before.signatures(text, for: .session).first != kept)
    }

    @Test func `what was not confirmed has no such page, and a wrong secret finds nothing`()
        async throws
    {
        try await withWorld { world in
            let hidden = try await world.site.store.database.queryFirst(
                "SELECT receipt FROM introduction WHERE confirmed_at IS NULL"
            ) { row in try row.next(ReceiptCode.self) }
            let wrong = ReceiptCode(random: RandomSource.system.bytes(ReceiptCode.length))
            let browser = Browser(world.site)
            for code in [try #require(hidden), wrong] {
                for path in ["data", "export", "erase"] {
                    let answer = try await browser.get("/applications/\(code.text)/\(path)")
                    #expect(answer.status == 404, "\(path)")
                }
                let erased = try await browser.post(
                    "/applications/\(code.text)/erase", from: "/sign-in", [("consent", "yes")])
                #expect(erased.status == 404)
            }
        }
    }

    @Test(arguments: [0, 1, 2, 3, 4, 5, 255, 256])
    func `what is written in base64 is read again`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let text = Base64.encoded(bytes)
        #expect(text.utf8.count == (count + 2) / 3 * 4)
        #expect(Base64.decoded(text) == bytes)
    }
}
