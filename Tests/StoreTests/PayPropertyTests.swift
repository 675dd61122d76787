import Domain
import EmbeddedPostgres
import EventLoop
import Postgres
import TestSupport
import Testing

@testable import Store

/// The whole money path under random sequences of what people do, many at the same moment, in two
/// instances; no order may break what is checked after each round.
///
/// One seed after the other: each has ten connections.
@Suite(.serialized) struct `Whatever is decided about money` {
    private static let rounds = 32
    private static let actsPerRound = 16

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `the books balance, nothing is paid twice, and what was said stays said`(
        seed: UInt64
    ) async throws {
        let place = try TestDatabase()
        try await Self.withTwoInstances(on: place.connectionString) { stores in
            try await Self.play(seed, rounds: Self.rounds, in: stores)
        }
        try place.drop()
    }

    @Test func `killing PostgreSQL in the middle of it changes nothing of that`() async throws {
        let parent = try TemporaryDirectory()
        // Durable: what it has confirmed must be there after its crash.
        let server = EmbeddedPostgres(dataDirectory: "\(parent.path)/data", durable: true)
        let connectionString = try server.start()
        _ = try Migrator(directory: TestDatabase.migrationsDirectory).run(
            connectionString: connectionString, logger: quietLogger)
        try await Self.withTwoInstances(on: connectionString) { stores in
            try await Self.play(21, rounds: 24, in: stores, killing: server)
        }
        server.stop()
    }

    private static func withTwoInstances(
        on connectionString: String,
        _ body: @escaping @Sendable ([Store]) async throws -> Void
    ) async throws {
        var settings = PoolSettings(connectionString: connectionString)
        settings.deadline = .seconds(60)
        settings.statementTimeout = .seconds(60)
        settings.lockTimeout = .seconds(60)
        settings.backoffMin = .milliseconds(1)
        settings.backoffMax = .milliseconds(50)
        let pool = settings
        try await withLoop { loop in
            let first = Database(loop: loop, settings: pool, logger: quietLogger)
            try await withLoop { otherLoop in
                let second = Database(loop: otherLoop, settings: pool, logger: quietLogger)
                try await body([Store(database: first), Store(database: second)])
                await second.close()
            }
            await first.close()
        }
    }

    /// Lets people act, and PostgreSQL die at a random moment of that; back is it when all is over.
    private static func perform(
        _ acts: [PayWorld.Act], in world: PayWorld, of stores: [Store], at now: Instant,
        killing server: EmbeddedPostgres, after pause: Duration
    ) async throws {
        async let acting: Void = world.perform(acts, at: now, duringOutage: true)
        try await Task.sleep(for: pause)
        try await onThread {
            server.kill()
            _ = try server.start()
        }
        try await acting
        for store in stores {
            let isBack = try await eventually(on: store.database.loop) {
                store.database.isReachable
            }
            #expect(isBack)
        }
    }

    private static func play(
        _ seed: UInt64, rounds: Int, in stores: [Store], killing server: EmbeddedPostgres? = nil
    ) async throws {
        var generator = SeededGenerator(seed: seed)
        let world = try await PayWorld(stores)
        var now = People.now
        for round in 0..<rounds {
            let acts = world.acts(actsPerRound, using: &generator)
            if let server {
                try await perform(
                    acts, in: world, of: stores, at: now, killing: server,
                    after: .milliseconds(Int.random(in: 0...120, using: &generator)))
            }
            try await world.perform(acts, at: now.adding(seconds: 60))
            let report = try await stores[0].books.check()
            #expect(report.isBalanced, "seed \(seed), round \(round): \(report)")
            for invariant in invariants {
                let broken = try await stores[0].count(invariant.statement)
                #expect(broken == 0, "seed \(seed), round \(round): \(invariant.name)")
            }
            try await world.checkPaidRows()
            now = now.adding(days: Int.random(in: 0...8, using: &generator))
        }
        try await world.replay(at: now)
        // A run in which nothing came to pass would prove nothing.
        #expect(try await stores[0].count("SELECT count(*) FROM payout") > 0)
        #expect(try await stores[0].count("SELECT count(*) FROM invoice") > 0)
        let undone: SQL = "SELECT count(*) FROM ledger_transfer WHERE kind = 'company_unpaid'"
        #expect(try await stores[0].count(undone) > 0)
    }

    private struct Invariant: Sendable {
        let name: String
        /// Counts what breaks it.
        let statement: SQL
    }

    /// Every row with the kind of the row that it goes back to.
    private static let origin: SQL = """
        origin AS (
            SELECT id, kind FROM commission WHERE replaces IS NULL AND reverses IS NULL
            UNION ALL
            SELECT m.id, o.kind FROM commission m
            JOIN origin o ON o.id = coalesce(m.replaces, m.reverses))
        """

