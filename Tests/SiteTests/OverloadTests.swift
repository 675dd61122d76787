import Admission
import Domain
import EventLoop
import HTTP
import Metrics
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// Who gets in while there is more to do than can be done.
@Suite struct OverloadTests {
    @Test func `who is signed in matters more, and nothing that a client says does`() {
        let key: (UInt64, UInt64) = (1, 2)
        func standing(
            _ declared: OverloadClass, _ session: Session? = nil, token: RequestClass? = nil
        ) -> RequestClass {
            RequestStanding(
                declared, session: session, token: token, .v4(1), CohortHash(key: key),
                at: TestSite.now
            ).requestClass
        }
        let admin = Session(
            id: SessionID(1), principal: .admin(AccountID(1)), expiresAt: TestSite.now)
        let affiliate = Session(
            id: SessionID(2), principal: .affiliate(AccountID(2), AffiliateID(1)),
            expiresAt: TestSite.now)
        #expect(standing(.visitor) == .visitor)
        #expect(standing(.visitor, affiliate) == .member)
        #expect(standing(.background, affiliate) == .member)
        #expect(standing(.member, admin) == .admin)
        #expect(standing(.admin) == .admin)
        #expect(standing(.conversion) == .conversion)
        #expect(standing(.conversion, token: .member) == .member)
        #expect(standing(.background) == .background)
    }

    @Test func `one visitor has one standing, the session before the address`() {
        let hash = CohortHash(key: (3, 4))
        func cohort(_ address: PeerAddress, _ session: Int64? = nil) -> Cohort {
            RequestStanding(
                .visitor,
                session: session.map {
                    Session(
                        id: SessionID($0), principal: .admin(AccountID(1)),
                        expiresAt: TestSite.now)
                }, token: nil, address, hash, at: TestSite.now
            ).cohort
        }
        #expect(cohort(.v6(7, 1)) == cohort(.v6(7, 99)), "one /64 is one customer")
        #expect(cohort(.v4(1), 5) == cohort(.v4(2), 5))
        let spread = Set((0..<500).map { cohort(.v4($0)).number })
        #expect(spread.count > 100)
    }

