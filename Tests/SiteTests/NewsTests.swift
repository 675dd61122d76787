import Domain
import EventLoop
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// What happens to an affiliate's money, told in the open page; over real sockets.
@Suite struct NewsTests {
    @Test func `a win arrives in the open page, as a card in the reader's language`()
        async throws
    {
        try await withNews { news in
            let page = try await news.open(news.world.affiliate, language: "ro")
            let commission = try await news.win("ana-maria@example.com")
            #expect(try await news.wait { page.events.count == 1 })
            let data = try #require(page.events.first?.data)
            #expect(data.contains("id=\"commission-\(commission)\""))
            #expect(data.contains("Ai câștigat 500"))
            #expect(data.contains("href=\"/affiliate/commissions/\(commission)\""))
            #expect(page.text.contains("Content-Type: text/event-stream\r\n"))
        }
    }

    @Test func `nobody sees what another one won`() async throws {
        try await withNews { news in
            let mine = try await news.open(news.world.affiliate)
            let theirs = try await news.open(news.world.other)
            let first = try await news.win("one@example.com")
            let second = try await news.win("two@example.com", of: news.world.other)
            #expect(try await news.wait { mine.events.count == 1 && theirs.events.count == 1 })
            #expect(mine.events[0].data.contains("commission-\(first)\""))
            #expect(theirs.events[0].data.contains("commission-\(second)\""))
        }
    }

    @Test func `a reversal says why`() async throws {
        try await withNews { news in
            let world = news.world
            let page = try await news.open(world.affiliate)
            try await world.site.store.write { transaction in
                _ = try await world.site.store.commissionDeeds.decide(
                    .reverse(.recordedInError), on: [world.commission],
                    note: Note(stored: "It was <another> person."), by: world.admin.principal,
                    at: TestSite.now, in: transaction)
            }
            #expect(try await news.wait { page.events.count == 1 })
            let data = page.events[0].data
            #expect(data.contains("Taken back: €500") || data.contains("Taken back: 500"))
            let reason = Texts(.english).value.commissionReason(.recordedInError)
            #expect(data.contains(reason))
            #expect(data.contains("It was &lt;another&gt; person."))
            // The page that is loaded next says the same, script or not.
            let ask = Ask.get("/affiliate").with(
                "Cookie", try await world.session(of: world.affiliate).cookie ?? "")
            let desk = try await world.site.send(ask).text
            #expect(desk.contains(reason) && desk.contains("It was &lt;another&gt; person."))
        }
    }

    @Test func `who is cut off between two messages gets the second one after coming back`()
        async throws
    {
        try await withNews { news in
            let page = try await news.open(news.world.affiliate)
            try await news.pay(together: ["one", "two", "three"])
            #expect(try await news.wait { page.events.count == 3 })
            // As told at once, and as looked up for who comes later.
            let later = try await news.open(news.world.affiliate, lastEventID: "0")
            #expect(try await news.wait { later.events.count >= 3 })
            let marks = (page.events + later.events.suffix(3)).map(\.id)
            for (number, mark) in marks.enumerated() {
                let again = try await news.open(news.world.affiliate, lastEventID: mark)
                // What follows tells when all is there.
                try await news.pay(together: ["end \(number)"])
                let expected = 2 - number % 3 + number + 1
                #expect(try await news.wait { again.events.count >= expected })
                #expect(again.events.count == expected)
                again.leave()
            }
        }
    }

    @Test func `who comes back gets what happened meanwhile, and nothing twice`() async throws {
        try await withNews { news in
            let page = try await news.open(news.world.affiliate)
            _ = try await news.win("one@example.com")
            #expect(try await news.wait { page.events.count == 1 })
            let seen = try #require(page.events.first?.id)
            page.leave()
            let missed = try await news.win("two@example.com")
            for again in [
                try await news.open(news.world.affiliate, lastEventID: seen),
                try await news.open(news.world.affiliate, query: "?after=\(seen)"),
            ] {
                #expect(try await news.wait { again.events.count == 1 })
                #expect(again.events[0].data.contains("commission-\(missed)\""))
            }
        }
    }

