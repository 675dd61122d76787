import Admission
import Domain
import EventLoop
import HTTP
import Postgres
import Spool
import Store
import TestSupport
import Testing

@testable import Site

/// Applications that the database cannot take: kept, told, and brought in exactly once.
@Suite struct SpoolingTests {
    @Test func `an application is kept while the database is away, and arrives once`()
        async throws
    {
        try await withSpooledWorld { scene in
            let kept = try await scene.applyWithoutDatabase("ioana@example.com")
            #expect(kept.status == 202)
            #expect(kept.text.contains("<h1>Your application is safe</h1>"))
            let receipt = try scene.receipt(in: kept)
            let waits = try await scene.site.send(.get(receipt))
            #expect(waits.status == 200)
            #expect(waits.text.contains("waits for the database"))
            #expect(!waits.text.contains("ioana"), "a receipt tells nothing about the person")

            try await scene.restore()
            let record = try #require(try await scene.record())
            for _ in 0..<3 { #expect(await scene.site.site.replay(record).isApplied) }
            #expect(try await scene.count("introduction WHERE email_folded LIKE 'ioana%'") == 1)
            #expect(try await scene.count("spool_entry") == 1)
        }
    }

    @Test(arguments: [FaultProxy.Mode.delay(milliseconds: 200), .swallow])
    func `an application is kept while the database is too slow for it`(mode: FaultProxy.Mode)
        async throws
    {
        // The pool's own deadlines are 30 s here: a slow database would be waited for.
        try await withSpooledWorld { scene in
            scene.proxy.set(mode)
            let kept = try await CallerDeadline.$current.withValue(
                MonotonicTime.now + .milliseconds(300)
            ) {
                try await scene.apply(to: scene.site, "ioana@example.com", key: "slow-form-1")
            }
            #expect(kept.status == 202)
            #expect(kept.text.contains("<h1>Your application is safe</h1>"))
            scene.proxy.cut()
            try await scene.restore()
            let record = try #require(try await scene.record())
            for _ in 0..<2 { #expect(await scene.site.site.replay(record).isApplied) }
            #expect(try await scene.count("introduction WHERE email_folded LIKE 'ioana%'") == 1)
        }
    }

    @Test func `the page of a receipt leads on once it has arrived, in every instance`()
        async throws
    {
        try await withSpooledWorld { scene in
            let path = try scene.receipt(
                in: try await scene.applyWithoutDatabase("ioana@example.com"))
            try await scene.restore()
            let elsewhere = try await scene.other.send(.get(path))
            #expect(elsewhere.status == 404)
            #expect(elsewhere.text.contains("come again"))
            let record = try #require(try await scene.record())
            let verdict = await scene.site.site.replay(record)
            guard case .applied(let note) = verdict else {
                Issue.record("\(verdict)")
                return
            }
            #expect(await scene.spool.settle(record.head.sequence, .applied(note: note)))
            for site in [scene.site, scene.other] {
                let page = try await site.send(.get(path))
                #expect(page.status == 200)
                #expect(page.text.contains("/applications/\(note)"))
            }
            #expect(try await scene.site.send(.get("/applications/\(note)")).status == 200)
        }
    }

    @Test func `the same form sent again is the same one, kept here, there or written`()
        async throws
    {
        try await withSpooledWorld { scene in
            let first = try await scene.applyWithoutDatabase("ioana@example.com", key: "a-form-1")
            let again = try await scene.applyWithoutDatabase("ioana@example.com", key: "a-form-1")
            #expect(try scene.receipt(in: first) == scene.receipt(in: again))
            #expect(scene.spool.metrics.waiting == 1)
            try await scene.restore()
            // Another instance has written it meanwhile.
            let written = try await scene.apply(
                to: scene.other, "ioana@example.com", key: "a-form-1")
            #expect(written.status == 303)
            let record = try #require(try await scene.record())
            let verdict = await scene.site.site.replay(record)
            guard case .applied(let note) = verdict else {
                Issue.record("\(verdict)")
                return
            }
            #expect(written.location == "/applications/\(note)?new=1")
            #expect(try await scene.count("introduction WHERE email_folded LIKE 'ioana%'") == 1)
        }
    }

    @Test func `what waits is not overtaken by the same person's next`() async throws {
        try await withSpooledWorld { scene in
            _ = try await scene.applyWithoutDatabase("ioana@example.com", key: "a-form-1")
            try await scene.restore()
            let next = try await scene.apply(to: scene.site, "ioana@example.com", key: "a-form-2")
            #expect(next.status == 202)
            let other = try await scene.apply(to: scene.site, "petru@example.com", key: "a-form-3")
            #expect(other.status == 303)
        }
    }

    @Test func `what the rules refuse is said, and what can never be taken is set aside`()
        async throws
    {
        try await withSpooledWorld { scene in
            _ = try await scene.applyWithoutDatabase("ioana@example.com")
            _ = try await scene.applyWithoutDatabase("ioana@example.com", key: "another-form")
            try await scene.restore()
            let records = try await scene.records()
            try #require(records.count == 2)
            #expect(await scene.site.site.replay(records[0]).isApplied)
            #expect(
                await scene.site.site.replay(records[1])
                    == .applied(note: SpoolReason.duplicate.rawValue))
            try await scene.execute("UPDATE job SET state = 'paused'")
            scene.proxy.set(.refuse)
            scene.proxy.cut()
            _ = try await scene.applyWithoutDatabase("petru@example.com", key: "a-third-form")
            try await scene.restore()
            let third = try #require(try await scene.records().last)
            #expect(
                await scene.site.site.replay(third)
                    == .never(reason: SpoolReason.jobPaused.rawValue))
            #expect(try await scene.count("spool_entry") == 2, "nothing of it is written")
        }
    }

