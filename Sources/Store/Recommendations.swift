import Domain
import Postgres

/// People whom affiliates name for jobs. Until they agree, only they and the affiliate know.
package struct Recommendations: Sendable {
    let database: Database
    let pseudonyms: Pseudonyms

    /// What is needed to recommend somebody.
    package struct Submission: Sendable {
        package let job: JobSlug
        package let recommendation: Recommendation
        /// New secrets: for the person's own page, and for the link in the mail.
        package let receipt: ReceiptCode
        package let token: MailToken
        package let at: Instant

        package init(
            job: JobSlug, recommendation: Recommendation, receipt: ReceiptCode, token: MailToken,
            at: Instant
        ) {
            self.job = job
            self.recommendation = recommendation
            self.receipt = receipt
            self.token = token
            self.at = at
        }
    }

    /// Keeps a recommendation and asks the person, who reads in the mail who named them and what is
    /// kept (GDPR Art. 14).
    ///
    /// - Throws: `notFound(.job)`, `gone(.job)`, `conflict(.jobNotPublished)`,
    ///   `conflict(.addressNotConfirmed)`, `conflict(.recommendationWaiting)`,
    ///   `duplicate(.candidate(…))`, `tooMany(.recommendations, …)`,
    ///   `tooMany(.recommendationsOfPerson, …)`.
    package func submit(
        _ submission: Submission, by principal: Principal, in transaction: Transaction
    ) async throws -> IntroductionID {
        guard let affiliate = principal.affiliate else { throw DomainError.forbidden }
        // Strangers are written to in the affiliate's name: it has to be somebody who can be reached.
        try await AccountLock.demandConfirmed(principal.account, in: transaction)
        let job = try await OpenJob.find(submission.job, at: submission.at, in: transaction)
        try await bound(affiliate, at: submission.at, in: transaction)
        let person = SelfDealing.Identity(
            email: submission.recommendation.email, phone: submission.recommendation.phone)
        let ownership = Ownership(
            job: job, person: person, pseudonyms: pseudonyms, at: submission.at)
        let decision = Attribution.decide(
            job: job.id, affiliate: affiliate,
            earlier: try await ownership.confirmations(in: transaction), at: submission.at)
        if case .duplicate(_, let match) = decision {
            throw DomainError.duplicate(.candidate(match))
        }
        try await refuseWaiting(ownership, affiliate, in: transaction)
        try await boundMails(to: person, at: submission.at, in: transaction)
        let id = try await insert(submission, ownership, affiliate, in: transaction)
        try await Stages.append(
            Stages.Change(
                introduction: id, from: nil, to: .unconfirmed, by: Actor(principal),
                at: submission.at),
            in: transaction)
        try await MailTokens.keep(submission.token, of: id, at: submission.at, in: transaction)
        try await ask(id, submission, job, principal, in: transaction)
        return id
    }

    /// One after the other, so that nobody gets past the bound by sending many at once.
    private func bound(
        _ affiliate: AffiliateID, at now: Instant, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            "SELECT FROM affiliate WHERE id = \(affiliate) FOR NO KEY UPDATE")
        let start = now.adding(days: -1)
        let today = try await transaction.first(
            """
            SELECT count(*), coalesce(min(created_at), \(now)) FROM introduction
            WHERE affiliate_id = \(affiliate) AND origin = 'recommendation'
                AND created_at > \(start)
            """
        ) { row in (count: try row.next(Int.self), since: try row.next(Instant.self)) }
        guard let today, today.count >= Recommendation.perAffiliateMax else { return }
        throw DomainError.tooMany(
            .recommendations,
            retryAfterSeconds: MailedLinkPolicy.wait(since: today.since, at: now))
    }

    private func refuseWaiting(
        _ ownership: Ownership, _ affiliate: AffiliateID, in transaction: Transaction
    ) async throws {
        let isWaiting = try await transaction.first(
            """
            SELECT EXISTS (SELECT FROM introduction
                WHERE affiliate_id = \(affiliate) AND job_id = \(ownership.job.id)
                    AND stage = 'unconfirmed' AND email_folded = \(ownership.person.emailFolded))
            """
        ) { row in try row.next(Bool.self) }
        if isWaiting == true { throw DomainError.conflict(.recommendationWaiting) }
    }

    /// Nobody is written to more often than `Recommendation.mailsMax`, whoever recommends them.
    private func boundMails(
        to person: SelfDealing.Identity, at now: Instant, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(\(person.emailFolded), 0))")
        let start = now.adding(days: -Recommendation.mailDays)
        let sent = try await transaction.first(
            """
            SELECT count(*), coalesce(min(at), \(now)) FROM recommendation_mail
            WHERE address_hash = sha256(convert_to(\(person.emailFolded), 'UTF8'))
                AND at > \(start)
            """
        ) { row in (count: try row.next(Int.self), since: try row.next(Instant.self)) }
        if let sent, sent.count >= Recommendation.mailsMax {
            let end = sent.since.adding(days: Recommendation.mailDays)
            let seconds = Int((end.microseconds - now.microseconds) / 1_000_000)
            throw DomainError.tooMany(.recommendationsOfPerson, retryAfterSeconds: max(1, seconds))
        }
        try await transaction.execute(
            """
            INSERT INTO recommendation_mail (address_hash, at)
            VALUES (sha256(convert_to(\(person.emailFolded), 'UTF8')), \(now))
            """)
    }

    private func insert(
        _ submission: Submission, _ ownership: Ownership, _ affiliate: AffiliateID,
        in transaction: Transaction
    ) async throws -> IntroductionID {
        let named = submission.recommendation
        let now = submission.at
        let id = try await transaction.first(
            """
            WITH person AS (
                INSERT INTO candidate (name, email, phone, language, created_at)
                VALUES (\(named.name), \(named.email), \(named.phone), \(named.language), \(now))
                RETURNING id)
            INSERT INTO introduction (job_id, company_id, candidate_id, origin, affiliate_id, stage,
                recommendation, email_folded, phone_folded, owns, receipt, created_at,
                stage_changed_at)
            SELECT \(ownership.job.id), \(ownership.job.company), id, 'recommendation', \(affiliate),
                \(Stage.unconfirmed), \(named.words), \(ownership.person.emailFolded),
                \(ownership.person.phoneFolded), false, \(submission.receipt), \(now), \(now)
            FROM person RETURNING id
            """
        ) { row in try row.next(IntroductionID.self) }
        guard let id else { throw DomainError.notFound(.introduction) }
        return id
    }

    private func ask(
        _ id: IntroductionID, _ submission: Submission, _ job: OpenJob, _ principal: Principal,
        in transaction: Transaction
    ) async throws {
        let names = try await transaction.first(
            """
            SELECT a.name, j.title, c.name
            FROM account a, job j JOIN company c ON c.id = j.company_id
            WHERE a.id = \(principal.account) AND j.id = \(job.id)
            """
        ) { row in
            (
                affiliate: try row.next(PersonName.self), job: try row.next(JobTitle.self),
                company: try row.next(CompanyName.self)
            )
        }
        let named = submission.recommendation
        var payload = JSONObject()
        payload.set("introduction", id)
        payload.set("token", submission.token.text)
        payload.set("name", named.name.text)
        payload.set("address", named.email.text)
        payload.set("phone", named.phone?.text)
        payload.set("language", named.language.rawValue)
        payload.set("words", named.words.text)
        payload.set("affiliate_name", names?.affiliate.text)
        payload.set("job_slug", submission.job.text)
        payload.set("job_title", names?.job.text)
        payload.set("company_name", names?.company.text)
        payload.set("answer_until", submission.at.adding(days: Recommendation.answerDays).rfc3339)
        try await Outbox.add(
            .recommendationConfirm, to: .candidate(id), about: "introduction:\(id)",
            payload: payload, at: submission.at, in: transaction)
    }

    // MARK: - What became of them

    /// A recommendation that was not confirmed, as its affiliate sees it.
    package struct Summary: Hashable, Sendable {
        package let id: IntroductionID
        /// A dash once the person is erased.
        package let candidateName: PersonName
        package let jobSlug: JobSlug
        package let jobTitle: JobTitle
        package let companyName: CompanyName
        /// `unconfirmed`; `withdrawn` by the person or after 30 days; `rejected` as a duplicate.
        package let stage: Stage
        package let rejectionReason: RejectionReason?
        package let createdAt: Instant
        package let stageChangedAt: Instant
    }

    /// An affiliate's recommendations that wait or came to nothing, the newest first.
    package func unconfirmed(
        of affiliate: AffiliateID, limit: PageLimit = .usual
    ) async throws -> [Summary] {
        try await database.query(
            """
            SELECT i.id, p.name, j.slug, j.title, c.name, i.stage, i.rejection_reason,
                i.created_at, i.stage_changed_at
            FROM introduction i
            JOIN candidate p ON p.id = i.candidate_id
            JOIN job j ON j.id = i.job_id
            JOIN company c ON c.id = i.company_id
            WHERE i.affiliate_id = \(affiliate) AND i.confirmed_at IS NULL
            ORDER BY i.id DESC LIMIT \(limit.value)
            """
        ) { row in
            Summary(
                id: try row.next(), candidateName: try row.next(), jobSlug: try row.next(),
                jobTitle: try row.next(), companyName: try row.next(), stage: try row.next(),
                rejectionReason: try row.next(), createdAt: try row.next(),
                stageChangedAt: try row.next())
        }
    }
}
