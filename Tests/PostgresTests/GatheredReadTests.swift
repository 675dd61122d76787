import EventLoop
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite struct GatheredReadTests {
    /// The reads that were made, each with its keys.
    private final class Reads: Sendable {
        let made = Mutex<[[Int]]>([])

        func note(_ keys: [Int]) { made.withLock { $0.append(keys.sorted()) } }
    }

    /// Asks for all the keys in one turn of the loop.
    private func values(
        of keys: [Int], from gathered: GatheredRead<Int, String>, on loop: EventLoop
    ) async -> [String] {
        await withTaskGroup(of: (Int, String).self) { group in
            for (place, key) in keys.enumerated() {
                group.addTask(executorPreference: loop) {
                    (
                        place,
                        await outcome { try await gathered.value(for: key) ?? "nothing" }
                    )
                }
            }
            let found = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return keys.indices.compactMap { found[$0] }
        }
    }

    @Test func `everybody gets the value of the own key`() async throws {
        let found = try await withLoop { loop in
            let gathered = GatheredRead<Int, String>(loop: loop) { keys in
                Dictionary(uniqueKeysWithValues: keys.map { ($0, "value \($0)") })
            }
            return await values(of: Array(0..<1000), from: gathered, on: loop)
        }
        #expect(found == (0..<1000).map { "value \($0)" })
    }

    @Test func `who asks while a read is under way shares the next, each key once`() async throws {
        let reads = Reads()
        try await withLoop { loop in
            let gathered = GatheredRead<Int, String>(loop: loop) { keys in
                reads.note(keys)
                if keys == [0] { try await loop.sleep(for: .milliseconds(100)) }
                return Dictionary(uniqueKeysWithValues: keys.map { ($0, "") })
            }
            async let first = gathered.value(for: 0)
            while reads.made.withLock({ $0.isEmpty }) { await Task.yield() }
            _ = await values(of: [1, 2, 1, 1, 2, 0], from: gathered, on: loop)
            _ = try await first
        }
        // Key 0 is read again: an answer may not be older than its question.
        #expect(reads.made.withLock { $0 } == [[0], [0, 1, 2]])
    }

    @Test func `a key without a value is nothing`() async throws {
        let found = try await withLoop { loop in
            let gathered = GatheredRead<Int, String>(loop: loop) { _ in [1: "one"] }
            return await values(of: [1, 2], from: gathered, on: loop)
        }
        #expect(found == ["one", "nothing"])
    }

    @Test func `a failure goes to all who asked, and the next read is made all the same`()
        async throws
    {
        let found = try await withLoop { loop in
            let gathered = GatheredRead<Int, String>(loop: loop) { keys in
                guard !keys.contains(0) else { throw PostgresError.poolExhausted }
                return [1: "one"]
            }
            let failed = await values(of: [0, 1], from: gathered, on: loop)
            return failed + (await values(of: [1], from: gathered, on: loop))
        }
        #expect(found == ["poolExhausted", "poolExhausted", "one"])
    }

    @Test func `more keys than a read takes wait for the next`() async throws {
        let reads = Reads()
        let found = try await withLoop { loop in
            let gathered = GatheredRead<Int, String>(loop: loop, keysMax: 10) { keys in
                reads.note(keys)
                return Dictionary(uniqueKeysWithValues: keys.map { ($0, "\($0)") })
            }
            return await values(of: Array(0..<35), from: gathered, on: loop)
        }
        #expect(found == (0..<35).map { "\($0)" })
        #expect(reads.made.withLock { made in made.allSatisfy { $0.count <= 10 } })
    }

    @Test func `a caller who gives up does not end the read of the others`() async throws {
        let found = try await withLoop { loop in
            let gathered = GatheredRead<Int, String>(loop: loop) { keys in
                try await loop.sleep(for: .milliseconds(50))
                try Task.checkCancellation()
                return [1: "one"]
            }
            let leaving = Task { try await gathered.value(for: 1) }
            async let other = gathered.value(for: 1)
            leaving.cancel()
            return [try await other, try await leaving.value]
        }
        #expect(found == ["one", "one"])
    }
}
