import Domain
import Postgres
import Store
import TestSupport
import Testing

@Suite struct PopularPageTests {
    private static let now = Instant(microseconds: 1_795_348_800_000_000)

    private func page(_ path: String) -> PopularPages.Page {
        PopularPages.Page(path: path, language: .english, hasCode: false)
    }

    @Test func `readings of a day ago count half`() async throws {
        try await withDatabase { database in
            let pages = Store(database: database).popularPages
            let yesterday = Self.now.adding(days: -1)
            try await pages.add([page("/old"): 100, page("/both"): 60], at: yesterday)
            try await pages.add([page("/both"): 21, page("/new"): 49], at: Self.now)
            let list = try await pages.list(limit: 10, at: Self.now)
            #expect(list.map(\.path) == ["/both", "/old", "/new"])
            #expect(try await pages.list(limit: 1, at: Self.now).count == 1)
        }
    }

    @Test func `two instances that count at once both count`() async throws {
        try await withDatabase { database in
            let pages = Store(database: database).popularPages
            let paths = (0..<40).map { page("/jobs/\($0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    let reads = Dictionary(uniqueKeysWithValues: paths.shuffled().map { ($0, 1) })
                    group.addTask { try await pages.add(reads, at: Self.now) }
                }
                try await group.waitForAll()
            }
            let sum = try await database.queryFirst(
                "SELECT sum(reads)::bigint, count(*) FROM popular_page"
            ) { row in (try row.next(Int64.self), try row.next(Int64.self)) }
            #expect(sum?.0 == 320)
            #expect(sum?.1 == 40)
        }
    }

    @Test func `only the most read are kept`() async throws {
        try await withDatabase { database in
            let pages = Store(database: database).popularPages
            var reads: [PopularPages.Page: Int] = [:]
            for number in 1...(PopularPages.countMax + 5) { reads[page("/\(number)")] = number }
            try await pages.add(reads, at: Self.now)
            try await pages.trim(at: Self.now)
            let list = try await pages.list(limit: 2_000, at: Self.now)
            #expect(list.count == PopularPages.countMax)
            #expect(list.last?.path == "/6")
        }
    }
}
