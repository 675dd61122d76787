import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// A hire that an admin records without a report.
@Suite struct HandRecordTests {
    @Test func `an admin finds a candidate, sees what recording does, and records once`()
        async throws
    {
        try await withWorld { world in
            let (id, _) = try await WorldMaker(site: world.site).apply(
                to: world.job, via: world.code, "zamfira@example.com")
            let admin = try await world.browser(of: world.admin)
            let page = "/admin/introductions/\(id)"
            let found = try await admin.get("/admin/search?q=zamfira%40example.com")
            #expect(found.text.contains("href=\"\(page)\""))
            let preview = try await admin.get(page + "?starts_on=\(TestSite.today)")
            let amount = Texts(.english).value.money(.euros(500))
            #expect(preview.text.contains(amount))
            let before = try await world.wins()
            var places: Set<String?> = []
            for _ in 0..<2 {
                places.insert(
                    try await admin.post(
                        page, from: page + "?starts_on=\(TestSite.today)",
                        [("starts_on", TestSite.today.description)]
                    ).location)
            }
            #expect(places.count == 1)
            #expect(places.first??.hasPrefix("/admin/hires/") == true)
            #expect(try await world.wins() == before + 1)
            let other = try await admin.post(
                page, from: page + "?starts_on=\(TestSite.today)",
                [("starts_on", TestSite.today.adding(days: 1).description)])
            #expect(other.status == 409)
            #expect(try await world.site.store.books.check().isBalanced)
        }
    }
}

extension World {
    fileprivate func wins() async throws -> Int64 {
        try await site.store.database.queryFirst(
            "SELECT count(*) FROM outbox WHERE topic = 'commission.won'"
        ) { row in try row.next(Int64.self) } ?? 0
    }
}
