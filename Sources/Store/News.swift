import Domain
import Postgres

/// The messages of the outbox that are shown to affiliates at once, in a page that is open.
package struct News: Sendable {
    let database: Database

    /// A message about money.
    package struct Item: Hashable, Sendable {
        package let id: OutboxID
        package let affiliate: AffiliateID
        /// Nil where it names nothing that can be shown.
        package let subject: Subject?

        package init(id: OutboxID, affiliate: AffiliateID, subject: Subject?) {
            self.id = id
            self.affiliate = affiliate
            self.subject = subject
        }
    }

    /// What a message is about.
    package enum Subject: Hashable, Sendable {
        /// Every commission of a hire.
        case hire(HireID)
        case commission(CommissionID)
        case payout(Payout)
    }

    /// A payout as it was when the message was written.
    package struct Payout: Hashable, Sendable {
        package let id: PayoutID
        package let amount: Money
        package let state: PayoutState
        package let failure: PayoutFailure?
        package let note: Note
    }

    /// What one look at the outbox found.
    package struct Reading: Hashable, Sendable {
        /// Transactions below this number are over.
        package let oldestRunning: Int64
        /// Transactions from this number on had not begun.
        package let nextTransaction: Int64
        /// The newest message of any kind; of a page that is full, its last one.
        package let newest: OutboxID
        /// In the order of their ids.
        package let items: [Item]
        /// More of them wait behind the last one.
        package let isFull: Bool

        package init(
            oldestRunning: Int64, nextTransaction: Int64, newest: OutboxID, items: [Item],
            isFull: Bool
        ) {
            self.oldestRunning = oldestRunning
            self.nextTransaction = nextTransaction
            self.newest = newest
            self.items = items
            self.isFull = isFull
        }
    }

    private static let itemsMax = 500
    private static let missedMax = 100

    private static let topics: [Outbox.Topic] = [
        .commissionWon, .commissionAdded, .commissionApproved, .commissionHeld,
        .commissionReleased, .commissionReversed, .hireLeftEarly, .hireCancelled,
        .disputeDecided, .payoutSent, .payoutPaid, .payoutFailed,
    ]

    /// Looks at everybody's messages behind one, and at which transactions are under way.
    ///
    /// - Parameter known: messages behind it that are not wanted again.
    package func read(after id: OutboxID, except known: Set<OutboxID>) async throws -> Reading {
        var found: (lowest: Int64, highest: Int64, newest: OutboxID)?
        let items = try await database.read(Self.statement(after: id, except: known)) { row in
            found = (try row.next(), try row.next(), try row.next())
            return try Self.item(&row)
        }.compactMap { $0 }
        guard let found else { throw PostgresError.unavailable("no answer") }
        let isFull = items.count == Self.itemsMax
        return Reading(
            oldestRunning: found.lowest, nextTransaction: found.highest,
            newest: isFull ? items[items.count - 1].id : found.newest, items: items,
            isFull: isFull)
    }

    static func statement(after id: OutboxID, except known: Set<OutboxID>) -> SQL {
        """
        SELECT s.lowest, s.highest, s.newest, o.*
        FROM (
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS lowest,
                pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS highest,
                coalesce((SELECT max(id) FROM outbox), 0) AS newest
        ) s
        LEFT JOIN LATERAL (
            \(fragment: selection)
            WHERE id > \(id) AND id <> ALL (\(known.map(\.rawValue)))
                AND affiliate_id IS NOT NULL AND topic = ANY (\(topics.map(\.rawValue)))
            ORDER BY id LIMIT \(itemsMax)
        ) o ON true
        ORDER BY o.id
        """
    }

    /// The newest message that was written before the moment, or 0.
    package func newest(before moment: Instant) async throws -> OutboxID {
        let found = try await database.readFirst(
            "SELECT id FROM outbox WHERE created_at < \(moment) ORDER BY id DESC LIMIT 1"
        ) { row in try row.next(OutboxID.self) }
        return found ?? OutboxID(0)
    }

    /// The newest messages of an affiliate behind one, and not older than a moment; a hundred at
    /// most, in the order of their ids.
    package func missed(
        by affiliate: AffiliateID, after id: OutboxID, since moment: Instant
    ) async throws -> [Item] {
        try await database.read(Self.statement(for: affiliate, after: id, since: moment)) { row in
            try Self.item(&row)
        }.compactMap { $0 }.reversed()
    }

    static func statement(
        for affiliate: AffiliateID, after id: OutboxID, since moment: Instant
    ) -> SQL {
        """
        \(fragment: selection)
        WHERE affiliate_id = \(affiliate) AND id > \(id) AND created_at >= \(moment)
            AND topic = ANY (\(topics.map(\.rawValue)))
        ORDER BY id DESC LIMIT \(missedMax)
        """
    }

    private static let selection: SQL = """
        SELECT id, affiliate_id, topic, (payload->>'hire')::bigint AS hire,
            CASE WHEN topic <> 'commission.won' THEN (payload->>'commission')::bigint END
                AS commission,
            (payload->>'payout')::bigint AS payout, (payload->>'amount')::bigint AS amount,
            payload->>'currency' AS currency, payload->>'failure' AS failure,
            payload->>'note' AS note
        FROM outbox
        """

    /// Nil where there is no message in the row.
    private static func item(_ row: inout Row) throws -> Item? {
        let id: OutboxID? = try row.next()
        let affiliate: AffiliateID? = try row.next()
        let topic: String? = try row.next()
        let hire: HireID? = try row.next()
        let commission: CommissionID? = try row.next()
        let payout: PayoutID? = try row.next()
        let amount: Int64? = try row.next()
        let currency: String? = try row.next()
        let failure: String? = try row.next()
        let note: String? = try row.next()
        guard let id, let affiliate, let topic = topic.flatMap(Outbox.Topic.init(rawValue:)) else {
            return nil
        }
        var subject = commission.map(Subject.commission) ?? hire.map(Subject.hire)
        if let payout, let amount, let state = state(topic),
            let currency = currency.flatMap(Currency.init(rawValue:))
        {
            subject = .payout(
                Payout(
                    id: payout, amount: Money(minorUnits: amount, currency: currency),
                    state: state, failure: failure.flatMap(PayoutFailure.init(rawValue:)),
                    note: Note(stored: note ?? "")))
        }
        return Item(id: id, affiliate: affiliate, subject: subject)
    }

    private static func state(_ topic: Outbox.Topic) -> PayoutState? {
        switch topic {
        case .payoutSent: .processing
        case .payoutPaid: .paid
        case .payoutFailed: .failed
        default: nil
        }
    }
}