    private static let invariants = [
        Invariant(
            name: "an introduction earns at most what was promised, whatever was recorded",
            statement: """
                WITH RECURSIVE \(fragment: origin)
                SELECT count(*) FROM introduction i JOIN terms t ON t.id = i.terms_id
                WHERE t.commission < (
                    SELECT coalesce(sum(m.amount), 0) FROM commission m
                    JOIN origin o ON o.id = m.id JOIN hire h ON h.id = m.hire_id
                    WHERE h.introduction_id = i.id AND m.state <> 'reversed'
                        AND o.kind = 'instalment')
                """),
        Invariant(
            name: "a commission is paid by one payout, and its state is that of the payout",
            statement: """
                SELECT count(*) FROM commission m WHERE (
                    SELECT count(*) FROM payout_item i JOIN payout p ON p.id = i.payout_id
                    WHERE i.commission_id = m.id AND p.state <> 'failed')
                    <> CASE WHEN m.state IN ('processing', 'paid') THEN 1 ELSE 0 END
                """),
        Invariant(
            name: "a hire that does not stand earns nothing but what was added by hand",
            statement: """
                WITH RECURSIVE \(fragment: origin)
                SELECT count(*) FROM hire h WHERE h.state = 'cancelled' AND 0 <> (
                    SELECT coalesce(sum(m.amount), 0) FROM commission m
                    JOIN origin o ON o.id = m.id
                    WHERE m.hire_id = h.id AND m.state <> 'reversed'
                        AND o.kind = 'instalment')
                """),
        Invariant(
            name: "who is hired has a hire that stands",
            statement: """
                SELECT count(*) FROM introduction i
                WHERE (i.stage = 'hired') <> EXISTS (
                    SELECT FROM hire h WHERE h.introduction_id = i.id
                        AND h.state IN ('recorded', 'confirmed', 'left_early'))
                """),
        Invariant(
            name: "an invoice is received as often as it was undone, and once more while it stands",
            statement: """
                SELECT count(*) FROM invoice v WHERE (v.state = 'received')::int <> (
                    SELECT count(*) FILTER (WHERE kind = 'company_paid')
                        - count(*) FILTER (WHERE kind = 'company_unpaid')
                    FROM ledger_transfer WHERE invoice_id = v.id)
                """),
        Invariant(
            name: "a payment that was undone is told and logged once",
            statement: """
                SELECT count(*) FROM invoice v CROSS JOIN LATERAL (
                    SELECT count(*) AS undone FROM ledger_transfer
                    WHERE invoice_id = v.id AND kind = 'company_unpaid') t
                WHERE t.undone <> (SELECT count(*) FROM outbox WHERE topic = 'invoice.reopened'
                        AND (payload ->> 'invoice')::bigint = v.id)
                    OR t.undone <> (SELECT count(*) FROM audit
                        WHERE action = 'invoice.reopened' AND subject_id = v.id)
                """),
        Invariant(
            name: "every win is told once",
            statement: """
                SELECT count(*) FROM hire h WHERE h.recorded_at IS NOT NULL AND (
                    SELECT count(*) FROM outbox WHERE topic = 'commission.won'
                        AND recipient = 'affiliate'
                        AND (payload ->> 'hire')::bigint = h.id) <> 1
                """),
        Invariant(
            name: "every end of a hire, dispute and payout is told once to each",
            statement: """
                SELECT (SELECT count(*) FROM hire h WHERE h.state IN ('cancelled', 'left_early')
                        AND 2 <> (SELECT count(*) FROM outbox
                            WHERE topic IN ('hire.cancelled', 'hire.left_early')
                                AND (payload ->> 'hire')::bigint = h.id))
                    + (SELECT count(*) FROM dispute d WHERE d.state = 'decided'
                        AND 3 <> (SELECT count(*) FROM outbox
                            WHERE topic IN ('dispute.decided', 'dispute.withdrawn') AND (payload ->> 'dispute')::bigint = d.id))
                    + (SELECT count(*) FROM payout p
                        WHERE 1 + (p.state IN ('paid', 'failed'))::int <> (
                            SELECT count(*) FROM outbox
                            WHERE topic IN ('payout.sent', 'payout.paid', 'payout.failed')
                                AND (payload ->> 'payout')::bigint = p.id))
                """),
        Invariant(
            name: "a disputed row is held until the decision, and invoices have no gaps",
            statement: """
                SELECT (SELECT count(*) FROM dispute d JOIN commission m ON m.id = d.commission_id
                        WHERE d.state <> 'decided' AND m.state NOT IN ('held', 'reversed'))
                    + (SELECT abs(coalesce((SELECT sum(last) FROM invoice_series), 0)
                        - (SELECT count(*) FROM invoice)))::bigint
                """),
    ]
}
