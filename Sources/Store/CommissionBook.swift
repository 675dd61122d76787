import Domain
import Postgres

/// The rows of commissions with their transfers: every way in which one comes, changes or goes.
///
/// Whoever adds rows to a hire locks the hire first, then the rows in the order of their ids.
struct CommissionBook: Sendable {
    /// A row that nobody else changes until the transaction ends.
    struct Entry: Sendable {
        let row: CommissionRow
        let hire: HireID
        let introduction: IntroductionID
        let affiliate: AffiliateID
        let company: CompanyID
        let terms: TermsID
        let borneBy: CommissionBearer
        let instalment: Int16
        let instalmentCount: Int16
        let share: Int16

        /// Whose account is debited for it.
        var payer: LedgerAccount {
            switch borneBy {
            case .company: .companyReceivable(company)
            case .platform: .platformCost
            }
        }
    }

    /// What is decided about a row, for the row itself.
    struct Words: Sendable {
        let reason: CommissionReason?
        let note: Note
        let at: Instant
    }

    // MARK: Reading

    /// Locks hires, so that no rows are added to them meanwhile.
    static func lock(hires: [HireID], in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            SELECT id FROM hire WHERE id = ANY (\(hires.map(\.rawValue))) ORDER BY id
            FOR NO KEY UPDATE
            """
        ) { row in try row.next(HireID.self) }
    }

    /// The rows of a hire, locked; by a second statement, which sees what was waited for.
    static func lock(of hire: HireID, in transaction: Transaction) async throws -> [Entry] {
        _ = try await transaction.query(
            "SELECT id FROM commission WHERE hire_id = \(hire) ORDER BY id FOR NO KEY UPDATE"
        ) { row in try row.next(CommissionID.self) }
        return try await transaction.query(
            "\(fragment: selection) WHERE m.hire_id = \(hire) ORDER BY m.due_on, m.id", entry)
    }

    /// Some rows, locked with their hires, in the order of their ids.
    ///
    /// - Throws: `notFound(.commission)` where one does not exist.
    static func lock(
        _ ids: [CommissionID], in transaction: Transaction
    ) async throws -> [Entry] {
        let numbers = Set(ids.map(\.rawValue)).sorted()
        let hires = try await transaction.query(
            "SELECT DISTINCT hire_id FROM commission WHERE id = ANY (\(numbers))"
        ) { row in try row.next(HireID.self) }
        try await lock(hires: hires, in: transaction)
        let locked = try await lock("id = ANY (\(numbers))", in: transaction)
        guard locked.count == numbers.count else { throw DomainError.notFound(.commission) }
        return locked
    }

    /// The rows that a condition on `commission` finds, without their hires: for changes of state.
    static func lock(
        _ condition: SQL, in transaction: Transaction
    ) async throws -> [Entry] {
        let ids = try await transaction.query(
            """
            SELECT id FROM commission WHERE \(fragment: condition) ORDER BY id FOR NO KEY UPDATE
            """
        ) { row in try row.next(Int64.self) }
        return try await transaction.query(
            "\(fragment: selection) WHERE m.id = ANY (\(ids)) ORDER BY m.id", entry)
    }

    static let selection: SQL = """
        SELECT m.id, m.kind, m.state, m.amount, m.currency, m.due_on,
            -coalesce((SELECT sum(b.amount) FROM commission b
                WHERE b.reverses = m.id AND b.state <> 'reversed'), 0)::bigint,
            m.hire_id, h.introduction_id, m.affiliate_id, i.company_id, m.terms_id, m.borne_by,
            m.instalment, m.instalment_count, m.share
        FROM commission m
        JOIN hire h ON h.id = m.hire_id
        JOIN introduction i ON i.id = h.introduction_id
        """

    static func entry(_ row: inout Row) throws -> Entry {
        let id: CommissionID = try row.next()
        let kind: CommissionKind = try row.next()
        let state: CommissionState = try row.next()
        let amount = try row.money()
        let dueOn: CalendarDate = try row.next()
        let takenBack = Money(minorUnits: try row.next(), currency: amount.currency)
        return Entry(
            row: CommissionRow(
                id: id, kind: kind, state: state, amount: amount, dueOn: dueOn,
                takenBack: takenBack),
            hire: try row.next(), introduction: try row.next(), affiliate: try row.next(),
            company: try row.next(), terms: try row.next(), borneBy: try row.next(),
            instalment: try row.next(), instalmentCount: try row.next(), share: try row.next())
    }

    // MARK: Changing

    /// Takes a row to another state; what becomes approved is invoiced.
    static func move(
        _ entry: Entry, to state: CommissionState, _ words: Words, in transaction: Transaction
    ) async throws {
        let target = try entry.row.state.moving(to: state)
        try await set(entry.row.id, target, words, in: transaction)
        if target == .approved {
            try await Invoices.issue(for: entry, at: words.at, in: transaction)
        }
    }

    /// Takes a row back, and gives it back to whoever was to pay.
    ///
    /// - Returns: the row that says so: itself, or a new negative one.
    @discardableResult
    static func reverse(
        _ entry: Entry, _ reversal: CommissionReversal, _ words: Words,
        in transaction: Transaction
    ) async throws -> CommissionID {
        switch reversal.way {
        case .inPlace:
            _ = try entry.row.state.moving(to: .reversed)
            try await set(entry.row.id, .reversed, words, in: transaction)
            try await bookReversal(entry, of: entry.row.id, entry.row.amount, words.at, transaction)
            try await Invoices.takeBack(entry, at: words.at, in: transaction)
            return entry.row.id
        case .clawback:
            let id = try await insert(
                New(
                    kind: .clawback, amount: try reversal.amount.negated(), dueOn: words.at.date,
                    state: .approved, reverses: entry.row.id),
                like: entry, words, in: transaction)
            try await bookReversal(entry, of: id, reversal.amount, words.at, transaction)
            try await Invoices.credit(
                entry, reversal.amount, because: id, at: words.at, in: transaction)
            return id
        }
    }

    /// Reverses an open row and puts its parts in its place, which must be all of it or less.
    ///
    /// - Returns: the new rows, in the order of the parts.
    static func replace(
        _ entry: Entry, by parts: [(amount: Money, state: CommissionState)], _ words: Words,
        in transaction: Transaction
    ) async throws -> [CommissionID] {
        let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
        guard entry.row.state.isOpen, sum <= entry.row.amount.minorUnits else {
            throw DomainError.conflict(.amountExceedsCommission)
        }
        try await reverse(
            entry,
            CommissionReversal(
                commission: entry.row.id, way: .inPlace, amount: entry.row.amount,
                dueOn: entry.row.dueOn), words, in: transaction)
        var ids: [CommissionID] = []
        for part in parts {
            let new = New(
                kind: .remainder, amount: part.amount, dueOn: entry.row.dueOn, state: part.state,
                replaces: entry.row.id)
            ids.append(try await add(new, like: entry, words, in: transaction))
        }
        return ids
    }

    /// A row to be.
    struct New: Sendable {
        let kind: CommissionKind
        let amount: Money
        let dueOn: CalendarDate
        let state: CommissionState
        var reverses: CommissionID?
        var replaces: CommissionID?
        var borneBy: CommissionBearer?
        var createdBy: AccountID?
        /// The claim by which it was won.
        var dispute: DisputeID?
    }

    /// Adds a row that is earned after the recording, and bills it.
    static func add(
        _ new: New, like entry: Entry, _ words: Words, in transaction: Transaction
    ) async throws -> CommissionID {
        let payer: LedgerAccount =
            new.borneBy == .platform
            ? .platformCost
            : new.borneBy == .company ? .companyReceivable(entry.company) : entry.payer
        let id = try await insert(new, like: entry, words, in: transaction)
        let about = Ledger.Subject(hire: entry.hire, commission: id)
        let ledger = Ledger()
        try await ledger.post(
            .billingAdded(new.amount, to: payer), about: about, at: words.at, in: transaction)
        try await ledger.post(
            .commissionEarned(new.amount, affiliate: entry.affiliate), about: about,
            at: words.at, in: transaction)
        if new.state == .approved {
            let added = try await transaction.first(
                "\(fragment: selection) WHERE m.id = \(id)", Self.entry)
            if let added { try await Invoices.issue(for: added, at: words.at, in: transaction) }
        }
        return id
    }

    private static func insert(
        _ new: New, like entry: Entry, _ words: Words, in transaction: Transaction
    ) async throws -> CommissionID {
        let id = try await transaction.first(
            """
            INSERT INTO commission (hire_id, affiliate_id, terms_id, kind, reverses, replaces,
                borne_by, created_by, dispute_id, instalment, instalment_count, share, remainder,
                amount, currency, due_on, state, reason, note, created_at, state_changed_at)
            VALUES (\(entry.hire), \(entry.affiliate), \(entry.terms), \(new.kind),
                \(new.reverses), \(new.replaces), \(new.borneBy ?? entry.borneBy),
                \(new.createdBy), \(new.dispute), \(entry.instalment), \(entry.instalmentCount),
                \(entry.share), 0, \(new.amount.minorUnits), \(new.amount.currency), \(new.dueOn), \(new.state),
                \(words.reason), \(words.note), \(words.at), \(words.at))
            RETURNING id
            """
        ) { row in try row.next(CommissionID.self) }
        guard let id else { throw DomainError.notFound(.commission) }
        return id
    }

    /// A reason stays until another one is given: it says how a row came to be what it is.
    private static func set(
        _ id: CommissionID, _ state: CommissionState, _ words: Words, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE commission SET state = \(state), reason = coalesce(\(words.reason), reason),
                note = CASE WHEN \(words.note) = '' THEN note ELSE \(words.note) END,
                state_changed_at = \(words.at)
            WHERE id = \(id)
            """)
    }

    /// A negative amount, of a clawback that is taken back, is earned again.
    private static func bookReversal(
        _ entry: Entry, of id: CommissionID, _ amount: Money, _ now: Instant,
        _ transaction: Transaction
    ) async throws {
        let about = Ledger.Subject(hire: entry.hire, commission: id)
        let ledger = Ledger()
        if amount.isPositive {
            try await ledger.post(
                .commissionReversed(amount, affiliate: entry.affiliate), about: about, at: now,
                in: transaction)
            try await ledger.post(
                .billingReversed(amount, to: entry.payer), about: about, at: now, in: transaction)
        } else {
            let again = try amount.negated()
            try await ledger.post(
                .billingAdded(again, to: entry.payer), about: about, at: now, in: transaction)
            try await ledger.post(
                .commissionEarned(again, affiliate: entry.affiliate), about: about, at: now,
                in: transaction)
        }
    }
}
