import EventLoop
import Metrics
import Synchronization
import TestSupport
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

    /// Runs `body` while the only thread is taken, and lets go of it when that says so.
    private func withTakenThread(
        waitingMax: Int, wait: Duration,
        _ body: (PasswordWorker, _ free: () async throws -> Void) async throws -> Void
    ) async throws {
        let worker = PasswordWorker(
            cost: .trivial, threads: 1, waitingMax: waitingMax, wait: wait)
        defer { worker.stop() }
        let (begun, gate) = (ThreadGate(), ThreadGate())
        let holder = Task {
            try await worker.perform {
                begun.open()
                gate.wait()
                return true
            }
        }
        try await onThread { begun.wait() }
        try await body(worker) {
            gate.open()
            let isDone = try await holder.value
            #expect(isDone)
        }
    }

    @Test func `beyond the bound they wait for their turn, and beyond that are refused`()
        async throws
    {
        try await withTakenThread(waitingMax: 2, wait: .seconds(6_000)) { worker, free in
            let others = (0..<11).map { _ in Task { try await worker.hash("a") } }
            while worker.counts.refused.value < 9 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(worker.waitingCount == 2)
            try await free()
            var served = 0
            for other in others where (try? await other.value) != nil { served += 1 }
            #expect(served == 2)
            #expect(worker.counts.done.value == 3)
            #expect(worker.counts.refused.value == 9)
            #expect(try await worker.verify("a", against: nil) == false)
        }
    }

    @Test func `who waits too long is refused when the one before is done`() async throws {
        try await withTakenThread(waitingMax: 9, wait: .zero) { worker, free in
            let others = (0..<4).map { _ in Task { try await worker.hash("a") } }
            while worker.waitingCount < 4 { try await Task.sleep(for: .milliseconds(1)) }
            try await free()
            for other in others {
                await #expect(throws: PasswordWorker.Busy.self) { try await other.value }
            }
            #expect(try await !worker.hash("a").isEmpty, "the place is free")
        }
    }

    @Test(arguments: [true, false])
    func `who leaves gives the place up`(isWaiting: Bool) async throws {
        try await withTakenThread(waitingMax: 1, wait: .seconds(6_000)) { worker, free in
            let leaving = Task { try await worker.hash("b") }
            while isWaiting, worker.waitingCount == 0 {
                try await Task.sleep(for: .milliseconds(1))
            }
            leaving.cancel()
            await #expect(throws: PasswordWorker.Busy.self) { try await leaving.value }
            let next = Task { try await worker.hash("c") }
            while worker.waitingCount == 0 { try await Task.sleep(for: .milliseconds(1)) }
            try await free()
            #expect(try await !next.value.isEmpty)
        }
    }

    @Test func `a stopped worker is busy and says so`() async {
        let worker = PasswordWorker(cost: .trivial)
        worker.stop()
        await #expect(throws: PasswordWorker.Busy.self) { try await worker.hash("a") }
    }
}
