import Admission
import Domain
import EventLoop
import Glibc
import HTTP
import HTTPServer
import Logging
import Postgres
import ServiceLifecycle
import Site
import Spool
import TLS
import UnixSignals

/// Everything that runs while the site is served, in the order in which it is stopped again.
final class RunningProgram: Sendable {
    private let context: ProgramContext
    private let source: DatabaseSource
    private let loops: [EventLoop]
    private let databases: [Database]
    private let sites: [Site]
    private let passwords: PasswordWorker
    private let server: Server
    private let status: StatusKeeper?
    /// Nil where another program has it.
    private let spool: SpoolKeeping?
    private let mailGauges: MailGauges
    private let tls: TLSContext?
    /// Nil where there is nowhere to send mails to.
    private let mailing: Mailing?

    /// Opens the listening sockets; nothing is accepted before `run`.
    ///
    /// - Parameter isDemo: keeps mails for `/dev/mail` instead of sending them.
    init(_ context: ProgramContext, _ source: DatabaseSource, isDemo: Bool) throws {
        self.context = context
        self.source = source
        let settings = context.settings
        let tls = try settings["tlsListen"].map { _ in
            try TLSContext(
                certificateFile: settings["tlsCertificate"] ?? "",
                keyFile: settings["tlsKey"] ?? "")
        }
        let assets = try StaticFiles(
            folder: context.resources.publicFolder + "/assets",
            headers: tls == nil ? SecurityFields.page : SecurityFields.securePage)
        var siteSettings = try SiteSettings(context, assets: assets)
        siteSettings.hasMailbox = isDemo
        let passwords = PasswordWorker()
        let pool = source.pool(settings)
        // Before a database on the same machine: what it works at was let in, and comes first.
        let loops = try Self.makeLoops(
            settings.number("threads"), niceness: source.isEmbedded ? Self.niceness : 0)
        let databases = loops.map {
            Database(loop: $0, settings: pool, logger: Logger(label: "database"))
        }
        let streams = StreamBounds(allMax: settings.number("streamsMax"))
        let board = StatusBoard(siteSettings.with(assets), at: WallClock.now())
        let overload = Overload(
            loops: loops.count,
            mode: settings["overload"].flatMap { AdmissionMode(name: $0) } ?? .on,
            cohortKey: siteSettings.keys.cohortKey,
            knowsAddresses: settings.number("connectionsPerAddressMax") > 0)
        let spool = try SpoolKeeping.open(context, Logger(label: "spool"))
        self.spool = spool
        var sites: [Site] = []
        for (index, loop) in loops.enumerated() {
            let services = Services(
                database: databases[index], settings: siteSettings, passwords: passwords,
                logger: Logger(label: "site"), streams: streams, board: board,
                overload: overload, spool: spool?.spool, clock: WallClock.now)
            sites.append(Site(loop: loop, services: services, assets: assets))
        }
        self.mailing = Mailing(
            settings, isDemo: isDemo, database: databases[0], loop: loops[0], site: siteSettings,
            logger: Logger(label: "mail"))
        let server = try Self.openServer(settings, loops, sites, tls)
        self.server = server
        let probes = loops.map { LoopProbe($0) }
        mailGauges = MailGauges()
        let metrics = ProgramMetrics(
            sites: sites, databases: databases, probes: probes, mail: mailGauges,
            streams: streams, overload: overload, doors: server.doors, spool: spool,
            passwords: passwords, connections: { server.connectionCount })
        status = try Self.openStatus(
            settings, board, assets,
            StatusKeeper.Watched(
                loops: probes, databases: databases, mail: mailGauges, overload: overload,
                spool: spool),
            metrics)
        self.tls = tls
        self.passwords = passwords
        self.loops = loops
        self.databases = databases
        self.sites = sites
    }

    /// A third of the weight of a usual thread (sched(7)): measured, it took two thirds off the
    /// latency of members at ten times the capacity, and nothing off what is served.
    private static let niceness: Int32 = 5

