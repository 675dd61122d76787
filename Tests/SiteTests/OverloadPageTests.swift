import Admission
import EventLoop
import Store
import TestSupport
import Testing

@testable import Site

/// The overload control as an admin sees and switches it.
@Suite struct OverloadPageTests {
    private func withControl(
        _ body: @escaping @Sendable (TestSite, AdmissionControl) async throws -> Void
    ) async throws {
        let overload = Overload(loops: 1, mode: .on, cohortKey: (1, 2))
        try await withDatabase { database in
            let passwords = PasswordWorker(cost: .trivial)
            defer { passwords.stop() }
            let site = TestSite(database, passwords, overload: overload)
            try await body(site, overload.control)
            await site.site.close()
        }
    }

    private func switches(_ site: TestSite) async throws -> [String] {
        try await site.store.audit.list(.init(action: "overload.switched")).items.map(\.detail)
    }

    @Test func `an admin switches it, once however often the form is sent`() async throws {
        try await withControl { site, control in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            #expect(try await admin.get("/admin/overload").text.contains("Refuses whole visitors"))
            for _ in 0..<2 {
                let answer = try await admin.post("/admin/overload", [("mode", "observe")])
                #expect(answer.location == "/admin/overload")
                #expect(control.mode == .observe)
            }
            let details = try await switches(site)
            #expect(details.count == 1)
            #expect(details.first?.contains("\"from\": \"on\"") == true)
            #expect(details.first?.contains("\"to\": \"observe\"") == true)
            #expect(try await admin.get("/admin/overload").text.contains("observes only"))
        }
    }

    @Test func `a program that repeats its request undoes nothing that came after it`()
        async throws
    {
        try await withControl { site, control in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let account = try await site.account("admin@example.com")
            let token = try await WorldMaker(site: site).token(of: account)
            let ask = Ask.json("PUT", "/api/v1/admin/overload", "{\"mode\": \"off\"}")
                .with("Authorization", "Bearer " + token.text)
                .with("Idempotency-Key", "switch-it-off")
            #expect(try await site.send(ask).json()["mode"] == .text("off"))
            #expect(control.mode == .off)
            control.mode = .on
            #expect(try await site.send(ask).json()["mode"] == .text("off"))
            #expect(control.mode == .on)
            let wrong = Ask.json("PUT", "/api/v1/admin/overload", "{\"mode\": \"full\"}")
                .with("Authorization", "Bearer " + token.text)
            #expect(try await site.send(wrong).status == 422)
        }
    }

    @Test(arguments: ["", "ON", "2", "off,on", String(repeating: "o", count: 2_000)])
    func `another mode than there is changes nothing`(mode: String) async throws {
        try await withControl { site, control in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let answer = try await admin.post("/admin/overload", [("mode", mode)])
            #expect(answer.status == 422)
            #expect(control.mode == .on)
            #expect(try await switches(site).isEmpty)
        }
    }

    @Test func `the last hour is drawn, and its last minutes are read in a table`() async throws {
        try await withControl { site, control in
            let lane = AdmissionLane(control, number: 0, seed: 1)
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let begin = MonotonicTime.now
            // Beyond an hour the oldest give way.
            for tick in 1...(36_000 + 150) {
                let now = Moment(begin + .milliseconds(100 * tick))
                guard
                    case .admitted(let ticket) = lane.admit(.visitor, Cohort(0), token: 1, now: now)
                else { continue }
                lane.finish(ticket, now: now)
                lane.tick(now: now, lag: .milliseconds(3))
                while lane.nextAction() != nil {}
            }
            let summaries = control.summaries
            #expect(summaries.count == 360)
            #expect(summaries.dropLast().allSatisfy { $0.admittedSum == 100 })
            #expect(summaries.allSatisfy { $0.lagMost == 3_000 })
            let page = try await admin.get("/admin/overload").text
            #expect(page.contains("the most was 100"))
            #expect(page.contains("class=\"admitted\""))
            #expect(page.contains("3.0 ms"))
            #expect(page.matches(of: /<tr>/).count >= 12)
        }
    }
}
