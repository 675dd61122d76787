import EventLoop
import Postgres

/// Work that is done behind an answer, so that the answer's time tells nothing about it.
///
/// `@unchecked Sendable`: confined to its loop.
final class LaterWork: @unchecked Sendable {
    private let loop: EventLoop
    private var running: [Int: Task<Void, Never>] = [:]
    private var last = 0

    /// More than these at once would only wait for each other.
    private static let runningMax = 64

    init(loop: EventLoop) { self.loop = loop }

    /// Begins some work; false when too much is being done already.
    func start(_ work: @escaping @Sendable () async -> Void) -> Bool {
        guard running.count < Self.runningMax else { return false }
        last += 1
        let number = last
        // Unstructured: it outlives the request.
        running[number] = Task(executorPreference: loop) { [self] in
            await CallerDeadline.$current.withValue(nil) { await work() }
            running[number] = nil
        }
        return true
    }

    /// Waits until nothing is left to do.
    func finish() async {
        while let task = running.values.first { await task.value }
    }
}
