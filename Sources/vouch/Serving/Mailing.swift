import Domain
import EventLoop
import Foundation
import Logging
import Mail
import Postgres
import ServiceLifecycle
import Site

/// Delivers mails while the site is served.
struct Mailing: Service {
    let worker: OutboxWorker
    let loop: EventLoop

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskExecutorPreference(loop) { await worker.run() }
        }
    }

    /// The worker that the settings mean; nil where there is nowhere to send to, and mails wait.
    init?(
        _ settings: Settings, isDemo: Bool, database: Database, loop: EventLoop,
        site: SiteSettings, logger: Logger
    ) {
        let clock: @Sendable () -> Instant = { WallClock.now() }
        let transport: any MailTransport
        let sender: Sender
        if isDemo {
            transport = DemoMailTransport(database: database, clock: clock)
            sender = Self.sender(EmailAddress(stored: "vouch@demo.test"))
        } else if let server = settings.mailServer, let address = settings.mailSender {
            transport = SMTPTransport(server)
            sender = Self.sender(address)
        } else {
            logger.notice("mails wait in the outbox: smtpURL is not set")
            return nil
        }
        let writer = LetterWriter(site)
        worker = OutboxWorker(
            database: database, loop: loop, settings: OutboxWorker.Settings(from: sender),
            transport: transport, clock: clock, logger: logger, write: writer.letter)
        self.loop = loop
    }

    private static func sender(_ address: EmailAddress) -> Sender {
        Sender(name: "Vouch", address: address)
    }
}

extension Settings {
    /// The mail server; nil where none is named, or not so that it can be used.
    var mailServer: SMTPServer? {
        guard let url = self["smtpURL"] else { return nil }
        let host = self["publicURL"].flatMap { URL(string: $0)?.host() }
        return SMTPServer(
            url, heloName: host ?? "localhost",
            encryption: self["smtpTLS"].flatMap(SMTPServer.Encryption.init(rawValue:)) ?? .required,
            certificates: self["smtpCertificates"])
    }

    /// Whom mails come from.
    var mailSender: EmailAddress? { self["mailFrom"].flatMap { try? EmailAddress($0) } }

    /// What is wrong with the settings of mails.
    var mailProblems: [String] {
        guard self["smtpURL"] != nil else { return [] }
        var found: [String] = []
        if mailServer == nil {
            found.append("smtpURL is not smtp://[user:password@]host[:port], nor smtps")
        }
        if mailSender == nil {
            found.append("smtpURL needs mailFrom, an address that mails come from")
        }
        return found
    }
}