    private static func makeLoops(_ wanted: Int, niceness: Int32) throws -> [EventLoop] {
        let count = wanted == 0 ? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) : wanted
        return try (0..<count).map { try EventLoop(name: "loop-\($0)", niceness: niceness) }
    }

    private static func openServer(
        _ settings: Settings, _ loops: [EventLoop], _ sites: [Site], _ tls: TLSContext?
    ) throws -> Server {
        guard let listen = settings.address("listen") else { throw ListenFailure.noAddress }
        let secure = tls.flatMap { tls in settings.address("tlsListen").map { ($0, tls) } }
        let members = settings.address("membersListen").map { ($0, tls) }
        do {
            return try Server(
                settings: ServerSettings(settings), loops: loops, plain: [listen],
                secure: secure.map { [$0] } ?? [], members: members,
                handler: { loop in sites[loops.firstIndex { $0 === loop } ?? 0] })
        } catch {
            guard error.errno == EADDRINUSE else { throw error }
            throw ListenFailure.taken(
                listen, settings.address("tlsListen") ?? settings.address("membersListen"))
        }
    }

    /// The status listener; nil where its usual address is taken, as by a second program on a
    /// developer's machine: the site's own listener answers the probes too.
    private static func openStatus(
        _ settings: Settings, _ board: StatusBoard, _ assets: StaticFiles,
        _ watched: StatusKeeper.Watched, _ metrics: ProgramMetrics
    ) throws -> StatusKeeper? {
        guard let listen = settings.address("statusListen") ?? ListenAddress(statusAddress) else {
            return nil
        }
        do {
            return try StatusKeeper(
                board, assets: assets, listen: listen, agent: settings.address("agentListen"),
                watched: watched, metrics: { metrics.bytes() })
        } catch let error as SystemError where error.errno == EADDRINUSE {
            guard settings["statusListen"] == nil, settings["agentListen"] == nil else {
                throw ListenFailure.taken(listen, settings.address("agentListen"))
            }
            Logger(label: "status").warning(
                "no status listener: its address is taken",
                metadata: ["address": "\(listen)", "setting": "statusListen"])
            return nil
        }
    }

    /// Where plane A listens unless a setting says otherwise.
    private static let statusAddress = "127.0.0.1:8081"

    /// What a person at the terminal is told.
    var greeting: String {
        var lines = ""
        let hasMembers = context.settings["membersListen"] != nil
        for (index, address) in server.addresses.enumerated() {
            let isForMembers = hasMembers && index == server.addresses.count - 1
            let isSecure = tls != nil && index > 0
            lines += isForMembers ? "For members it is" : "Vouch is"
            lines += " at \(isSecure ? "https" : "http")://\(address)\n"
        }
        return lines
    }

    /// Serves until a signal or the end of the task, then stops everything in order.
    func run(whenReady: @escaping @Sendable () -> Void) async throws {
        for loop in loops { loop.start() }
        status?.start()
        let manager = ServiceManager()
        let pages = PageMemory(
            sites: sites, database: databases[0], loop: loops[0], logger: Logger(label: "pages"))
        var services: [any Service] = [
            SiteService(
                server: server, status: status, pages: pages,
                drainTimeMax: context.settings.time("drainTimeMax"),
                manager: manager, whenReady: whenReady),
            pages,
            MailWatch(gauges: mailGauges, database: databases[0], loop: loops[0]),
            Housekeeping(
                database: databases[0], loop: loops[0], logger: Logger(label: "housekeeping")),
            MoneyTurner(database: databases[0], loop: loops[0], logger: Logger(label: "money")),
        ]
        if let mailing { services.append(mailing) }
        if let spool {
            services.append(SpoolReplay(spool.spool, loop: loops[0], site: sites[0]))
        }
        if let interval = manager.watchdogInterval {
            services.append(Watchdog(manager: manager, loops: loops, interval: interval))
        }
        if source.isEmbedded {
            services.append(DatabaseKeeper(source: source, logger: Logger(label: "database")))
        }
        // A terminal that is closed sends SIGHUP too, and then the program is to end; a service
        // manager means that files are to be read again, and an end would be no answer to that.
        let reloads = tls != nil || manager.isPresent
        if reloads {
            services.append(CertificateReload(tls: tls, logger: Logger(label: "tls")))
        }
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: reloads
                ? [.sigterm, .sigint] : [.sigterm, .sigint, .sighup],
            cancellationSignals: [.sigquit], logger: Logger(label: "lifecycle"))
        configuration.maximumGracefulShutdownDuration =
            context.settings.time("drainTimeMax") + .seconds(5)
        configuration.maximumCancellationDuration = .seconds(5)
        let group = ServiceGroup(configuration: configuration)
        do {
            try await group.run()
        } catch {
            await stop()
            throw error
        }
        await stop()
    }

    private func stop() async {
        for site in sites { await site.close() }
        await spool?.spool.stop()
        for database in databases { await database.close() }
        passwords.stop()
        for loop in loops { loop.stop() }
        for loop in loops { loop.join() }
        await status?.stop()
    }
}

