import Domain
import EventLoop
import Logging
import Postgres
import Store

/// Delivers the outbox: claims what is due, hands it over, and writes down what became of it.
///
/// Any number of workers in any number of instances share one outbox: claimed rows are skipped by
/// the others, and come back by themselves when the one who claimed them has died. So a mail is
/// lost never, and sent twice only after a crash, under the same `Message-ID`.
///
/// `@unchecked Sendable`: confined to its loop.
package final class OutboxWorker: @unchecked Sendable {
    /// How it goes about it.
    package struct Settings: Sendable {
        package let from: Sender
        /// How long others leave claimed mails alone, in seconds; more than a batch can take.
        package var lease = 600
        /// How often it looks without having been woken.
        package var pollInterval = Duration.seconds(5)
        /// The first and the longest wait for a server that cannot be talked to.
        package var pauseMin = Duration.seconds(1)
        package var pauseMax = Duration.seconds(60)

        package init(from: Sender) { self.from = from }
    }

    private let store: Store
    private let loop: EventLoop
    private let settings: Settings
    private let transport: any MailTransport
    private let write: @Sendable (Outbox.Claim) -> Letter?
    private let clock: @Sendable () -> Instant
    private let logger: Logger
    private let bell: Bell
    /// Tries in a row that found no server to talk to.
    private var outage = 0
    /// How many mails one claim takes: few, so that a slow one holds up few.
    private static let batch = 4

    /// - Parameters:
    ///   - write: says what a message says; nil where this program does not know its topic.
    package init(
        database: Database, loop: EventLoop, settings: Settings, transport: any MailTransport,
        clock: @escaping @Sendable () -> Instant, logger: Logger,
        write: @escaping @Sendable (Outbox.Claim) -> Letter?
    ) {
        store = Store(database: database)
        self.loop = loop
        self.settings = settings
        self.transport = transport
        self.write = write
        self.clock = clock
        self.logger = logger
        bell = Bell(loop: loop)
    }

    /// Delivers until the task is cancelled; on its loop only.
    package func run() async {
        let bell = bell
        let subscription = store.database.listen(
            to: ["outbox"], onNotification: { _ in bell.ring() }, onRestored: { bell.ring() })
        defer { subscription.cancel() }
        await withTaskCancellationHandler {
            await withTaskGroup { group in
                for number in 0..<transport.concurrency {
                    group.addTask(executorPreference: loop) { [self] in
                        await deliverInTurn(isFirst: number == 0)
                    }
                }
            }
        } onCancel: {
            transport.stop()
        }
    }

    private func deliverInTurn(isFirst: Bool) async {
        while !Task.isCancelled {
            let heard = bell.count
            // While there is no server, one asks for it and the others wait.
            let claims = outage > 0 && !isFirst ? [] : await claim()
            for claim in claims {
                // Unstructured: what was begun is also written down when the program stops.
                await Task(executorPreference: loop) { [self] in await deliver(claim) }.value
            }
            if outage > 0, isFirst {
                try? await loop.sleep(for: pause)
            } else if claims.count < Self.batch || outage > 0 {
                // A full batch means that there may be more.
                await bell.wait(after: heard, atMost: settings.pollInterval)
            }
        }
    }

    private var pause: Duration {
        min(settings.pauseMax, settings.pauseMin * (1 << min(outage - 1, 16)))
    }

    private func claim() async -> [Outbox.Claim] {
        // One asks whether the server is back; the others need not.
        let limit = outage > 0 ? 1 : Self.batch
        do {
            return try await store.outbox.claim(
                limit: limit, at: clock(), leaseSeconds: settings.lease)
        } catch {
            logger.warning("outbox not read", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func deliver(_ claim: Outbox.Claim) async {
        guard let letter = write(claim) else {
            return await settle(claim, .refusedMessage("nobody knows how to write this message"))
        }
        guard !claim.recipients.isEmpty else {
            return await settle(claim, .refusedMessage("there is no address that takes it"))
        }
        let mail = OutgoingMail(
            id: claim.id, from: settings.from, recipients: claim.recipients, letter: letter,
            date: claim.createdAt)
        await settle(claim, await transport.deliver(mail))
    }

    private func settle(_ claim: Outbox.Claim, _ outcome: DeliveryOutcome) async {
        note(outcome)
        do {
            try await write(outcome, of: claim)
        } catch {
            // The lease ends by itself; the mail is then sent again under the same Message-ID.
            logger.error(
                "what became of a mail was not written down",
                metadata: ["outbox": "\(claim.id)", "error": "\(error)"])
        }
    }

    private func write(_ outcome: DeliveryOutcome, of claim: Outbox.Claim) async throws {
        let now = clock()
        let outbox = store.outbox
        switch outcome {
        case .accepted: try await outbox.delivered(claim.id, at: now)
        case .refusedMessage(let reason): try await fail(claim, reason, at: now)
        case .refusedAddress(let address, let reason):
            let left = claim.recipients.count { $0.key != address.key }
            try await outbox.suppress(address, reason, by: claim.id, at: now)
            // Nobody got it yet: the others get it now.
            guard left == 0 else {
                return try await outbox.putOff(claim.id, until: now, reason: reason)
            }
            try await fail(claim, reason, at: now)
        case .deferred(let reason):
            guard claim.attempts < Backoff.attemptsMax else {
                return try await fail(claim, reason, at: now)
            }
            let wait = Backoff.seconds(after: claim.attempts, random: .random(in: 0...1))
            try await outbox.putOff(claim.id, until: now.adding(seconds: wait), reason: reason)
        case .unavailable(let reason): try await outbox.giveBack(claim.id, at: now, reason: reason)
        }
    }

    private func fail(_ claim: Outbox.Claim, _ reason: String, at now: Instant) async throws {
        logger.warning(
            "mail not deliverable",
            metadata: ["outbox": "\(claim.id)", "topic": "\(claim.topic)"])
        try await store.outbox.failed(claim.id, reason: reason, at: now)
    }

    /// Says once that the server is gone, and once that it is back.
    private func note(_ outcome: DeliveryOutcome) {
        guard case .unavailable(let reason) = outcome else {
            if outage > 0 {
                logger.notice("the mail server is back")
                bell.ring()
            }
            outage = 0
            return
        }
        if outage == 0 {
            logger.warning("the mail server cannot be used", metadata: ["reason": "\(reason)"])
        }
        outage += 1
    }
}
