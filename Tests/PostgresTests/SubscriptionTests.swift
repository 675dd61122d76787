import EventLoop
import Postgres
import Synchronization
import TestSupport
import Testing

/// What a subscription has told, in order.
private final class Diary: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

/// Schemas share the channels of their database, so each test has a word of its own.
private func listen(_ database: Database, _ diary: Diary, only word: String) -> Subscription {
    database.listen(
        to: ["vouch_test"],
        onNotification: { if $0.payload.hasPrefix(word) { diary.add($0.payload) } },
        onLost: { diary.add("lost") },
        onRestored: { diary.add("restored") })
}

@Suite struct SubscriptionTests {
    @Test func `a notification arrives with its payload`() async throws {
        let lines = try await withDatabase(migrated: false) { database in
            let diary = Diary()
            let subscription = listen(database, diary, only: "first")
            _ = try await eventually(on: database.loop) { diary.all == ["restored"] }
            try await database.execute("SELECT pg_notify('vouch_test', 'first ș')")
            _ = try await eventually(on: database.loop) { diary.all.count == 2 }
            subscription.cancel()
            return diary.all
        }
        #expect(lines == ["restored", "first ș"])
    }

    @Test func `listening is taken up again after the connection broke`() async throws {
        let lines = try await withProxiedDatabase { database, proxy in
            let diary = Diary()
            let subscription = listen(database, diary, only: "second")
            _ = try await eventually(on: database.loop) { diary.all == ["restored"] }
            proxy.cut()
            _ = try await eventually(on: database.loop) { diary.all.count == 3 }
            try await database.transaction { transaction in
                try await transaction.execute("SELECT pg_notify('vouch_test', 'second')")
            }
            _ = try await eventually(on: database.loop) { diary.all.count == 4 }
            subscription.cancel()
            return diary.all
        }
        #expect(lines == ["restored", "lost", "restored", "second"])
    }

    @Test func `a cancelled subscription tells nothing more`() async throws {
        let lines = try await withDatabase(migrated: false) { database in
            let diary = Diary()
            let subscription = listen(database, diary, only: "third")
            _ = try await eventually(on: database.loop) { diary.all == ["restored"] }
            subscription.cancel()
            try await database.execute("SELECT pg_notify('vouch_test', 'third')")
            return diary.all
        }
        #expect(lines == ["restored"])
    }
}
