import Metrics
import Synchronization
import Testing

@testable import Site

@Suite struct PasswordTests {
    @Test func `a password matches its own hash only`() async throws {
        let worker = PasswordWorker(cost: .trivial)
        defer { worker.stop() }
        let kept = try await worker.hash("correct horse")

        #expect(try await worker.verify("correct horse", against: kept))
        #expect(try await !worker.verify("correct horsf", against: kept))
        #expect(try await !worker.verify("", against: kept))
    }

    @Test func `the same password is kept differently each time`() async throws {
        let worker = PasswordWorker(cost: .trivial)
        defer { worker.stop() }
        #expect(try await worker.hash("correct horse") != worker.hash("correct horse"))
    }

    @Test func `nothing matches where no account is`() async throws {
        let worker = PasswordWorker(cost: .trivial)
        defer { worker.stop() }
        #expect(try await !worker.verify("anything", against: nil))
    }

    @Test func `the standard cost is the one that was agreed`() {
        let hash = PasswordHash(of: "a", cost: .standard, salt: Array(0..<16))
        #expect(hash?.text.hasPrefix("$scrypt$ln=15,r=8,p=3$") == true)
        #expect(hash.flatMap { PasswordHash($0.text) } == hash)
    }

    /// RFC 7914 12, the second vector.
    @Test func `scrypt computes the vector of its RFC`() {
        let hash = PasswordHash(
            of: "password", cost: PasswordHash.Cost(logN: 10, r: 8, p: 16),
            salt: Array("NaCl".utf8))
        #expect(
            hash?.hash == [
                0xfd, 0xba, 0xbe, 0x1c, 0x9d, 0x34, 0x72, 0x00, 0x78, 0x56, 0xe7, 0x19, 0x0d, 0x01,
                0xe9, 0xfe, 0x7c, 0x6a, 0xd7, 0xcb, 0xc8, 0x23, 0x78, 0x30, 0xe7, 0x73, 0x76, 0x63,
                0x4b, 0x37, 0x31, 0x62,
            ])
    }

    @Test(arguments: [
        "", "plain", "$scrypt$ln=15,r=8$AAAAAAAAAAA$AAAA", "$scrypt$ln=40,r=8,p=1$AAAAAAAAAAA$A",
        "$argon2$ln=15,r=8,p=3$AAAAAAAAAAA$AAAA",
    ])
    func `what is no hash is not read as one`(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test func `beyond the bound they wait for their turn, and beyond that are refused`()
        async throws
    {
        let worker = PasswordWorker(cost: .standard, threads: 1, waitingMax: 2, wait: .seconds(600))
        defer { worker.stop() }
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 { group.addTask { (try? await worker.hash("a")) != nil } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let served = outcomes.count { $0 }
        #expect((3..<12).contains(served))
        #expect(worker.counts.done.value == UInt64(served))
        #expect(worker.counts.refused.value == UInt64(12 - served))
        #expect(try await worker.verify("a", against: nil) == false)
    }

    @Test func `who waits too long is refused when the next one is done`() async throws {
        let worker = PasswordWorker(cost: .standard, threads: 1, waitingMax: 9, wait: .zero)
        defer { worker.stop() }
        let served = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 { group.addTask { (try? await worker.hash("a")) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect((1..<5).contains(served))
        #expect(try await !worker.hash("a").isEmpty, "the place is free")
    }

    @Test func `who leaves gives the place up`() async throws {
        let worker = PasswordWorker(cost: .standard, threads: 1, waitingMax: 1, wait: .seconds(600))
        defer { worker.stop() }
        let first = Task { try await worker.hash("a") }
        while worker.counts.begun.value == 0 { await Task.yield() }
        let second = Task { try await worker.hash("b") }
        second.cancel()
        await #expect(throws: PasswordWorker.Busy.self) { try await second.value }
        let third = Task { try await worker.hash("c") }
        #expect(try await !first.value.isEmpty)
        #expect(try await !third.value.isEmpty)
    }

    @Test func `a stopped worker is busy and says so`() async {
        let worker = PasswordWorker(cost: .trivial)
        worker.stop()
        await #expect(throws: PasswordWorker.Busy.self) { try await worker.hash("a") }
    }
}