    @Test func `whoever came in between leaves the owner to a person`() async throws {
        try await withSpooledWorld { scene in
            _ = try await scene.applyWithoutDatabase("ioana@example.com", code: scene.world.code)
            try await scene.restore()
            let via = try await WorldMaker(site: scene.other).link(
                to: scene.world.job, of: scene.world.other)
            let application = Application(
                name: try PersonName("Ioana Pop"), email: try EmailAddress("ioana@example.com"),
                phone: nil, message: try CoverMessage(""),
                cv: try CVFile(name: "cv.pdf", bytes: Browser.cv), language: .romanian)
            let later = Applications.Submission(
                job: scene.world.job.slug, via: via, application: application,
                receipt: ReceiptCode(random: RandomSource.system.bytes(ReceiptCode.length)),
                key: nil, at: TestSite.now.adding(seconds: 1))
            _ = try await scene.other.store.write { transaction in
                try await scene.other.store.applications.submit(later, in: transaction)
            }
            let record = try #require(try await scene.record())
            #expect(
                await scene.site.site.replay(record)
                    == .never(reason: SpoolReason.overtaken.rawValue))
        }
    }

    @Test func `an admin tries again or puts away`() async throws {
        try await withSpooledWorld { scene in
            let path = try scene.receipt(
                in: try await scene.applyWithoutDatabase("ioana@example.com"))
            try await scene.restore()
            let record = try #require(try await scene.record())
            let sequence = record.head.sequence
            await scene.spool.settle(sequence, .setAside(reason: SpoolReason.jobPaused.rawValue))
            let admin = Browser(scene.site)
            try await admin.becomeAdmin("chief@example.com")
            let list = try await admin.get("/admin/spool")
            #expect(list.text.contains("ioana@example.com"))
            #expect(list.text.contains("paused"))
            let again = try await admin.post(
                "/admin/spool", [("sequence", "\(sequence)"), ("action", "try_again")])
            #expect(again.status == 303)
            #expect(scene.spool.entry(sequence: sequence)?.state == .waiting)
            #expect(
                try await scene.count("audit WHERE action = 'spool.tried_again'") == 1)

            await scene.spool.settle(sequence, .setAside(reason: SpoolReason.jobPaused.rawValue))
            for _ in 0..<2 {
                try await admin.post(
                    "/admin/spool", from: "/account",
                    [("sequence", "\(sequence)"), ("action", "put_away")])
            }
            #expect(
                try await scene.count("audit WHERE action = 'spool.put_away'") == 1)
            let page = try await scene.site.send(.get(path))
            #expect(page.text.contains("could not be taken"))
            #expect(page.text.contains("paused"))
            #expect(
                await scene.site.site.replay(record)
                    == .applied(note: SpoolReason.putAway.rawValue), "no instance takes it")
            for bad in ["", "x", "-1", "99", "18446744073709551616"] {
                let answer = try await admin.post(
                    "/admin/spool", from: "/account",
                    [("sequence", bad), ("action", "put_away")])
                #expect(answer.status == 303)
            }
        }
    }

    @Test func `a long list of what is set aside has pages`() async throws {
        try await withSpooledWorld { scene in
            for number in 0..<51 {
                _ = try await scene.applyWithoutDatabase(
                    "person\(number)@example.com", key: "the-form-\(number)")
            }
            try await scene.restore()
            for head in scene.spool.takeFresh() {
                await scene.spool.settle(
                    head.sequence, .setAside(reason: SpoolReason.jobPaused.rawValue))
            }
            let admin = Browser(scene.site)
            try await admin.becomeAdmin("chief@example.com")
            let first = try await admin.get("/admin/spool").text
            #expect(first.contains("person0@example.com"))
            #expect(first.contains("person49@example.com"))
            #expect(!first.contains("person50@example.com"))
            let next = try #require(first.firstMatch(of: /\/admin\/spool\?after=\d+/))
            let second = try await admin.get(String(next.0)).text
            #expect(second.contains("person50@example.com"))
            #expect(!second.contains("person49@example.com"))
            for bad in ["x", "-1", "18446744073709551616"] {
                let page = try await admin.get("/admin/spool?after=\(bad)").text
                #expect(page.contains("person0@example.com"))
            }
        }
    }

    @Test func `a program is told where its receipt is`() async throws {
        try await withSpooledWorld { scene in
            scene.proxy.set(.refuse)
            scene.proxy.cut()
            let content = """
                {"name": "Mihai Ionescu", "email": "ioana@example.com", "consent": true,
                "cv": {"file_name": "cv.pdf", "content": "\(Base64.encoded(Browser.cv))"}}
                """
            let target = "/api/v1/jobs/\(scene.world.job.slug.text)/applications"
            let ask = Ask.json("POST", target, content).with("Idempotency-Key", "program-1")
            let answer = try await scene.site.send(ask)
            #expect(answer.status == 202)
            let url = try #require(try answer.json()["url"]?.text)
            #expect(url.hasPrefix(TestSite.origin + "/receipts/"))
            let page = try await scene.site.send(.get(String(url.dropFirst(TestSite.origin.count))))
            #expect(page.status == 200)
        }
    }

    @Test func `a form is checked before it is kept`() async throws {
        try await withSpooledWorld { scene in
            scene.proxy.set(.refuse)
            scene.proxy.cut()
            let target = "/jobs/\(scene.world.job.slug.text)/apply"
            let forged = Ask.upload(target, [("name", "Mihai")], file: ("cv.pdf", Browser.cv))
            #expect(try await scene.site.send(forged).status == 403)
            let content = "{\"name\": \"\", \"email\": \"no\", \"consent\": false}"
            let bad = try await scene.site.send(
                .json(
                    "POST", "/api/v1/jobs/\(scene.world.job.slug.text)/applications", content))
            #expect(bad.status == 422)
            #expect(scene.spool.metrics.waiting == 0)
        }
    }

    @Test func `a form of somebody who is signed in is known by their cookie`() async throws {
        try await withSpooledWorld { scene in
            let member = Browser(scene.other)
            let target = "/jobs/\(scene.world.job.slug.text)/apply"
            try await member.signUpAffiliate("member@example.com")
            let token = try await member.token(on: target)
            scene.proxy.set(.refuse)
            scene.proxy.cut()
            let stranger = scene.form("ioana@example.com", key: "a-form-1", token: "AAAA")
            #expect(try await scene.site.send(member.asking(stranger)).status == 403)
            let own = scene.form("ioana@example.com", key: "a-form-1", token: token)
            #expect(try await scene.site.send(member.asking(own)).status == 202)
        }
    }

    @Test func `whoever is not let in is kept, and the rest is told to come again`()
        async throws
    {
        let overload = Overload(loops: 1, mode: .off, cohortKey: (1, 2)) {
            $0.slots = 2
            $0.waitingPerSlot = 0
        }
        try await withSpooledWorld(overload: overload) { scene in
            let gate = try #require(scene.site.site.gate)
            let ticket = try await gate.enter(.visitor, Cohort(0))
            let kept = try await scene.apply(to: scene.site, "ioana@example.com", key: "a-form-1")
            #expect(kept.status == 202)
            #expect(try await scene.site.send(.get("/r/aaaaaaaaaa")).status == 503)
            let record = try #require(try await scene.record())
            #expect(
                await scene.site.site.replay(record) == .unreachable(reason: "overloaded"))
            gate.leave(ticket, hasFailed: false)
            #expect(await scene.site.site.replay(record).isApplied)
        }
    }

    @Test func `a full spool says when to come again`() async throws {
        try await withSpooledWorld(recordsMax: 1) { scene in
            #expect(try await scene.applyWithoutDatabase("a@example.com").status == 202)
            let refused = try await scene.applyWithoutDatabase("b@example.com", key: "form-of-b")
            #expect(refused.status == 503)
            #expect(refused.fields.first("Retry-After") != nil)
            #expect(scene.spool.metrics.waiting == 1)
        }
    }
}

extension ReplayVerdict {
    fileprivate var isApplied: Bool {
        if case .applied(let note) = self { ReceiptCode(note) != nil } else { false }
    }
}