    @Test func `a message that commits late is told late, in the page and to who comes back`()
        async throws
    {
        try await withNews { news in
            let page = try await news.open(news.world.affiliate)
            // Whoever was there before was told of the win that the world begins with.
            let before = page.events.count
            let gate = ThreadGate()
            let slow = Task { try await news.pay("slow", minorUnits: 11_00, until: gate) }
            #expect(try await news.wait { news.isSlowWritten })
            try await news.pay("quick", minorUnits: 22_00)
            #expect(try await news.wait { page.events.count == before + 1 })
            let quick = try #require(page.events.last)
            #expect(quick.data.contains("payout-22"))
            page.leave()
            gate.open()
            try await slow.value
            let again = try await news.open(news.world.affiliate, lastEventID: quick.id)
            let stays = try await news.open(news.world.affiliate, query: "?after=\(quick.id)")
            #expect(
                try await news.wait {
                    again.events.contains { $0.data.contains("payout-11") }
                        && stays.events.contains { $0.data.contains("payout-11") }
                })
            #expect(!again.events.contains { $0.data.contains("payout-22") })
        }
    }

    @Test func `a smaller id that commits later reaches a page that stays open`() async throws {
        try await withNews { news in
            let page = try await news.open(news.world.affiliate)
            let gate = ThreadGate()
            let slow = Task { try await news.pay("slow", minorUnits: 11_00, until: gate) }
            #expect(try await news.wait { news.isSlowWritten })
            try await news.pay("quick", minorUnits: 22_00)
            #expect(try await news.wait { page.events.count == 1 })
            gate.open()
            try await slow.value
            #expect(try await news.wait { page.events.count == 2 })
            #expect(page.events[0].data.contains("payout-22"))
            #expect(page.events[1].data.contains("payout-11"))
        }
    }

    @Test func `what is said while the listening connection is lost is caught up`()
        async throws
    {
        try await withNews { news in
            let page = try await news.open(news.world.affiliate)
            #expect(try await news.wait { try await news.listeners() == 1 })
            try await news.cutListener(andPay: "meanwhile")
            #expect(try await news.wait { page.events.count == 1 })
            #expect(page.events[0].data.contains("payout-5"))
        }
    }

    @Test func `a revoked session ends its streams, and only those`() async throws {
        try await withNews { news in
            let world = news.world
            let page = try await news.open(world.affiliate)
            let other = try await news.open(world.other)
            try await world.site.store.write { transaction in
                try await world.site.store.sessions.revokeAll(
                    of: world.affiliate.id, at: TestSite.now, in: transaction)
            }
            #expect(try await news.wait { page.text.hasSuffix("\r\n0\r\n\r\n") })
            let beats = other.text.count
            #expect(try await news.wait { other.text.count > beats })
            #expect(!other.text.hasSuffix("\r\n0\r\n\r\n"))
        }
    }

    @Test func `an account has so many streams, and one that ends makes room`() async throws {
        try await withNews(streams: StreamBounds(allMax: 3, accountMax: 2)) { news in
            let first = try await news.open(news.world.affiliate)
            _ = try await news.open(news.world.affiliate)
            let third = try await news.ask(news.world.affiliate)
            #expect(try await news.wait { third.text.hasPrefix("HTTP/1.1 429 ") })
            _ = try await news.open(news.world.other)
            let beyond = try await news.ask(news.world.other)
            #expect(try await news.wait { beyond.text.hasPrefix("HTTP/1.1 503 ") })
            first.leave()
            #expect(try await news.wait { news.world.site.services.streams.count == 2 })
            _ = try await news.open(news.world.affiliate)
        }
    }

    @Test func `another site is refused, and so are people of another role`() async throws {
        try await withNews { news in
            let foreign = try await news.ask(
                news.world.affiliate, fields: "Sec-Fetch-Site: cross-site\r\n")
            let cookie = try await news.world.session(of: news.world.admin).cookie ?? ""
            #expect(try await news.wait { foreign.text.hasPrefix("HTTP/1.1 403 ") })
            for desk in ["affiliate", "company"] {
                let admin = try news.ask("/\(desk)/events", fields: "Cookie: \(cookie)\r\n")
                #expect(try await news.wait { admin.text.hasPrefix("HTTP/1.1 403 ") }, "\(desk)")
            }
            let company = try await news.world.session(of: news.world.company).cookie ?? ""
            let other = try news.ask("/affiliate/events", fields: "Cookie: \(company)\r\n")
            #expect(try await news.wait { other.text.hasPrefix("HTTP/1.1 403 ") })
            #expect(news.world.site.services.streams.count == 0)
        }
    }

    @Test func `what the store cannot answer for leaves no stream counted`() async throws {
        try await withNews { news in
            let cookie = try await news.world.session(of: news.world.affiliate).cookie ?? ""
            try await news.database.execute("ALTER TABLE outbox RENAME TO outbox_away")
            let answer = try await news.world.site.send(
                .get("/affiliate/events").with("Cookie", cookie))
            #expect(answer.status == 500)
            #expect(news.world.site.services.streams.count == 0)
        }
    }
}
