import EventLoop
import Postgres
import Synchronization

/// What the callers under load have seen.
final class Tally: Sendable {
    private let state = Mutex((right: 0, wrong: 0, errors: Set<String>()))
    var right: Int { state.withLock { $0.right } }
    var wrong: Int { state.withLock { $0.wrong } }
    var errors: Set<String> { state.withLock { $0.errors } }

    func note(_ outcome: String, expected: String) {
        state.withLock { state in
            if outcome == expected {
                state.right += 1
            } else if Int(outcome) != nil || outcome == "no row" {
                state.wrong += 1
            } else {
                state.errors.insert(outcome)
            }
        }
    }
}

/// Reads and writes in turns until the flag is set; notes each write into `entry` that was
/// confirmed.
func work(
    _ database: Database, _ worker: Int, _ reads: Tally, _ confirmed: Notes,
    until isOver: Flag
) async {
    var number = 0
    while !isOver.isSet {
        number += 1
        let value = worker * 1_000_000 + number
        reads.note(await outcome(database, "SELECT \(value)"), expected: "\(value)")
        let written = await outcome {
            try await database.transaction { transaction in
                try await transaction.execute("INSERT INTO entry VALUES (\(value))")
            }
            return "done"
        }
        if written == "done" { confirmed.add(value) }
        // Refused at once, it would turn the loop for nothing.
        if written == "unavailable" { try? await database.loop.sleep(for: .milliseconds(1)) }
    }
}

/// What was confirmed, in order.
final class Notes: Sendable {
    private let values = Mutex<[Int]>([])
    var all: [Int] { values.withLock { $0 } }
    func add(_ value: Int) { values.withLock { $0.append(value) } }
}

/// Set once, from anywhere.
final class Flag: Sendable {
    private let flag = Atomic<Bool>(false)
    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
}
