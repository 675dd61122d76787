import Domain
import Postgres
import Store

/// Keeps mails in the database instead of sending them: nothing of a demo goes outside.
package final class DemoMailTransport: MailTransport {
    package let concurrency = 1
    private let store: Store
    private let clock: @Sendable () -> Instant

    package init(database: Database, clock: @escaping @Sendable () -> Instant) {
        store = Store(database: database)
        self.clock = clock
    }

    package func deliver(_ mail: OutgoingMail) async -> DeliveryOutcome {
        let message = MIMEMessage(mail)
        let kept = DemoMails.Mail(
            recipients: mail.recipients.map(\.text).joined(separator: ", "),
            subject: mail.letter.subject, at: clock(), text: message.text,
            html: String(decoding: message.html, as: UTF8.self),
            message: String(decoding: message.bytes, as: UTF8.self))
        do {
            try await store.demoMails.add(kept, of: mail.id)
            return .accepted
        } catch {
            return .unavailable("\(error)")
        }
    }

    package func stop() {}
}
