import EventLoop
import Synchronization

/// Hands mails to a mail server, each on a thread of its own.
package final class SMTPTransport: MailTransport {
    package let concurrency: Int
    private let server: SMTPServer
    private let timeMax: Int
    private let threads: WorkerThreads
    private let idle = Mutex<[SMTPConnection]>([])
    private let patience = Patience()

    /// - Parameters:
    ///   - concurrency: connections to the server.
    ///   - timeMax: seconds that one mail may take in all; silence beyond is a try that failed.
    package init(_ server: SMTPServer, concurrency: Int = 4, timeMax: Int = 60) {
        self.server = server
        self.concurrency = concurrency
        self.timeMax = timeMax
        threads = WorkerThreads(name: "mail", count: concurrency, waitingMax: concurrency)
    }

    package func deliver(_ mail: OutgoingMail) async -> DeliveryOutcome {
        await threads.perform { [self] in send(mail) } ?? .unavailable("the program stops")
    }

    private func send(_ mail: OutgoingMail) -> DeliveryOutcome {
        let kept = idle.withLock { $0.popLast() }
        guard
            let connection = kept
                ?? SMTPConnection(
                    server, timeMax: timeMax, patience: patience)
        else {
            return .unavailable("no memory")
        }
        let outcome = connection.send(mail)
        idle.withLock { $0.append(connection) }
        return outcome
    }

    /// Ends the threads; a mail under way has a few seconds more.
    package func stop() {
        patience.end(in: .seconds(3))
        threads.stop()
    }
}

/// Until when mails under way may go on.
final class Patience: Sendable {
    private let end = Atomic<UInt64>(.max)

    var isOver: Bool { MonotonicTime.now.nanoseconds > end.load(ordering: .relaxed) }

    func end(in time: Duration) {
        end.store((MonotonicTime.now + time).nanoseconds, ordering: .relaxed)
    }
}
