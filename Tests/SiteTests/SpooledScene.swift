import Domain
import EventLoop
import HTTP
import Postgres
import Spool
import Store
import TestSupport

@testable import Site

/// A world with two instances, the first of which has a spool and a database that can go away.
struct SpooledScene: Sendable {
    /// Before the proxy.
    let site: TestSite
    /// Another instance, without a spool.
    let other: TestSite
    let world: World
    let spool: Spool
    let proxy: FaultProxy
    private let visitor: VisitorToken

    /// A cookie and a token of a form, got while all was well.
    struct VisitorToken: Sendable {
        let cookie: String
        let token: String
    }

    init(
        site: TestSite, other: TestSite, world: World, spool: Spool, proxy: FaultProxy
    ) async throws {
        self.site = site
        self.other = other
        self.world = world
        self.spool = spool
        self.proxy = proxy
        let page = try await other.send(.get("/jobs/\(world.job.slug.text)/apply"))
        visitor = VisitorToken(
            cookie: "vouch-form=\(page.cookie("vouch-form") ?? "")",
            token: page.hidden("csrf") ?? "")
    }

    /// Applies by the form at an instance.
    func apply(
        to site: TestSite, _ email: String, key: String, code: LinkCode? = nil
    ) async throws -> Answer {
        try await site.send(
            form(email, key: key, code: code, token: visitor.token)
                .with("Cookie", visitor.cookie))
    }

    /// The form as it is sent.
    func form(_ email: String, key: String, code: LinkCode? = nil, token: String) -> Ask {
        .upload(
            "/jobs/\(world.job.slug.text)/apply",
            [
                ("csrf", token), ("idempotency_key", key), ("code", code?.text ?? ""),
                ("name", "Mihai Ionescu"), ("email", email), ("phone", ""),
                ("message", "Hello"), ("consent", "yes"),
            ], file: ("cv.pdf", Browser.cv))
    }

    /// The same while the first instance has no database.
    func applyWithoutDatabase(
        _ email: String, key: String = "key-of-a-form", code: LinkCode? = nil
    ) async throws -> Answer {
        proxy.set(.refuse)
        proxy.cut()
        return try await apply(to: site, email, key: key, code: code)
    }

    /// The path of the receipt that a page links to.
    func receipt(in page: Answer) throws -> String {
        guard let start = page.text.firstRange(of: "/receipts/") else {
            throw TestFailure("no receipt: \(page.status)")
        }
        return String(page.text[start.lowerBound...].prefix { $0 != "\"" && $0 != "<" })
    }

    /// What was kept since the last call, in order.
    func records() async throws -> [SpoolRecord] {
        var records: [SpoolRecord] = []
        for head in spool.takeFresh() {
            if let record = try await spool.read(head.sequence) { records.append(record) }
        }
        return records
    }

    /// Gives the first instance its database back, and waits until its pool has found it.
    func restore() async throws {
        proxy.set(.pass)
        while (try? await site.store.write { _ in true }) == nil {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    func record() async throws -> SpoolRecord? { try await records().first }

    func count(_ what: SQL) async throws -> Int {
        try await other.store.database.queryFirst("SELECT count(*) FROM \(fragment: what)") { row in
            try row.next(Int.self)
        } ?? 0
    }

    func execute(_ statement: SQL) async throws {
        try await other.store.database.execute(statement)
    }
}

/// Runs a test with a world before and behind a proxy.
func withSpooledWorld(
    recordsMax: Int = 1_000, overload: Overload? = nil,
    _ body: @escaping @Sendable (SpooledScene) async throws -> Void
) async throws {
    let place = try TestDatabase()
    let proxy = try FaultProxy(to: place.connectionString)
    let folder = try TemporaryDirectory()
    var settings = SpoolSettings()
    settings.recordsMax = recordsMax
    settings.reserveRecords = 0
    let spool = try Spool(path: folder.path + "/spool", settings: settings)
    let connection = place.connectionString
    do {
        try await withDatabase(on: proxy.connectionString) { database in
            let direct = Database(
                loop: database.loop, settings: PoolSettings(connectionString: connection),
                logger: quietLogger)
            let passwords = PasswordWorker(cost: .trivial)
            defer { passwords.stop() }
            let site = TestSite(database, passwords, overload: overload, spool: spool)
            let other = TestSite(direct, passwords)
            let world = try await World(other)
            try await body(
                try await SpooledScene(
                    site: site, other: other, world: world, spool: spool, proxy: proxy))
            await site.site.close()
            await other.site.close()
            await direct.close()
        }
    } catch {
        await spool.stop()
        proxy.stop()
        throw error
    }
    await spool.stop()
    proxy.stop()
    try place.drop()
}
