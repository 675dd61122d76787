import EventLoop

/// Reads by key that callers of one loop ask for at the same time, made as one.
///
/// While one read is under way the keys of all further callers are gathered, and the next read
/// takes them together, each key once. So the more is asked for, the fewer statements a caller
/// costs, and a crowd at one key is one row. A read begins after all its callers have asked:
/// nobody gets anything older than the own question. A read may take as long as the most patient
/// of its callers has (`CallerDeadline`).
///
/// `@unchecked Sendable`: its state is confined to its loop.
package final class GatheredRead<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
    private typealias Waiter = UnsafeContinuation<Value?, any Error>

    private let loop: EventLoop
    private let keysMax: Int
    private let read: @Sendable ([Key]) async throws -> [Key: Value]
    private var waiting: [(key: Key, waiter: Waiter, deadline: MonotonicTime?)] = []
    private var isReading = false
    private var isPlanned = false

    /// - Parameters:
    ///   - keysMax: the most keys of one read; more wait for the next.
    ///   - read: finds the values of different keys; its error goes to all who asked. It runs on
    ///     the loop and belongs to no caller, so nobody who leaves cancels it for the others.
    package init(
        loop: EventLoop, keysMax: Int = 128,
        read: @escaping @Sendable ([Key]) async throws -> [Key: Value]
    ) {
        self.loop = loop
        self.keysMax = keysMax
        self.read = read
    }

    /// The key's value, or nil where there is none; may be called anywhere.
    ///
    /// A caller's cancellation does not end the wait, which the read's deadline bounds.
    package func value(for key: Key) async throws -> Value? {
        if loop.isCurrent { return try await wait(for: key) }
        return try await withTaskExecutorPreference(loop) { try await wait(for: key) }
    }

    private func wait(for key: Key) async throws -> Value? {
        try await withUnsafeThrowingContinuation { waiter in
            waiting.append((key, waiter, CallerDeadline.current))
            plan()
        }
    }

    private func plan() {
        if isReading || isPlanned { return }
        isPlanned = true
        loop.atEndOfTurn {
            self.isPlanned = false
            self.start()
        }
    }

    private func start() {
        isReading = true
        var waiters: [Key: [Waiter]] = [:]
        var latest: MonotonicTime? = MonotonicTime(nanoseconds: 0)
        var taken = 0
        for (key, waiter, deadline) in waiting {
            if waiters.count == keysMax, waiters[key] == nil { break }
            waiters[key, default: []].append(waiter)
            latest = deadline.flatMap { deadline in latest.map { max($0, deadline) } }
            taken += 1
        }
        waiting.removeFirst(taken)
        let batch = waiters
        let deadline = latest
        Task.immediate(executorPreference: loop) {
            do {
                let values = try await CallerDeadline.$current.withValue(deadline) {
                    try await self.read(Array(batch.keys))
                }
                for (key, waiters) in batch {
                    let value = values[key]
                    for waiter in waiters { waiter.resume(returning: value) }
                }
            } catch {
                for waiter in batch.values.joined() { waiter.resume(throwing: error) }
            }
            self.isReading = false
            if !self.waiting.isEmpty { self.plan() }
        }
    }
}
