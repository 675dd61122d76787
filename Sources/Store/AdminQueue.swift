import Domain
import Postgres

/// What waits for an admin, of every kind, with what its one action needs to know.
package struct AdminQueue: Sendable {
    let database: Database

    /// Something that waits.
    package struct Item: Hashable, Sendable {
        package let subject: Subject
        /// What it is called: a person, a company, the topic of a message.
        package let name: String
        /// What else tells it from the others; may be empty.
        package let about: String
        package let amount: Money?
        /// Since when it waits, or when its day comes.
        package let at: Instant

        package init(
            subject: Subject, name: String, about: String, amount: Money?, at: Instant
        ) {
            self.subject = subject
            self.name = name
            self.about = about
            self.amount = amount
            self.at = at
        }
    }

    /// What it is, and the keys of what is to be done about it.
    package enum Subject: Hashable, Sendable {
        case company(CompanyID)
        case hire(HireID)
        case guarantee(HireID, CommissionID)
        case commission(CommissionID)
        /// Held by an admin, and not because of a dispute.
        case held(CommissionID)
        case dispute(DisputeID, HireID)
        case introductionFlag(IntroductionID, SelfDealing)
        case affiliateFlag(AffiliateFlagID)
        case payout(CommissionID, Currency)
        case mail(OutboxID)
        case invoice(InvoiceID, InvoiceNumber)
    }

    /// The kinds, in the order in which they are looked at.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case companies, hires, guarantees, commissions, held, disputes, flags, payouts, invoices
        case mails
    }

    /// All that waits of one kind.
    package struct Part: Hashable, Sendable {
        package let kind: Kind
        /// How many there are; `countMax` stands for that many or more.
        package let count: Int
        /// The oldest.
        package let items: [Item]

        package init(kind: Kind, count: Int, items: [Item]) {
            self.kind = kind
            self.count = count
            self.items = items
        }
    }

    /// Beyond this nobody counts.
    package static let countMax = 100
    /// How many of each kind are shown.
    package static let itemsMax = 5
    /// A guarantee that ends within these days is shown, unless the hire is confirmed.
    package static let guaranteeDays = 7

    /// The whole queue; each part reads a bounded number of rows, in the order of an index.
    package func parts(today: CalendarDate) async throws -> [Part] {
        // All travel together.
        try await withThrowingTaskGroup(of: (Int, Part).self) { group in
            for (place, kind) in Kind.allCases.enumerated() {
                group.addTask { (place, try await part(kind, today: today)) }
            }
            var parts = [Part?](repeating: nil, count: Kind.allCases.count)
            for try await (place, part) in group { parts[place] = part }
            return parts.compactMap { $0 }
        }
    }

    private func part(_ kind: Kind, today: CalendarDate) async throws -> Part {
        let items = try await database.query(
            Self.statement(kind, today: today, limit: Self.itemsMax)
        ) { row in try Self.item(kind, &row) }
        // Where all are shown nothing has to be counted.
        guard items.count == Self.itemsMax else {
            return Part(kind: kind, count: items.count, items: items)
        }
        let count = try await database.queryFirst(Self.countStatement(kind, today: today)) { row in
            try row.next(Int.self)
        }
        return Part(kind: kind, count: count ?? items.count, items: items)
    }

    // MARK: Statements

    /// `id, other, name, about, amount, currency, at`, and for marks the mark.
    static func statement(_ kind: Kind, today: CalendarDate, limit: Int) -> SQL {
        switch kind {
        case .companies:
            """
            SELECT id, NULL::bigint, name, coalesce(city, country), NULL::bigint, NULL::text,
                created_at, NULL::text
            FROM company WHERE verified_at IS NULL ORDER BY created_at, id LIMIT \(limit)
            """
        case .hires:
            """
            SELECT h.id, NULL::bigint, p.name, c.name,
                CASE WHEN i.affiliate_id IS NOT NULL THEN t.commission END,
                CASE WHEN i.affiliate_id IS NOT NULL THEN t.currency END, h.reported_at,
                NULL::text
            FROM hire h
            JOIN introduction i ON i.id = h.introduction_id
            JOIN candidate p ON p.id = i.candidate_id
            JOIN company c ON c.id = i.company_id
            JOIN terms t ON t.id = i.terms_id
            WHERE h.state = 'reported' ORDER BY h.reported_at, h.id LIMIT \(limit)
            """
        case .guarantees:
            """
            \(fragment: pending) AND h.state = 'recorded' AND m.due_on > \(today)
                AND m.due_on <= \(today.adding(days: guaranteeDays))
            ORDER BY m.due_on, m.id LIMIT \(limit)
            """
        case .commissions:
            """
            \(fragment: pending) AND m.due_on <= \(today)
            ORDER BY m.due_on, m.id LIMIT \(limit)
            """
        case .held:
            """
            SELECT h.id, m.id, p.name, c.name, m.amount, m.currency, m.state_changed_at,
                NULL::text
            \(fragment: commissions)
            WHERE m.state = 'held' AND \(fragment: isUndisputed)
            ORDER BY m.state_changed_at, m.id LIMIT \(limit)
            """
        case .disputes:
            """
            SELECT d.id, d.hire_id, c.name,
                coalesce((SELECT name FROM account WHERE affiliate_id = d.affiliate_id), ''),
                d.amount, d.currency, d.opened_at, NULL::text
            FROM dispute d JOIN company c ON c.id = d.company_id
            WHERE d.state = 'replied' ORDER BY d.opened_at, d.id LIMIT \(limit)
            """
        case .flags: flags(limit: limit)
        case .payouts:
            """
            SELECT m.id, NULL::bigint, a.name, '', m.amount, m.currency, m.state_changed_at,
                NULL::text
            FROM commission m JOIN account a ON a.affiliate_id = m.affiliate_id
            WHERE m.state = 'approved' ORDER BY m.state_changed_at, m.id LIMIT \(limit)
            """
        case .invoices:
            """
            SELECT v.id, NULL::bigint, v.number, c.name, v.amount + v.vat_amount, v.currency,
                v.due_on::timestamp AT TIME ZONE 'UTC', NULL::text
            FROM invoice v JOIN company c ON c.id = v.company_id
            WHERE v.state = 'open' AND v.due_on < \(today) ORDER BY v.due_on, v.id
            LIMIT \(limit)
            """
        case .mails:
            """
            SELECT id, NULL::bigint, topic, coalesce(last_error, ''), NULL::bigint, NULL::text,
                failed_at, NULL::text
            FROM outbox WHERE failed_at IS NOT NULL ORDER BY failed_at, id LIMIT \(limit)
            """
        }
    }

    /// Of guarantees and of what is to be approved.
    private static let pending: SQL = """
        SELECT h.id, m.id, p.name, c.name, m.amount, m.currency,
            m.due_on::timestamp AT TIME ZONE 'UTC', NULL::text
        \(fragment: commissions)
        WHERE m.state = 'pending'
        """

    private static let commissions: SQL = """
        FROM commission m
        JOIN hire h ON h.id = m.hire_id
        JOIN introduction i ON i.id = h.introduction_id
        JOIN candidate p ON p.id = i.candidate_id
        JOIN company c ON c.id = i.company_id
        """

    /// What is disputed waits as a dispute.
    private static let isUndisputed: SQL = """
        NOT EXISTS (SELECT FROM dispute WHERE commission_id = m.id AND state <> 'decided')
        """

    /// Of affiliates, which have a key of their own, and of introductions, which `other` names.
    private static func flags(limit: Int) -> SQL {
        """
        SELECT * FROM (
            (SELECT f.id, NULL::bigint, a.name, b.name, NULL::bigint, NULL::text, f.found_at,
                f.flag
            FROM affiliate_flag f
            JOIN account a ON a.affiliate_id = f.affiliate_id
            JOIN account b ON b.affiliate_id = f.other_id
            WHERE f.resolved_at IS NULL ORDER BY f.found_at, f.id LIMIT \(limit))
            UNION ALL
            (SELECT s.introduction_id, s.introduction_id, p.name, c.name, NULL, NULL, s.found_at,
                s.flag
            FROM self_dealing s
            JOIN introduction i ON i.id = s.introduction_id
            JOIN candidate p ON p.id = i.candidate_id
            JOIN company c ON c.id = i.company_id
            WHERE s.resolved_at IS NULL ORDER BY s.found_at, s.introduction_id LIMIT \(limit))
        ) AS flag (id, other, name, about, amount, currency, at, flag)
        ORDER BY at, id LIMIT \(limit)
        """
    }

    /// In the order of the index, which otherwise a planner may take for dearer than the whole table.
    static func countStatement(_ kind: Kind, today: CalendarDate) -> SQL {
        let rows: SQL =
            switch kind {
            case .companies: "SELECT FROM company WHERE verified_at IS NULL"
            case .hires: "SELECT FROM hire WHERE state = 'reported'"
            case .guarantees:
                """
                SELECT FROM commission m JOIN hire h ON h.id = m.hire_id
                WHERE m.state = 'pending' AND h.state = 'recorded' AND m.due_on > \(today)
                    AND m.due_on <= \(today.adding(days: guaranteeDays))
                ORDER BY m.due_on, m.id
                """
            case .commissions:
                """
                SELECT FROM commission WHERE state = 'pending' AND due_on <= \(today)
                ORDER BY due_on, id
                """
            case .held:
                """
                SELECT FROM commission m WHERE m.state = 'held' AND \(fragment: isUndisputed)
                ORDER BY m.state_changed_at, m.id
                """
            case .disputes: "SELECT FROM dispute WHERE state = 'replied'"
            case .flags:
                """
                SELECT FROM affiliate_flag WHERE resolved_at IS NULL
                UNION ALL SELECT FROM self_dealing WHERE resolved_at IS NULL
                """
            case .payouts: "SELECT FROM commission WHERE state = 'approved'"
            case .invoices: "SELECT FROM invoice WHERE state = 'open' AND due_on < \(today)"
            case .mails: "SELECT FROM outbox WHERE failed_at IS NOT NULL"
            }
        return "SELECT count(*) FROM (\(fragment: rows) LIMIT \(countMax)) AS waiting"
    }

    // MARK: Reading

    private static func item(_ kind: Kind, _ row: inout Row) throws -> Item {
        let id: Int64 = try row.next()
        let other: Int64? = try row.next()
        let name: String = try row.next()
        let about: String = try row.next()
        let minorUnits: Int64? = try row.next()
        let currency: Currency? = try row.next()
        let at: Instant = try row.next()
        let flag: SelfDealing? = try row.next()
        let subject: Subject =
            switch kind {
            case .companies: .company(CompanyID(id))
            case .hires: .hire(HireID(id))
            case .guarantees: .guarantee(HireID(id), CommissionID(other ?? 0))
            case .commissions: .commission(CommissionID(other ?? 0))
            case .held: .held(CommissionID(other ?? 0))
            case .disputes: .dispute(DisputeID(id), HireID(other ?? 0))
            case .flags:
                other.map {
                    .introductionFlag(IntroductionID($0), flag ?? .candidateIsAffiliate)
                } ?? .affiliateFlag(AffiliateFlagID(id))
            case .payouts: .payout(CommissionID(id), currency ?? .eur)
            case .invoices: .invoice(InvoiceID(id), InvoiceNumber(stored: name))
            case .mails: .mail(OutboxID(id))
            }
        let amount = minorUnits.flatMap { units in
            currency.map { Money(minorUnits: units, currency: $0) }
        }
        return Item(subject: subject, name: name, about: about, amount: amount, at: at)
    }
}
