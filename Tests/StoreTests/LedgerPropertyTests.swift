import Domain
import EventLoop
import Postgres
import TestSupport
import Testing

@testable import Store

/// Rules 1 to 5 under random sequences of what people do, many at the same moment.
///
/// The seeds choose the acts; which of them comes first is the machine's choice, and no order may
/// break what is checked after each round.
@Suite struct `Whatever people do` {
    private static let rounds = 12
    private static let actsPerRound = 12

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the books balance, every win is told once, and nothing is won twice`(
        seed: UInt64
    ) async throws {
        let place = try TestDatabase()
        var settings = PoolSettings(connectionString: place.connectionString)
        settings.deadline = .seconds(60)
        settings.statementTimeout = .seconds(60)
        settings.lockTimeout = .seconds(60)
        let pool = settings
        try await withLoop { loop in
            let first = Database(loop: loop, settings: pool, logger: quietLogger)
            try await withLoop { otherLoop in
                let second = Database(loop: otherLoop, settings: pool, logger: quietLogger)
                let stores = [Store(database: first), Store(database: second)]
                try await Self.play(seed, in: stores)
                await second.close()
            }
            await first.close()
        }
        try place.drop()
    }

    private static func play(_ seed: UInt64, in stores: [Store]) async throws {
        var generator = SeededGenerator(seed: seed)
        let world = try await MoneyWorld(stores)
        var now = People.now
        for round in 0..<rounds {
            let acts = try world.acts(actsPerRound, using: &generator)
            try await world.perform(acts, at: now)
            let report = try await stores[0].books.check()
            #expect(report.isBalanced, "seed \(seed), round \(round): \(report)")
            for invariant in invariants {
                let broken = try await stores[0].count(invariant.statement)
                #expect(broken == 0, "seed \(seed), round \(round): \(invariant.name)")
            }
            now = now.adding(days: Int.random(in: 0...25, using: &generator))
        }
        try await world.replay(at: now)
        #expect(world.recordedCount > 0)
        #expect(try await stores[0].books.check().isBalanced)
    }

    private struct Invariant: Sendable {
        let name: String
        /// Counts what breaks it.
        let statement: SQL
    }

    private static let invariants = [
        Invariant(
            name: "who is hired has a recorded hire, and who is reported is not out",
            statement: """
                SELECT count(*) FROM introduction i LEFT JOIN hire h ON h.introduction_id = i.id
                WHERE (i.stage = 'hired') <> coalesce(h.state = 'recorded', false)
                    OR (h.state = 'reported' AND (i.stage IN ('rejected', 'withdrawn') OR NOT i.owns))
                """),
        Invariant(
            name: "the last step of the history is the stage, and each begins where one ended",
            statement: """
                SELECT count(*) FROM introduction i JOIN (
                    SELECT introduction_id, from_stage, to_stage,
                        lag(to_stage) OVER steps AS before, lead(id) OVER steps AS next
                    FROM stage_history WINDOW steps AS (PARTITION BY introduction_id ORDER BY id)
                ) s ON s.introduction_id = i.id
                WHERE s.from_stage IS DISTINCT FROM s.before
                    OR (s.next IS NULL AND s.to_stage <> i.stage)
                """),
        Invariant(
            name: "the commissions of a hire are what was promised, under the terms it is bound to",
            statement: """
                SELECT count(*) FROM hire h JOIN introduction i ON i.id = h.introduction_id
                JOIN terms t ON t.id = i.terms_id
                LEFT JOIN LATERAL (
                    SELECT sum(amount) AS sum, bool_and(c.terms_id = i.terms_id
                        AND c.affiliate_id = i.affiliate_id AND c.currency = t.currency) AS fit
                    FROM commission c WHERE c.hire_id = h.id) m ON true
                WHERE h.state = 'recorded' AND CASE WHEN i.affiliate_id IS NULL
                    THEN m.sum IS NOT NULL
                    ELSE m.sum IS DISTINCT FROM t.commission OR NOT m.fit END
                """),
        Invariant(
            name: "the company is billed what the affiliate earns",
            statement: """
                SELECT count(*) FROM hire h JOIN introduction i ON i.id = h.introduction_id
                JOIN terms t ON t.id = i.terms_id
                LEFT JOIN ledger_transfer b ON b.hire_id = h.id AND b.kind = 'hire_billed'
                WHERE CASE WHEN h.state = 'recorded' AND i.affiliate_id IS NOT NULL
                    THEN NOT EXISTS (SELECT FROM ledger_entry e
                        JOIN ledger_account a ON a.id = e.account_id
                        WHERE e.transfer_id = b.id AND a.company_id = i.company_id
                            AND e.amount = t.commission AND e.currency = t.currency)
                    ELSE b.id IS NOT NULL END
                """),
        Invariant(
            name: "every recorded hire is told once to each, and is in the log once",
            statement: """
                SELECT count(*) FROM hire h JOIN introduction i ON i.id = h.introduction_id
                WHERE h.state = 'recorded' AND (
                    (SELECT count(*) FROM outbox WHERE topic = 'commission.won'
                        AND recipient = 'affiliate' AND affiliate_id = i.affiliate_id
                        AND (payload ->> 'hire')::bigint = h.id) <> num_nonnulls(i.affiliate_id)
                    OR (SELECT array_agg(recipient ORDER BY recipient) FROM outbox
                        WHERE topic = 'hire.recorded' AND (payload ->> 'hire')::bigint = h.id)
                        IS DISTINCT FROM ARRAY['admin', 'company']
                    OR (SELECT count(*) FROM audit WHERE action = 'hire.recorded'
                        AND subject = 'hire' AND subject_id = h.id) <> 1)
                """),
        Invariant(
            name: "nothing is told of a hire that was not recorded",
            statement: """
                SELECT count(*) FROM outbox o WHERE o.topic IN ('commission.won', 'hire.recorded')
                    AND NOT EXISTS (SELECT FROM hire WHERE id = (o.payload ->> 'hire')::bigint
                        AND state = 'recorded')
                """),
    ]
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same acts on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
