import Domain
import Synchronization

/// How many streams of events may be open: of all people, and of one account.
package final class StreamBounds: Sendable {
    private let allMax: Int
    private let accountMax: Int
    private let open = Mutex<(all: Int, byAccount: [AccountID: Int])>((0, [:]))

    /// - Parameters:
    ///   - allMax: of the process; each is a connection too, and leaves the others to requests.
    ///   - accountMax: enough for the windows that one person looks at.
    package init(allMax: Int = 10_000, accountMax: Int = 10) {
        self.allMax = allMax
        self.accountMax = accountMax
    }

    /// Why one more is refused.
    enum Refusal: Error {
        case all, account
    }

    /// Streams that are open now.
    package var count: Int { open.withLock { $0.all } }

    /// Counts a stream in.
    func enter(_ account: AccountID) throws(Refusal) {
        let refusal = open.withLock { open -> Refusal? in
            let own = open.byAccount[account, default: 0]
            if own >= accountMax { return .account }
            if open.all >= allMax { return .all }
            open.byAccount[account] = own + 1
            open.all += 1
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Counts a stream out.
    func leave(_ account: AccountID) {
        open.withLock { open in
            let left = open.byAccount[account, default: 1] - 1
            open.byAccount[account] = left > 0 ? left : nil
            open.all -= 1
        }
    }
}
