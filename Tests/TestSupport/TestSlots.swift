/// Lets a bounded number of tests use the test cluster at the same moment.
///
/// Swift Testing starts all tests at once; each has a loop and up to five connections, and
/// hundreds of them would run into the server's bound and each other's deadlines.
actor TestSlots {
    static let shared = TestSlots(count: 12)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(count: Int) {
        free = count
    }

    /// Runs `body` when there is a slot.
    nonisolated func hold<Value>(_ body: () async throws -> Value) async throws -> Value {
        await take()
        do {
            let value = try await body()
            await giveBack()
            return value
        } catch {
            await giveBack()
            throw error
        }
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func giveBack() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
