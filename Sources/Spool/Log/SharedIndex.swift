import Synchronization

/// The index and the numbers, which the spool's thread changes and everybody reads.
final class SharedIndex: Sendable {
    struct State: Sendable {
        var index = SpoolIndex()
        var metrics = SpoolMetrics()
        /// Bytes of all segments on the disk.
        var bytes = 0
        var health = SpoolHealth.accepting
    }

    private let state = Mutex(State())

    func withLock<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        state.withLock { body(&$0) }
    }
}
