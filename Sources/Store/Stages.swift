import Domain
import Postgres

/// Moving a candidate along, and the history of it.
package struct Stages: Sendable {
    /// One row of the history to be.
    struct Change: Sendable {
        let introduction: IntroductionID
        let from: Stage?
        let to: Stage
        let actor: Actor
        let reason: String?
        let note: Note
        let at: Instant

        init(
            introduction: IntroductionID, from: Stage?, to: Stage, by actor: Actor,
            reason: String? = nil, note: Note = Note(stored: ""), at: Instant
        ) {
            self.introduction = introduction
            self.from = from
            self.to = to
            self.actor = actor
            self.reason = reason
            self.note = note
            self.at = at
        }
    }

    /// An introduction that nobody else changes until the transaction ends.
    struct Locked: Sendable {
        let id: IntroductionID
        let job: JobID
        let company: CompanyID
        let affiliate: AffiliateID?
        let terms: TermsID?
        let stage: Stage
        let confirmedAt: Instant?
        /// False when somebody else confirmed the same person after the 180 days (rule 1).
        let owns: Bool
        fileprivate(set) var hire: HireState?
    }

    /// Takes the company's or an admin's decision; the stage it has already stays as it is.
    ///
    /// - Throws: `notFound(.introduction)` also for somebody else's, `conflict(.stage)`,
    ///   `conflict(.introductionClosed)`, `conflict(.hireReported)`.
    package func move(
        _ id: IntroductionID, _ move: StageMove, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let introduction = try await Self.lock(id, for: principal, in: transaction)
        guard introduction.stage != move.target else { return }
        let mover: StageMover = principal.role == .admin ? .admin : .company
        _ = try introduction.stage.moving(to: move.target, by: mover)
        guard introduction.hire != .reported || !move.target.isFinal else {
            throw DomainError.conflict(.hireReported)
        }
        try await Self.apply(
            Change(
                introduction: id, from: introduction.stage, to: move.target,
                by: Actor(principal), reason: move.reason?.rawValue, note: move.note, at: now),
            in: transaction)
        try await announce(introduction, move, at: now, in: transaction)
    }

    private func announce(
        _ introduction: Locked, _ move: StageMove, at now: Instant, in transaction: Transaction
    ) async throws {
        var payload = JSONObject()
        payload.set("introduction", introduction.id)
        payload.set("stage", move.target.rawValue)
        payload.set("reason", move.reason?.rawValue)
        let about = "introduction:\(introduction.id):\(move.target.rawValue)"
        try await Outbox.add(
            .introductionMoved, to: .candidate(introduction.id), about: about, payload: payload,
            at: now, in: transaction)
        if let affiliate = introduction.affiliate {
            try await Outbox.add(
                .introductionMoved, to: .affiliate(affiliate), about: about, payload: payload,
                at: now, in: transaction)
        }
    }

    /// Sets the stage and adds the row of history that belongs to it.
    static func apply(_ change: Change, in transaction: Transaction) async throws {
        let rejection = change.to == .rejected ? change.reason : nil
        try await transaction.execute(
            """
            UPDATE introduction SET stage = \(change.to), rejection_reason = \(rejection),
                stage_changed_at = \(change.at)
            WHERE id = \(change.introduction)
            """)
        try await append(change, in: transaction)
    }

    /// Adds a row of history.
    static func append(_ change: Change, in transaction: Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO stage_history (introduction_id, at, actor, account_id, from_stage,
                to_stage, reason, note)
            VALUES (\(change.introduction), \(change.at), \(change.actor.kind),
                \(change.actor.account), \(change.from), \(change.to), \(change.reason),
                \(change.note))
            """)
    }

    /// Locks an introduction of the principal's company, or any for an admin.
    ///
    /// What the company may not see yet, because the candidate has not confirmed, is not found.
    static func lock(
        _ id: IntroductionID, for principal: Principal, in transaction: Transaction
    ) async throws -> Locked {
        let found = try await lock("i.id = \(id)", in: transaction)
        switch principal {
        case .admin: break
        case .company(_, let company):
            guard found?.company == company, found?.confirmedAt != nil else {
                throw DomainError.notFound(.introduction)
            }
        case .affiliate: throw DomainError.forbidden
        }
        guard let found else { throw DomainError.notFound(.introduction) }
        return found
    }

    /// Locks the introduction that a condition on `i` finds.
    ///
    /// The hire is read by a second statement: one statement would wait for the lock and then show
    /// the hire as it was before the wait.
    static func lock(
        _ condition: SQL, in transaction: Transaction
    ) async throws -> Locked? {
        let found = try await transaction.first(
            """
            SELECT i.id, i.job_id, i.company_id, i.affiliate_id, i.terms_id, i.stage,
                i.confirmed_at, i.owns
            FROM introduction i WHERE \(fragment: condition) FOR NO KEY UPDATE OF i
            """, locked)
        guard var found else { return nil }
        found.hire = try await transaction.first(
            "SELECT state FROM hire WHERE introduction_id = \(found.id)"
        ) { row in try row.next(HireState.self) }
        return found
    }

    private static func locked(_ row: inout Row) throws -> Locked {
        Locked(
            id: try row.next(), job: try row.next(), company: try row.next(),
            affiliate: try row.next(), terms: try row.next(), stage: try row.next(),
            confirmedAt: try row.next(), owns: try row.next())
    }
}