    @Test func `one works, one waits, the next is asked to come again`() async throws {
        try await withGate(slots: 2, waiting: 1) { gate, _ in
            // One of the two slots is kept for admins and members.
            let first = try await gate.enter(.visitor, Cohort(0))
            async let second = gate.enter(.visitor, Cohort(1))
            await turn()
            // Somebody more important takes a place in the full queue.
            let refusal = await #expect(throws: Overloaded.self) {
                _ = try await gate.enter(.background, Cohort(2))
            }
            #expect((30...90).contains(refusal?.retryAfterSeconds ?? 0))
            let member = try await gate.enter(.member, Cohort(3))
            gate.leave(first, hasFailed: false)
            gate.leave(try await second, hasFailed: false)
            gate.leave(member, hasFailed: false)
            #expect(gate.counts[.visitor, .admitted].value == 2)
            #expect(gate.counts[.background, .full].value == 1)
            #expect(gate.counts[.member, .admitted].value == 1)
        }
    }

    @Test func `who waits too long is told so`() async throws {
        try await withGate(slots: 2, waiting: 4) { gate, _ in
            let first = try await gate.enter(.visitor, Cohort(0))
            await #expect(throws: Overloaded.self) {
                _ = try await gate.enter(.visitor, Cohort(1))
            }
            #expect(gate.counts[.visitor, .late].value == 1)
            gate.leave(first, hasFailed: false)
        }
    }

    @Test func `who leaves while waiting gives the place up`() async throws {
        try await withGate(slots: 2, waiting: 1) { gate, _ in
            // The two slots are taken, then the two places.
            let first = try await gate.enter(.admin, Cohort(0))
            let second = try await gate.enter(.admin, Cohort(1))
            let left = await withTaskGroup(of: Bool.self) { group in
                for number in 2...3 {
                    group.addTask {
                        (try? await gate.enter(.admin, Cohort(UInt8(number)))) == nil
                    }
                }
                await turn()
                #expect(gate.room == .none)
                group.cancelAll()
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(left == [true, true])
            #expect(gate.room == .place)
            #expect(gate.counts[.admin, .left].value == 2)
            // A slot goes to who is still there.
            async let third = gate.enter(.admin, Cohort(4))
            await turn()
            gate.leave(first, hasFailed: false)
            gate.leave(try await third, hasFailed: false)
            gate.leave(second, hasFailed: false)
            #expect(gate.counts[.admin, .admitted].value == 3)
        }
    }

    @Test func `a full house is said to people and to programs, and the pages go on`()
        async throws
    {
        try await withCrowdedSite { site, gate in
            let browser = Browser(site)
            try await browser.signUpAffiliate()
            let ticket = try await gate.enter(.visitor, Cohort(0))
            let page = try await site.send(.get("/r/aaaaaaaaaa"))
            #expect(page.status == 503)
            #expect(page.text.contains("<h1>"))
            #expect((5...15).contains(Int(page.fields.first("Retry-After") ?? "") ?? 0))
            let problem = try await site.send(.get("/api/v1/jobs"))
            #expect(problem.status == 503)
            #expect(problem.text.contains("\"overloaded\""))
            #expect(try await site.send(.get("/healthz")).status == 200)
            // Who is signed in has slots of their own.
            #expect(try await browser.get("/affiliate").status == 200)
            gate.leave(ticket, hasFailed: false)
            #expect(try await site.send(.get("/api/v1/jobs")).status == 200)
        }
    }

    @Test func `a token counts once the database has confirmed it`() {
        var tokens = KnownTokens()
        #expect(tokens[[1]] == nil)
        tokens.add([1], .admin)
        tokens.add([2], .company)
        #expect(tokens[[1]] == .admin)
        #expect(tokens[[2]] == .member)
        tokens.remove([1])
        #expect(tokens[[1]] == nil)
    }

    @Test func `what is decided is counted for the metrics`() async throws {
        try await withGate(slots: 2, waiting: 0) { gate, overload in
            let ticket = try await gate.enter(.conversion, Cohort(0))
            _ = try? await gate.enter(.visitor, Cohort(0))
            var text = MetricsText()
            overload.write(to: &text)
            let lines = String(decoding: text.bytes, as: UTF8.self)
            for line in [
                "vouch_admissions_total{class=\"conversion\",outcome=\"admitted\"} 1",
                "vouch_admissions_total{class=\"visitor\",outcome=\"full\"} 1",
                "vouch_requests_in_flight 1", "vouch_overload_mode 2",
            ] { #expect(lines.contains(line), "\(line)") }
            gate.leave(ticket, hasFailed: false)
        }
    }

    /// Lets what was begun get to where it waits.
    private func turn() async { for _ in 0..<20 { await Task.yield() } }

    private func withGate(
        slots: Int, waiting: Int,
        _ body: @escaping @Sendable (RequestGate, Overload) async throws -> Void
    ) async throws {
        try await withLoop { loop in
            let overload = Overload(loops: 1, mode: .on, cohortKey: (1, 2)) {
                $0.slots = slots
                $0.waitingPerSlot = waiting
            }
            let gate = overload.add {
                RequestGate(
                    loop: loop, overload: overload, number: $0, clock: { Instant(microseconds: 0) })
            }
            try await body(gate, overload)
            gate.stop()
        }
    }

    /// A site with two slots, one of them kept, and the gate that hands them out; without the
    /// control, which goes on refusing for a moment when the crowd has left.
    private func withCrowdedSite(
        _ body: @escaping @Sendable (TestSite, RequestGate) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            let passwords = PasswordWorker(cost: .trivial)
            defer { passwords.stop() }
            let overload = Overload(loops: 1, mode: .off, cohortKey: (1, 2)) {
                $0.slots = 2
                $0.waitingPerSlot = 0
            }
            let site = TestSite(database, passwords, overload: overload)
            let gate = try #require(site.site.gate)
            try await body(site, gate)
            await site.site.close()
        }
    }
}
