import CLinux
import EventLoop
import Glibc
import Synchronization
import Testing

/// Runs `body` on a loop of its own and ends the loop afterwards.
private func onLoop<Result: Sendable>(
    _ body: @escaping @Sendable (EventLoop) async throws -> Result
) async throws -> Result {
    let loop = try EventLoop(name: "test")
    loop.start()
    defer {
        loop.stop()
        loop.join()
    }
    return try await Task(executorPreference: loop) { try await body(loop) }.value
}

private func another(_ loop: EventLoop) async -> Bool { loop.isCurrent }

/// What happened, in order; written on any thread.
private final class Notes<Element: Sendable>: Sendable {
    private let list = Mutex<[Element]>([])
    var all: [Element] { list.withLock { $0 } }
    func add(_ element: Element) { list.withLock { $0.append(element) } }
}

@Suite struct EventLoopTests {
    @Test func `a task with the loop as its executor runs on the loop's thread`() async throws {
        let isCurrent = try await onLoop { loop in
            let first = loop.isCurrent
            let second = await another(loop)
            return [first, second]
        }
        #expect(isCurrent == [true, true])
    }

    @Test func `a task is back on its loop after another thread resumed it`() async throws {
        let isCurrent = try await onLoop { loop in
            await withCheckedContinuation { continuation in
                startThread(name: "other") { continuation.resume() }
            }
            return loop.isCurrent
        }
        #expect(isCurrent)
    }

    @Test func `timers fire in the order of their deadlines`() async throws {
        let order = try await onLoop { loop in
            await withCheckedContinuation { (done: CheckedContinuation<[Int], Never>) in
                loop.execute {
                    let seen = Notes<Int>()
                    loop.schedule(after: .milliseconds(3)) { seen.add(3) }
                    loop.schedule(after: .milliseconds(1)) { seen.add(1) }
                    let dropped = loop.schedule(after: .milliseconds(1)) { seen.add(9) }
                    loop.schedule(after: .milliseconds(2)) { seen.add(2) }
                    dropped.cancel()
                    loop.schedule(after: .milliseconds(4)) {
                        done.resume(returning: seen.all)
                    }
                }
            }
        }
        #expect(order == [1, 2, 3])
    }

    @Test func `timers by the thousand keep their order when many are cancelled`() async throws {
        let isOrdered = try await onLoop { loop in
            await withCheckedContinuation { (done: CheckedContinuation<Bool, Never>) in
                loop.execute {
                    let seen = Notes<Int>()
                    var random = SystemRandomNumberGenerator()
                    var dropped: [LoopTimer] = []
                    for _ in 0..<2_000 {
                        let delay = Int.random(in: 0...5_000, using: &random)
                        let timer = loop.schedule(after: .microseconds(delay)) {
                            seen.add(delay)
                        }
                        if delay % 3 == 0 { dropped.append(timer) }
                    }
                    for timer in dropped { timer.cancel() }
                    loop.schedule(after: .milliseconds(20)) {
                        let all = seen.all
                        done.resume(
                            returning: all.allSatisfy { $0 % 3 != 0 }
                                && all.count == 2_000 - dropped.count)
                    }
                }
            }
        }
        #expect(isOrdered)
    }

    @Test func `a cancelled sleep ends at once with a cancellation error`() async throws {
        try await onLoop { loop in
            let sleeper = Task(executorPreference: loop) {
                try await loop.sleep(for: .seconds(600))
            }
            sleeper.cancel()
            await #expect(throws: CancellationError.self) { try await sleeper.value }
        }
    }

    @Test func `work for the end of a turn runs once and after the jobs of the turn`() async throws
    {
        let order = try await onLoop { loop in
            await withCheckedContinuation { (done: CheckedContinuation<[String], Never>) in
                loop.execute {
                    let seen = Notes<String>()
                    loop.atEndOfTurn { seen.add("end") }
                    Task(executorPreference: loop) { seen.add("job") }
                    loop.schedule(after: .milliseconds(1)) {
                        done.resume(returning: seen.all)
                    }
                }
            }
        }
        #expect(order == ["job", "end"])
    }

    @Test func `a handler is told when its descriptor becomes readable`() async throws {
        let byte = try await onLoop { loop in
            var pair: [Int32] = [0, 0]
            _ = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair)
            let ends = pair
            defer { ends.forEach(closeDescriptor) }
            return await withCheckedContinuation { (done: CheckedContinuation<UInt8, Never>) in
                loop.execute {
                    let reader = Reader(descriptor: ends[0], loop: loop) {
                        done.resume(returning: $0)
                    }
                    try? loop.register(ends[0], interest: .read, handler: reader)
                    startThread(name: "writer") {
                        var byte: UInt8 = 7
                        _ = write(ends[1], &byte, 1)
                    }
                }
            }
        }
        #expect(byte == 7)
    }

    @Test func `a job that enqueues itself again and again does not starve timers`() async throws {
        try await onLoop { loop in
            let stop = Notes<Bool>()
            let spinner = Task(executorPreference: loop) {
                while stop.all.isEmpty { await Task.yield() }
            }
            try await loop.sleep(for: .milliseconds(2))
            stop.add(true)
            await spinner.value
        }
    }

    @Test func `actions from many threads all run`() async throws {
        let total = try await onLoop { loop in
            let seen = Notes<Int>()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask(executorPreference: globalConcurrentExecutor) {
                        for _ in 0..<500 {
                            await withCheckedContinuation { done in
                                loop.execute {
                                    seen.add(1)
                                    done.resume()
                                }
                            }
                        }
                    }
                }
            }
            return seen.all.count
        }
        #expect(total == 4_000)
    }
}

private final class Reader: EventHandler {
    private let descriptor: Int32
    private let loop: EventLoop
    private let done: (UInt8) -> Void

    init(descriptor: Int32, loop: EventLoop, done: @escaping (UInt8) -> Void) {
        self.descriptor = descriptor
        self.loop = loop
        self.done = done
    }

    func ready(_ readiness: Readiness) {
        var byte: UInt8 = 0
        _ = read(descriptor, &byte, 1)
        loop.deregister(descriptor)
        done(byte)
    }
}
