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
        let step = try await Self.apply(
            Change(
                introduction: id, from: introduction.stage, to: move.target,
                by: Actor(principal), reason: move.reason?.rawValue, note: move.note, at: now),
            in: transaction)
        try await announce(
            introduction, to: move.target, reason: move.reason, step: step, by: principal,
            at: now, in: transaction)
    }

    /// Takes back a rejection: the candidate goes on from where they were; one who is not rejected
    /// stays as they are.
    ///
    /// - Throws: `notFound(.introduction)` also for somebody else's, `conflict(.ownershipEnded)`,
    ///   `conflict(.introductionClosed)` for who withdrew or is hired.
    package func reopen(
        _ id: IntroductionID, note: Note, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let introduction = try await Self.lock(id, for: principal, in: transaction)
        guard introduction.stage.isFinal else { return }
        guard introduction.stage == .rejected, introduction.confirmedAt != nil else {
            throw DomainError.conflict(.introductionClosed(introduction.stage))
        }
        guard introduction.owns else { throw DomainError.conflict(.ownershipEnded) }
        let (stage, step) = try await Self.reopen(
            introduction, by: Actor(principal), note: note, at: now, in: transaction)
        try await announce(
            introduction, to: stage, reason: nil, step: step, by: principal, at: now,
            in: transaction)
    }

    /// Puts somebody whose stage is final back to the stage before it.
    @discardableResult
    static func reopen(
        _ introduction: Locked, by actor: Actor, note: Note, at now: Instant,
        in transaction: Transaction
    ) async throws -> (Stage, Int64) {
        let before = try await transaction.first(
            """
            SELECT from_stage FROM stage_history
            WHERE introduction_id = \(introduction.id) AND to_stage = \(introduction.stage)
            ORDER BY id DESC LIMIT 1
            """
        ) { row in try row.next(Stage?.self) }
        guard let stage = before ?? nil else {
            throw DomainError.conflict(.introductionClosed(introduction.stage))
        }
        let target = try introduction.stage.reopened(to: stage)
        let step = try await apply(
            Change(
                introduction: introduction.id, from: introduction.stage, to: target, by: actor,
                note: note, at: now),
            in: transaction)
        return (target, step)
    }

    private func announce(
        _ introduction: Locked, to stage: Stage, reason: RejectionReason?, step: Int64,
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        var payload = JSONObject()
        payload.set("introduction", introduction.id)
        payload.set("stage", stage.rawValue)
        payload.set("reason", reason?.rawValue)
        // By the step: whoever is put back comes to a stage a second time.
        let about = "introduction:\(introduction.id):\(stage.rawValue):\(step)"
        try await Outbox.add(
            .introductionMoved, to: .candidate(introduction.id), about: about, payload: payload,
            at: now, in: transaction)
        if principal.role == .admin {
            try await Outbox.add(
                .introductionMoved, to: .company(introduction.company), about: about,
                payload: payload, at: now, in: transaction)
        }
        if let affiliate = introduction.affiliate {
            try await Outbox.add(
                .introductionMoved, to: .affiliate(affiliate), about: about, payload: payload,
                at: now, in: transaction)
        }
    }

    /// Sets the stage and adds the row of history that belongs to it; returns that row's key.
    @discardableResult
    static func apply(_ change: Change, in transaction: Transaction) async throws -> Int64 {
        let rejection = change.to == .rejected ? change.reason : nil
        try await transaction.execute(
            """
            UPDATE introduction SET stage = \(change.to), rejection_reason = \(rejection),
                stage_changed_at = \(change.at)
            WHERE id = \(change.introduction)
            """)
        return try await append(change, in: transaction)
    }

    /// Adds a row of history; returns its key.
    @discardableResult
    static func append(_ change: Change, in transaction: Transaction) async throws -> Int64 {
        let step = try await transaction.first(
            """
            INSERT INTO stage_history (introduction_id, at, actor, account_id, from_stage,
                to_stage, reason, note)
            VALUES (\(change.introduction), \(change.at), \(change.actor.kind),
                \(change.actor.account), \(change.from), \(change.to), \(change.reason),
                \(change.note)) RETURNING id
            """
        ) { row in try row.next(Int64.self) }
        return step ?? 0
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
            """
            SELECT state FROM hire WHERE introduction_id = \(found.id) AND state <> 'cancelled'
            """
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
