import Domain
import Postgres

/// The messages of the outbox that are shown to affiliates and companies at once, in a page that is
/// open.
package struct News: Sendable {
    let database: Database

    /// Whom a message is for.
    package enum Reader: Hashable, Sendable {
        case affiliate(AffiliateID)
        case company(CompanyID)
    }

    /// A message.
    package struct Item: Hashable, Sendable {
        package let id: OutboxID
        package let reader: Reader
        /// Nil where it names nothing that can be shown.
        package let subject: Subject?

        package init(id: OutboxID, reader: Reader, subject: Subject?) {
            self.id = id
            self.reader = reader
            self.subject = subject
        }
    }

    /// What a message is about.
    package enum Subject: Hashable, Sendable {
        /// For an affiliate every commission of a hire, for a company the candidate who is hired.
        case hire(HireID)
        case commission(CommissionID)
        case payout(Payout)
        case introduction(IntroductionID)
        case invoice(InvoiceNumber)
    }

    /// A candidate as a message shows them: as they are now.
    package struct Candidate: Hashable, Sendable {
        package let introduction: IntroductionID
        package let name: PersonName
        package let job: JobTitle
        package let stage: Stage
        /// Who brought them; nil for one who came alone.
        package let affiliate: PersonName?
        /// What became of the newest hire.
        package let hire: HireState?

        package init(
            introduction: IntroductionID, name: PersonName, job: JobTitle, stage: Stage,
            affiliate: PersonName?, hire: HireState?
        ) {
            self.introduction = introduction
            self.name = name
            self.job = job
            self.stage = stage
            self.affiliate = affiliate
            self.hire = hire
        }
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

    private static let topicsOfAffiliates: [Outbox.Topic] = [
        .commissionWon, .commissionAdded, .commissionApproved, .commissionHeld,
        .commissionReleased, .commissionReversed, .hireLeftEarly, .hireCancelled,
        .disputeDecided, .disputeWithdrawn, .payoutSent, .payoutPaid, .payoutFailed,
    ]

    /// What others did; what the company does itself it knows.
    private static let topicsOfCompanies: [Outbox.Topic] = [
        .introductionSubmitted, .introductionMoved, .introductionWithdrawn, .hireRecorded,
        .hireConfirmed, .hireCancelled, .hireLeftEarly, .hireRefused, .invoiceIssued,
    ]

    private static let isOfAffiliates: SQL =
        "affiliate_id IS NOT NULL AND topic = ANY (\(topicsOfAffiliates.map(\.rawValue)))"
    private static let isOfCompanies: SQL =
        "company_id IS NOT NULL AND topic = ANY (\(topicsOfCompanies.map(\.rawValue)))"

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
                AND (\(fragment: isOfAffiliates) OR \(fragment: isOfCompanies))
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

    /// The newest messages of a reader behind one, and not older than a moment; a hundred at most,
    /// in the order of their ids.
    package func missed(
        by reader: Reader, after id: OutboxID, since moment: Instant
    ) async throws -> [Item] {
        try await database.read(Self.statement(for: reader, after: id, since: moment)) { row in
            try Self.item(&row)
        }.compactMap { $0 }.reversed()
    }

    static func statement(
        for reader: Reader, after id: OutboxID, since moment: Instant
    ) -> SQL {
        let isReaders: SQL =
            switch reader {
            case .affiliate(let id): "affiliate_id = \(id) AND \(fragment: isOfAffiliates)"
            case .company(let id): "company_id = \(id) AND \(fragment: isOfCompanies)"
            }
        return """
            \(fragment: selection)
            WHERE \(fragment: isReaders) AND id > \(id) AND created_at >= \(moment)
            ORDER BY id DESC LIMIT \(missedMax)
            """
    }

    /// The candidate of an introduction or of a hire; nil for one whom the company does not see.
    package func candidate(
        _ subject: Subject, of company: CompanyID
    ) async throws -> Candidate? {
        let isMeant: SQL
        switch subject {
        case .introduction(let id): isMeant = "i.id = \(id)"
        case .hire(let id):
            isMeant = "i.id = (SELECT introduction_id FROM hire WHERE id = \(id))"
        case .commission, .payout, .invoice: return nil
        }
        return try await database.readFirst(
            """
            SELECT i.id, p.name, j.title, i.stage,
                (SELECT name FROM account WHERE affiliate_id = i.affiliate_id),
                (SELECT state FROM hire WHERE introduction_id = i.id ORDER BY id DESC LIMIT 1)
            FROM introduction i
            JOIN candidate p ON p.id = i.candidate_id
            JOIN job j ON j.id = i.job_id
            WHERE \(fragment: isMeant) AND i.company_id = \(company)
                AND i.confirmed_at IS NOT NULL
            """
        ) { row in
            Candidate(
                introduction: try row.next(), name: try row.next(), job: try row.next(),
                stage: try row.next(), affiliate: try row.next(), hire: try row.next())
        }
    }

    private static let selection: SQL = """
        SELECT id, affiliate_id, company_id, topic, (payload->>'hire')::bigint AS hire,
            CASE WHEN topic <> 'commission.won' THEN (payload->>'commission')::bigint END
                AS commission,
            (payload->>'payout')::bigint AS payout, (payload->>'amount')::bigint AS amount,
            payload->>'currency' AS currency, payload->>'failure' AS failure,
            payload->>'note' AS note, (payload->>'introduction')::bigint AS introduction,
            payload->>'number' AS number
        FROM outbox
        """

    /// Nil where there is no message in the row.
    private static func item(_ row: inout Row) throws -> Item? {
        let id: OutboxID? = try row.next()
        let affiliate: AffiliateID? = try row.next()
        let company: CompanyID? = try row.next()
        let topic: String? = try row.next()
        let hire: HireID? = try row.next()
        let commission: CommissionID? = try row.next()
        let payout: PayoutID? = try row.next()
        let amount: Int64? = try row.next()
        let currency: String? = try row.next()
        let failure: String? = try row.next()
        let note: String? = try row.next()
        let introduction: IntroductionID? = try row.next()
        let number: InvoiceNumber? = try row.next()
        guard let id, let topic = topic.flatMap(Outbox.Topic.init(rawValue:)),
            let reader = affiliate.map(Reader.affiliate) ?? company.map(Reader.company)
        else { return nil }
        if case .company = reader {
            let subject =
                number.map(Subject.invoice) ?? introduction.map(Subject.introduction)
                ?? hire.map(Subject.hire)
            return Item(id: id, reader: reader, subject: subject)
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
        return Item(id: id, reader: reader, subject: subject)
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