/// Why the site cannot be listened for.
enum ListenFailure: Error, CustomStringConvertible {
    case taken(ListenAddress, ListenAddress?)
    case noAddress

    var description: String {
        switch self {
        case .taken(let plain, let secure):
            let all = [plain, secure].compactMap { $0?.description }.joined(separator: " or ")
            return "another program listens on \(all) already; choose another address with "
                + "--listen HOST:PORT or VOUCH_LISTEN"
        case .noAddress: return "there is no address to listen on"
        }
    }
}

extension ServerSettings {
    /// The server's bounds as the settings say them.
    init(_ settings: Settings) {
        self.init()
        request.headBytesMax = settings.bytes("headBytesMax")
        request.fieldsMax = settings.number("fieldsMax")
        request.targetBytesMax = settings.bytes("targetBytesMax")
        headTimeMax = settings.time("headTimeMax")
        handshakeTimeMax = settings.time("handshakeTimeMax")
        idleTimeMax = settings.time("idleTimeMax")
        halfCloseTimeMax = settings.time("halfCloseTimeMax")
        bodyRateMin = settings.bytes("bodyRateMin")
        sendRateMin = settings.bytes("sendRateMin")
        rateGrace = settings.time("rateGrace")
        connectionsMax = settings.number("connectionsMax")
        connectionsPerAddressMax = settings.number("connectionsPerAddressMax")
        requestsPerConnectionMax = settings.number("requestsPerConnectionMax")
        bodyBytesHeldMax = settings.bytes("bodyBytesHeldMax")
        backlog = settings.number("backlog")
        intake = settings["intake"].flatMap { IntakeKind(rawValue: $0) } ?? .listenerPerLoop
    }
}

extension SigningKeys {
    /// The operator's; without them one is kept in the data folder.
    init(_ context: ProgramContext) throws {
        var secrets = context.settings.secretKeys
        if secrets.isEmpty {
            secrets = [try context.folder.secret("secret") { RandomText.make(count: 52) }]
        }
        guard let keys = SigningKeys(secrets.map { Array($0.utf8) }) else {
            throw DataFolder.Failure(description: "the secret in the data folder is too short")
        }
        self = keys
    }
}

extension SiteSettings {
    /// What the site is told.
    init(_ context: ProgramContext, assets: StaticFiles) throws {
        self.init(
            publicOrigin: Self.origin(context.settings), keys: try SigningKeys(context))
        keepsPages = context.settings["pageCache"] != "off"
        membersOrigin = Self.membersOrigin(context.settings)
        payer = try Self.payer(context.settings)
    }

    private static func payer(_ settings: Settings) throws -> PaymentFile.Payer? {
        guard let name = settings["payerName"], let iban = settings["payerIBAN"] else {
            return nil
        }
        do {
            return PaymentFile.Payer(name: try AccountHolder(name), iban: try IBAN(iban))
        } catch {
            throw DataFolder.Failure(
                description: "payerName and payerIBAN name no account that banks know")
        }
    }

    private static func membersOrigin(_ settings: Settings) -> String? {
        settings["membersURL"].map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    private static func origin(_ settings: Settings) -> String {
        if let given = settings["publicURL"] {
            return given.hasSuffix("/") ? String(given.dropLast()) : given
        }
        if let secure = settings["tlsListen"] { return "https://\(secure)" }
        return "http://\(settings["listen"] ?? "")"
    }
}
