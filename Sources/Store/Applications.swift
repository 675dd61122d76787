import Domain
import Postgres

/// Applications: a candidate brings themselves, through a link or alone.
package struct Applications: Sendable {
    let pseudonyms: Pseudonyms

    /// What is needed to apply.
    package struct Submission: Sendable {
        package let job: JobSlug
        /// The code of the link the candidate came by; one that is unknown or of another job counts
        /// as none, because a mistyped address must not keep anybody from applying.
        package let via: LinkCode?
        package let application: Application
        /// A new secret for the candidate's own page.
        package let receipt: ReceiptCode
        /// From the form or the request, so that sending it twice makes one.
        package let key: IdempotencyKey?
        package let at: Instant

        package init(
            job: JobSlug, via: LinkCode?, application: Application, receipt: ReceiptCode,
            key: IdempotencyKey?, at: Instant
        ) {
            self.job = job
            self.via = via
            self.application = application
            self.receipt = receipt
            self.key = key
            self.at = at
        }
    }

    /// What became of an application.
    package enum Outcome: Hashable, Sendable {
        case accepted(IntroductionID, ReceiptCode)
        /// Refused: the person was introduced to this job before (rule 1).
        case duplicate(CandidateMatch)
    }

    /// Takes an application: candidate, introduction with its owner and terms, CV, history, flags and
    /// messages together.
    ///
    /// A duplicate is an outcome and not an error, because the second affiliate's note of it commits.
    ///
    /// - Throws: `notFound(.job)`, `gone(.job)`, `conflict(.jobNotPublished)`,
    ///   `conflict(.idempotencyKeyReused)`.
    package func submit(
        _ submission: Submission, in transaction: Transaction
    ) async throws -> Outcome {
        if let replay = try await replay(of: submission, in: transaction) { return replay }
        let job = try await OpenJob.find(submission.job, at: submission.at, in: transaction)
        let link = try await findLink(submission.via, to: job.id, in: transaction)
        let person = SelfDealing.Identity(
            email: submission.application.email, phone: submission.application.phone)
        let ownership = Ownership(
            job: job, person: person, pseudonyms: pseudonyms, at: submission.at)
        let earlier = try await ownership.confirmations(in: transaction)
        let decision = Attribution.decide(
            job: job.id, affiliate: link?.affiliate, earlier: earlier, at: submission.at)
        if case .duplicate(let owner, let match) = decision {
            // It may be this very one, which has committed since the first look.
            if let replay = try await replay(of: submission, in: transaction) { return replay }
            try await note(
                match, owner: owner, link: link, job: job, submission, in: transaction)
            return .duplicate(match)
        }
        let draft = Draft(
            submission: submission, job: job, link: link, decision: decision,
            ownership: ownership)
        guard let id = try await insert(draft, in: transaction) else {
            return try await lostRace(draft, in: transaction)
        }
        try await addParts(of: id, draft, in: transaction)
        return .accepted(id, submission.receipt)
    }

    /// An application on its way into the database.
    private struct Draft {
        let submission: Submission
        let job: OpenJob
        let link: BroughtBy?
        let decision: Attribution.Decision
        let ownership: Ownership

        var person: SelfDealing.Identity { ownership.person }
    }

    private struct BroughtBy: Sendable {
        let link: LinkID
        let affiliate: AffiliateID
    }

    private func replay(
        of submission: Submission, in transaction: Transaction
    ) async throws -> Outcome? {
        guard let key = submission.key else { return nil }
        let found = try await transaction.first(
            """
            SELECT i.id, i.receipt, i.email_folded, j.slug
            FROM introduction i JOIN job j ON j.id = i.job_id WHERE i.application_key = \(key)
            """
        ) { row in
            (
                id: try row.next(IntroductionID.self), receipt: try row.next(ReceiptCode.self),
                email: try row.next(String.self), slug: try row.next(JobSlug.self)
            )
        }
        guard let found else { return nil }
        guard found.slug == submission.job, found.email == submission.application.email.folded
        else { throw DomainError.conflict(.idempotencyKeyReused) }
        return .accepted(found.id, found.receipt)
    }

    private func findLink(
        _ code: LinkCode?, to job: JobID, in transaction: Transaction
    ) async throws -> BroughtBy? {
        guard let code else { return nil }
        return try await transaction.first(
            "SELECT id, affiliate_id FROM link WHERE code = \(code) AND job_id = \(job)"
        ) { row in BroughtBy(link: try row.next(), affiliate: try row.next()) }
    }

    /// Tells the second affiliate, and only them, that the person was introduced before.
    private func note(
        _ match: CandidateMatch, owner: IntroductionID, link: BroughtBy?, job: OpenJob,
        _ submission: Submission, in transaction: Transaction
    ) async throws {
        guard let link else { return }
        try await transaction.execute(
            """
            INSERT INTO refusal (affiliate_id, job_id, link_id, match, application_key, at)
            SELECT \(link.affiliate), \(job.id), \(link.link), \(match), \(submission.key),
                \(submission.at)
            FROM introduction
            WHERE id = \(owner) AND affiliate_id IS DISTINCT FROM \(link.affiliate)
            ON CONFLICT (application_key) DO NOTHING
            """)
    }

    /// The application that came first has committed in between: it is this very one, or another.
    private func lostRace(_ draft: Draft, in transaction: Transaction) async throws -> Outcome {
        if let replay = try await replay(of: draft.submission, in: transaction) { return replay }
        let owner = try await draft.ownership.owner(in: transaction)
        guard let owner else { throw DomainError.duplicate(.candidate(.email)) }
        try await note(
            owner.match, owner: owner.id, link: draft.link, job: draft.job, draft.submission,
            in: transaction)
        return .duplicate(owner.match)
    }
}

