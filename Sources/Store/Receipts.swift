import Domain
import Postgres

/// What a candidate sees of their own application; the secret in the address is the key.
package struct Receipts: Sendable {
    let database: Database
    let pseudonyms: Pseudonyms

    /// The state of an application.
    package struct Receipt: Hashable, Sendable {
        package let introduction: IntroductionID
        package let candidateName: PersonName
        package let email: EmailAddress
        package let phone: PhoneNumber?
        package let jobSlug: JobSlug
        package let jobTitle: JobTitle
        package let jobState: JobState
        package let validThrough: CalendarDate
        package let companySlug: CompanySlug
        package let companyName: CompanyName
        package let stage: Stage
        package let rejectionReason: RejectionReason?
        package let submittedAt: Instant
        package let stageChangedAt: Instant
        package let cvName: FileName?
        /// Who brought them; nil when they came alone.
        package let affiliateName: PersonName?
        /// Whether the person was erased at their wish.
        package let isErased: Bool
        /// Oldest first.
        package fileprivate(set) var steps: [StageStep] = []

        /// Whether the job still takes people.
        package func isJobOpen(on today: CalendarDate) -> Bool {
            JobVisibility(state: jobState, validThrough: validThrough, today: today).isOpen
        }

        /// Whether there is anything left to withdraw.
        package var canWithdraw: Bool { stage.next(for: .candidate).contains(.withdrawn) }
    }

    /// The application with a receipt; nil for a secret that nobody has.
    package func find(_ code: ReceiptCode) async throws -> Receipt? {
        var found = try await database.readFirst(
            """
            SELECT i.id, p.name, p.email, p.phone, j.slug, j.title, j.state, j.valid_through, c.slug,
                c.name, i.stage,
                i.rejection_reason, i.created_at, i.stage_changed_at,
                (SELECT file_name FROM cv WHERE introduction_id = i.id),
                (SELECT name FROM account WHERE affiliate_id = i.affiliate_id),
                p.erased_at IS NOT NULL
            FROM introduction i
            JOIN candidate p ON p.id = i.candidate_id
            JOIN job j ON j.id = i.job_id
            JOIN company c ON c.id = i.company_id
            WHERE i.receipt = \(code)
            """
        ) { row in
            Receipt(
                introduction: try row.next(), candidateName: try row.next(),
                email: try row.next(), phone: try row.next(), jobSlug: try row.next(),
                jobTitle: try row.next(), jobState: try row.next(),
                validThrough: try row.next(), companySlug: try row.next(),
                companyName: try row.next(), stage: try row.next(),
                rejectionReason: try row.next(), submittedAt: try row.next(),
                stageChangedAt: try row.next(), cvName: try row.next(),
                affiliateName: try row.next(), isErased: try row.next())
        }
        guard let introduction = found?.introduction else { return nil }
        found?.steps = try await StageHistory.read(of: introduction, from: database)
        return found
    }

    /// Withdraws an application; one that is withdrawn stays as it is.
    ///
    /// - Throws: `notFound(.introduction)`, `conflict(.introductionClosed)`,
    ///   `conflict(.hireReported)`.
    package func withdraw(
        _ code: ReceiptCode, at now: Instant, in transaction: Transaction
    ) async throws {
        let locked = try await Stages.lock("i.receipt = \(code)", in: transaction)
        guard let found = locked else { throw DomainError.notFound(.introduction) }
        guard found.stage != .withdrawn else { return }
        _ = try found.stage.moving(to: .withdrawn, by: .candidate)
        guard found.hire != .reported else { throw DomainError.conflict(.hireReported) }
        try await Self.withdraw(found, at: now, in: transaction)
    }

    static func withdraw(
        _ found: Stages.Locked, at now: Instant, in transaction: Transaction
    ) async throws {
        try await Stages.apply(
            Stages.Change(
                introduction: found.id, from: found.stage, to: .withdrawn, by: .candidate,
                at: now),
            in: transaction)
        var payload = JSONObject()
        payload.set("introduction", found.id)
        let about = "introduction:\(found.id)"
        try await Outbox.add(
            .introductionWithdrawn, to: .company(found.company), about: about, payload: payload,
            at: now, in: transaction)
        if let affiliate = found.affiliate {
            try await Outbox.add(
                .introductionWithdrawn, to: .affiliate(affiliate), about: about,
                payload: payload, at: now, in: transaction)
        }
    }
}
