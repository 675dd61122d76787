import Domain
import Store
import TestSupport
import Testing

@testable import Site

/// What others do about a company's candidates and hires, told in its open page and to programs.
@Suite struct NewsOfCompaniesTests {
    private func move(
        _ news: NewsWorld, _ id: IntroductionID, to stage: Stage, by account: Account
    ) async throws {
        try await news.world.site.store.write { transaction in
            try await news.world.site.store.stages.move(
                id, .advance(to: stage, note: Note(stored: "")),
                by: account.principal, at: TestSite.now, in: transaction)
        }
    }

    @Test func `a new application arrives in the company's open page, and in no other's`()
        async throws
    {
        try await withNews { news in
            let world = news.world
            let page = try await news.open(world.company, language: "ro")
            let rival = try await news.open(world.rival)
            let id = try await WorldMaker(site: world.site).apply(
                to: world.job, via: world.code, "ana-maria@example.com"
            ).id
            #expect(try await news.wait { page.events.count == 1 })
            let data = try #require(page.events.first?.data)
            #expect(data.contains("id=\"introduction-\(id)\""))
            #expect(data.contains("href=\"/company/introductions/\(id)\""))
            #expect(data.contains("Trimis"))
            let beats = rival.text.count
            #expect(try await news.wait { rival.text.count > beats })
            #expect(rival.events.isEmpty)
        }
    }

    @Test func `what others do to a candidate is told, what the company does itself is not`()
        async throws
    {
        try await withNews { news in
            let world = news.world
            let (id, receipt) = try await WorldMaker(site: world.site).apply(
                to: world.job, via: nil, "ana-maria@example.com")
            let page = try await news.open(world.company)
            // Who comes anew is told what happened while the page was made: the application.
            let isTold = try await news.wait {
                page.events.contains { $0.data.contains("introduction-\(id)") }
            }
            #expect(isTold)
            let before = page.events.count
            try await move(news, id, to: .shortlisted, by: world.company)
            try await move(news, id, to: .interview, by: world.admin)
            #expect(try await news.wait { page.events.count == before + 1 })
            #expect(page.events[before].data.contains("Interview"))
            try await world.site.store.write { transaction in
                try await world.site.store.receipts.withdraw(
                    receipt, at: TestSite.now, in: transaction)
            }
            #expect(try await news.wait { page.events.count == before + 2 })
            #expect(page.events[before + 1].data.contains("Withdrawn"))
        }
    }

    @Test func `a hire that is recorded and ended, and an invoice, are told`() async throws {
        try await withNews { news in
            let world = news.world
            let store = world.site.store
            let page = try await news.open(world.company)
            let commission = try await WorldMaker(site: world.site).record(
                world.introduction, by: world.admin)
            #expect(try await news.wait { page.events.count == 1 })
            #expect(page.events[0].data.contains("introduction-\(world.introduction)\""))
            #expect(page.events[0].data.contains("Recorded"))
            try await store.write { transaction in
                _ = try await store.commissionDeeds.decide(
                    .approve, on: [commission], note: Note(stored: ""),
                    by: world.admin.principal, at: TestSite.now, in: transaction)
            }
            #expect(try await news.wait { page.events.count == 2 })
            #expect(page.events[1].data.contains("href=\"/company/invoices/V20260000001\""))
            #expect(page.events[1].data.contains("500"))
        }
    }

    @Test func `who comes back gets what happened meanwhile, and nothing twice`() async throws {
        try await withNews { news in
            let maker = WorldMaker(site: news.world.site)
            let page = try await news.open(news.world.company)
            _ = try await maker.apply(to: news.world.job, via: nil, "one@example.com")
            #expect(try await news.wait { page.events.count == 1 })
            let seen = try #require(page.events.first?.id)
            page.leave()
            let missed = try await maker.apply(to: news.world.job, via: nil, "two@example.com")
            let again = try await news.open(news.world.company, lastEventID: seen)
            #expect(try await news.wait { again.events.count == 1 })
            #expect(again.events[0].data.contains("introduction-\(missed.id)\""))
        }
    }

    @Test func `programs of both roles get the same as JSON`() async throws {
        try await withNews { news in
            let world = news.world
            let company = try await news.listen(world.company).reader
            let affiliate = try await news.listen(world.affiliate).reader
            let commission = try await news.win("ana-maria@example.com")
            // The application, and the hire.
            #expect(try await news.wait { company.events.count == 2 })
            #expect(try await news.wait { affiliate.events.count == 1 })
            let told = try JSONValue(Array(company.events[1].data.utf8))
            #expect(told["kind"] == .text("candidate"))
            #expect(told["stage"] == .text("hired"))
            #expect(told["hire_state"] == .text("recorded"))
            let won = try JSONValue(Array(affiliate.events[0].data.utf8))
            #expect(won["kind"] == .text("commission"))
            #expect(won["commissions"]?.list?.first?["id"] == .integer(commission.rawValue))
            let (again, _) = try await news.listen(
                world.company, lastEventID: company.events[0].id)
            #expect(try await news.wait { again.events.count == 1 })
        }
    }

    @Test func `a revoked token ends its streams, and only those`() async throws {
        try await withNews { news in
            let world = news.world
            let (program, token) = try await news.listen(world.company)
            let other = try await news.listen(world.company).reader
            let page = try await news.open(world.company)
            try await world.site.store.write { transaction in
                try await world.site.store.tokens.revoke(
                    token, of: world.company.id, at: TestSite.now, in: transaction)
            }
            #expect(try await news.wait { program.text.hasSuffix("\r\n0\r\n\r\n") })
            for reader in [other, page] {
                let beats = reader.text.count
                #expect(try await news.wait { reader.text.count > beats })
                #expect(!reader.text.hasSuffix("\r\n0\r\n\r\n"))
            }
        }
    }

    @Test func `pages and programs of an account share its bound`() async throws {
        try await withNews(streams: StreamBounds(allMax: 10, accountMax: 2)) { news in
            let world = news.world
            _ = try await news.open(world.company)
            _ = try await news.listen(world.company)
            let third = try await news.ask(world.company)
            #expect(try await news.wait { third.text.hasPrefix("HTTP/1.1 429 ") })
        }
    }

    @Test func `an admin's token has nothing to listen to`() async throws {
        try await withNews { news in
            let token = try await WorldMaker(site: news.world.site).token(of: news.world.admin)
            let answer = try news.ask(
                "/api/v1/events", fields: "Authorization: Bearer \(token.text)\r\n")
            #expect(try await news.wait { answer.text.hasPrefix("HTTP/1.1 403 ") })
            let nobody = try news.ask("/api/v1/events", fields: "")
            #expect(try await news.wait { nobody.text.hasPrefix("HTTP/1.1 401 ") })
        }
    }
}
