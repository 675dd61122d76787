import CLibpq
import EventLoop

/// A connection that listens to channels, and makes itself anew when it breaks.
///
/// `@unchecked Sendable`: confined to its loop, but for `cancel`, which only leaves a message.
package final class Subscription: ConnectionOwner, @unchecked Sendable {
    struct Callbacks {
        let notification: @Sendable (Notification) -> Void
        let lost: @Sendable () -> Void
        let restored: @Sendable () -> Void
    }

    private let channels: [StaticString]
    private let loop: EventLoop
    private let connector: Connector
    private let settings: PoolSettings
    private let callbacks: Callbacks
    private var connection: Connection?
    private var failuresInRow = 0
    private var isListening = false
    private var isCancelled = false

    init(
        channels: [StaticString], loop: EventLoop, connector: Connector, settings: PoolSettings,
        callbacks: Callbacks
    ) {
        self.channels = channels
        self.loop = loop
        self.connector = connector
        self.settings = settings
        self.callbacks = callbacks
    }

    /// Ends the subscription; from any thread.
    package func cancel() {
        loop.execute { self.end() }
    }

    /// Ends the subscription at once; on the loop only.
    func end() {
        isCancelled = true
        connection?.lose("the subscription was cancelled")
    }

    func begin() {
        if isCancelled { return }
        connector.connect(.listening) { outcome in
            switch outcome {
            case .success(let connection): self.listen(on: connection)
            case .failure: self.beginLater()
            }
        }
    }

    private func beginLater() {
        if isCancelled || connector.isClosed { return }
        failuresInRow += 1
        let bound = min(
            settings.backoffMax, settings.backoffMin * (1 << min(failuresInRow, 16)))
        let delay = Int64.random(in: 0...max(1, bound.wholeNanoseconds))
        loop.schedule(after: .nanoseconds(delay)) { self.begin() }
    }

    private func listen(on connection: Connection) {
        if isCancelled { return connection.lose("the subscription was cancelled") }
        self.connection = connection
        connection.owner = self
        // The connection keeps this object until it is lost or cancelled.
        connection.whenNotified { self.callbacks.notification($0) }
        Task(executorPreference: loop) { await self.beginListening(on: connection) }
    }

    private func beginListening(on connection: Connection) async {
        let conversation = Conversation(loop: loop, connection: connection)
        for channel in channels {
            let end = MonotonicTime.now + settings.deadline
            let outcome = await conversation.run("LISTEN \(raw: channel)", deadline: end)
            guard case .result(let result) = outcome else {
                return connection.lose("LISTEN was refused")
            }
            PQclear(result)
        }
        failuresInRow = 0
        isListening = true
        callbacks.restored()
    }

    func connectionWasLost(
        _ connection: Connection, unanswered: [Exchange], reason: String
    ) {
        for exchange in unanswered { exchange.finish(.lost(reason)) }
        self.connection = nil
        if isListening, !isCancelled { callbacks.lost() }
        isListening = false
        beginLater()
    }

    func connection(_ connection: Connection, mustRepeat exchanges: [Exchange]) {
        for exchange in exchanges { exchange.finish(.lost("the statement was skipped")) }
    }
}