extension Applications {
    /// Inserts candidate and introduction; nil when another application was faster.
    private func insert(
        _ draft: Draft, in transaction: Transaction
    ) async throws -> IntroductionID? {
        let application = draft.submission.application
        let now = draft.submission.at
        try await draft.ownership.release(in: transaction)
        let terms = try await Self.terms(
            of: draft.job.id, from: now, to: now, in: transaction)
        let candidate = try await transaction.first(
            """
            INSERT INTO candidate (name, email, phone, language, created_at)
            VALUES (\(application.name), \(application.email), \(application.phone),
                \(application.language), \(now)) RETURNING id
            """
        ) { row in try row.next(CandidateID.self) }
        guard let candidate else { return nil }
        let origin = draft.link == nil ? "direct" : "link"
        let id = try await transaction.first(
            """
            INSERT INTO introduction (job_id, company_id, candidate_id, origin, link_id,
                affiliate_id, carried_from, terms_id, stage, message, email_folded, phone_folded,
                owns, receipt, application_key, created_at, confirmed_at, stage_changed_at)
            VALUES (\(draft.job.id), \(draft.job.company), \(candidate), \(origin),
                \(draft.link?.link), \(draft.decision.affiliate), \(draft.decision.carriedFrom),
                \(terms), \(Stage.submitted), \(application.message),
                \(draft.person.emailFolded), \(draft.person.phoneFolded), true,
                \(draft.submission.receipt), \(draft.submission.key), \(now), \(now), \(now))
            ON CONFLICT DO NOTHING RETURNING id
            """
        ) { row in try row.next(IntroductionID.self) }
        if id == nil {
            try await transaction.execute("DELETE FROM candidate WHERE id = \(candidate)")
        }
        return id
    }

    /// Rule 3: the version to which an introduction is bound.
    static func terms(
        of job: JobID, from created: Instant, to confirmed: Instant, in transaction: Transaction
    ) async throws -> TermsID {
        let versions = try await transaction.query(
            """
            SELECT id, version, commission, currency, guarantee_days, instalments, in_force_from,
                in_force_until
            FROM terms WHERE job_id = \(job)
                AND (in_force_until IS NULL OR in_force_until > \(created))
            ORDER BY version
            """
        ) { row in
            Terms(
                id: try row.next(), version: try row.next(), offer: try row.offer(),
                inForceFrom: try row.next(), inForceUntil: try row.next())
        }
        // An instance whose clock is behind may apply before the first version began.
        let best = Terms.best(of: versions, from: created, to: confirmed) ?? versions.first
        guard let best else { throw DomainError.notFound(.job) }
        return best.id
    }

    /// What belongs to an introduction: CV, history, flags and messages.
    private func addParts(
        of id: IntroductionID, _ draft: Draft, in transaction: Transaction
    ) async throws {
        let now = draft.submission.at
        if let cv = draft.submission.application.cv {
            try await transaction.execute(
                """
                INSERT INTO cv (introduction_id, file_name, bytes, created_at)
                VALUES (\(id), \(cv.name), \(cv.bytes), \(now))
                """)
        }
        try await Stages.append(
            Stages.Change(introduction: id, from: nil, to: .submitted, by: .candidate, at: now),
            in: transaction)
        if let affiliate = draft.decision.affiliate {
            try await draft.ownership.flag(id, of: affiliate, in: transaction)
        }
        try await draft.ownership.announce(
            id, broughtBy: draft.decision.affiliate, in: transaction)
    }
}

extension Attribution.Decision {
    fileprivate var carriedFrom: IntroductionID? {
        guard case .carried(_, let introduction) = self else { return nil }
        return introduction
    }
}
