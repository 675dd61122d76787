import Admission
import Domain
import Foundation
import HTTP
import HTTPServer
import Logging
import Postgres
import Spool
import Store

/// What the site is told when it starts.
package struct SiteSettings: Sendable {
    /// Scheme and host under which people reach the site, as in `https://vouch.example`.
    package var publicOrigin: String
    package var keys: SigningKeys
    /// Scheme and host of a listener for people who have an account, apart from the crowd's, with the
    /// same host name; signing in leads there.
    package var membersOrigin: String?
    /// Whether every peer is a proxy that tells in X-Forwarded-For whom it speaks for; one on this
    /// machine is believed in any case.
    package var trustsForwardedFor = false
    /// The account that affiliates are paid from; without it no file for a bank is made.
    package var payer: PaymentFile.Payer?
    /// Whether mails are kept for `/dev/mail` and not sent: a demo.
    package var hasMailbox = false
    /// Part of the addresses of style sheet and icons; `Site` takes it from the files it serves.
    var assetVersion = ""
    /// Whether public pages are kept in memory at all; without it each is made anew.
    package var keepsPages = true
    /// How long public pages in memory are good.
    var pageTimes = PageCache.Times()
    /// Bytes of public pages that each loop keeps.
    package var pageBytesMax = 32 << 20
    /// How often an open stream of events is written to, and its session looked up again.
    package var heartbeatTime = Duration.seconds(25)

    package init(publicOrigin: String, keys: SigningKeys) {
        self.publicOrigin = publicOrigin
        self.keys = keys
    }

    /// The same with addresses of the version of these files.
    package func with(_ assets: StaticFiles) -> SiteSettings {
        var settings = self
        settings.assetVersion = assets.version
        return settings
    }

    /// Whether people reach the site through TLS, wherever it ends.
    var isSecure: Bool { publicOrigin.hasPrefix("https://") }

    /// Where a request is to go instead that asks for the sign-in page at the crowd's listener.
    func membersAddress(for head: RequestHead) -> String? {
        guard let membersOrigin, let scheme = membersOrigin.range(of: "://") else { return nil }
        let host = membersOrigin[scheme.upperBound...]
        if let asked = head.fields[.host], asked == host { return nil }
        return membersOrigin + head.target.pathAndQuery
    }
}

/// What the handlers of one loop work with.
package final class Services: Sendable {
    package let store: Store
    package let settings: SiteSettings
    package let passwords: PasswordWorker
    package let random: RandomSource
    package let logger: Logger
    /// The open streams of events, counted over all loops.
    package let streams: StreamBounds
    /// Who is let in while there is more to do than can be done; nil lets everybody in.
    package let overload: Overload?
    /// Where writes wait for the database; nil where they are refused instead.
    package let spool: Spool?
    /// What the probes and the status page say, of all loops.
    package let board: StatusBoard
    /// What somebody gets who cannot be served now.
    let waiting: WaitingReplies
    private let brownoutLevel: @Sendable () -> BrownoutLevel
    /// The present moment.
    package let clock: @Sendable () -> Instant

    /// - Parameter brownout: how plain pages are to be now; as the overload control says, if nil.
    package init(
        database: Database, settings: SiteSettings, passwords: PasswordWorker, logger: Logger,
        streams: StreamBounds = StreamBounds(), board: StatusBoard? = nil,
        overload: Overload? = nil, brownout: (@Sendable () -> BrownoutLevel)? = nil,
        spool: Spool? = nil,
        random: RandomSource = .system, clock: @escaping @Sendable () -> Instant
    ) {
        let keys = settings.keys
        store = Store(
            database: database,
            pseudonyms: Pseudonyms { text in
                keys.signatures(Array(text.utf8), for: .pseudonym).map(Base64.urlEncoded)
            })
        self.settings = settings
        self.passwords = passwords
        self.logger = logger
        self.streams = streams
        self.overload = overload
        self.spool = spool
        self.board = board ?? StatusBoard(settings, at: clock())
        waiting = WaitingReplies(settings, today: clock().date)
        brownoutLevel = brownout ?? { overload?.level ?? .none }
        self.random = random
        self.clock = clock
    }

    /// How plain pages are to be now.
    var brownout: BrownoutLevel { brownoutLevel() }

    /// The same with addresses of another version of the files.
    func with(assetVersion: String) -> Services {
        var settings = settings
        settings.assetVersion = assetVersion
        return Services(
            database: store.database, settings: settings, passwords: passwords, logger: logger,
            streams: streams, board: board, overload: overload, brownout: brownoutLevel,
            spool: spool, random: random, clock: clock)
    }
}
