import Domain
import Postgres

/// What a person answers whom somebody recommended: yes, no, or nothing for 30 days.
package struct RecommendationAnswers: Sendable {
    let database: Database
    let pseudonyms: Pseudonyms

    /// Everything that is kept of the person, to be shown to them.
    package struct Offer: Hashable, Sendable {
        package let introduction: IntroductionID
        package let name: PersonName
        package let email: EmailAddress
        package let phone: PhoneNumber?
        package let language: Language
        /// What the affiliate says of them.
        package let words: CoverMessage
        package let affiliateName: PersonName
        package let jobSlug: JobSlug
        package let jobTitle: JobTitle
        package let jobState: JobState
        package let validThrough: CalendarDate
        package let companyName: CompanyName
        package let stage: Stage
        package let createdAt: Instant
        package let receipt: ReceiptCode
        /// Whether it was confirmed, so that the person's page is that of the application.
        package let isConfirmed: Bool

        /// Whether the job still takes people.
        package func isJobOpen(on today: CalendarDate) -> Bool {
            JobVisibility(state: jobState, validThrough: validThrough, today: today).isOpen
        }

        /// When what is kept is erased if nobody answers.
        package var erasedAt: Instant { createdAt.adding(days: Recommendation.answerDays) }
    }

    /// What the person sends who agrees.
    package struct Confirmation: Sendable {
        package let token: MailToken
        /// Nil leaves what the affiliate gave.
        package let phone: PhoneNumber?
        package let message: CoverMessage
        package let cv: CVFile?
        package let at: Instant

        package init(
            token: MailToken, phone: PhoneNumber?, message: CoverMessage, cv: CVFile?, at: Instant
        ) {
            self.token = token
            self.phone = phone
            self.message = message
            self.cv = cv
            self.at = at
        }
    }

    /// What became of a confirmation.
    package enum Outcome: Hashable, Sendable {
        case accepted(ReceiptCode)
        /// The person was introduced to this job before (rule 1): what was kept is erased.
        case duplicate(CandidateMatch)
    }

    /// What a link leads to.
    ///
    /// - Throws: `notFound(.mailedLink)`, `gone(.mailedLink)` for what is refused, over or erased.
    package func find(_ token: MailToken, at now: Instant) async throws -> Offer {
        let found = try await MailTokens(database: database).find(
            token, for: .answerRecommendation)
        guard let id = found.introduction else { throw DomainError.notFound(.mailedLink) }
        let offer = try await database.readFirst(
            """
            SELECT i.id, p.name, p.email, p.phone, p.language, i.recommendation,
                (SELECT name FROM account WHERE affiliate_id = i.affiliate_id), j.slug, j.title,
                j.state, j.valid_through, c.name, i.stage, i.created_at, i.receipt,
                i.confirmed_at IS NOT NULL
            FROM introduction i
            JOIN candidate p ON p.id = i.candidate_id
            JOIN job j ON j.id = i.job_id
            JOIN company c ON c.id = i.company_id
            WHERE i.id = \(id)
            """
        ) { row in
            Offer(
                introduction: try row.next(), name: try row.next(), email: try row.next(),
                phone: try row.next(), language: try row.next(), words: try row.next(),
                affiliateName: try row.next(), jobSlug: try row.next(),
                jobTitle: try row.next(), jobState: try row.next(),
                validThrough: try row.next(), companyName: try row.next(),
                stage: try row.next(), createdAt: try row.next(), receipt: try row.next(),
                isConfirmed: try row.next())
        }
        guard let offer, offer.isConfirmed || found.works(at: now) else {
            throw DomainError.gone(.mailedLink)
        }
        return offer
    }

    /// Takes the person's agreement: from now on the company sees them, and they belong to the
    /// affiliate unless somebody's confirmation came first; agreeing twice is agreeing once.
    ///
    /// - Throws: `notFound(.mailedLink)`, `gone(.mailedLink)`, `gone(.job)`,
    ///   `conflict(.jobNotPublished)`.
    package func confirm(_ confirmation: Confirmation) async throws -> Outcome {
        let store = Store(database: database)
        do {
            return try await store.write { transaction in
                try await confirm(confirmation, in: transaction)
            }
        } catch DomainError.duplicate(.candidate) {
            // Another confirmation was faster by a moment; now it is there to be found.
            return try await store.write { transaction in
                try await confirm(confirmation, in: transaction)
            }
        }
    }

    private func confirm(
        _ confirmation: Confirmation, in transaction: Transaction
    ) async throws -> Outcome {
        let now = confirmation.at
        guard let locked = try await use(confirmation.token, at: now, in: transaction),
            let affiliate = locked.affiliate
        else { return try await confirmedBefore(confirmation.token, in: transaction) }
        let known = try await person(of: locked.id, in: transaction)
        let job = try await OpenJob.find(known.job, at: now, in: transaction)
        let phone = confirmation.phone ?? known.phone
        let ownership = Ownership(
            job: job, person: SelfDealing.Identity(email: known.email, phone: phone),
            pseudonyms: pseudonyms, at: now)
        try await ownership.release(in: transaction)
        if let owner = try await ownership.owner(in: transaction) {
            try await refuse(
                locked, owner: owner.id, owner.match, job, affiliate, at: now, in: transaction)
            return .duplicate(owner.match)
        }
        // Rule 3: the best that was promised since the affiliate named the person.
        let terms = try await Applications.terms(
            of: job.id, from: known.createdAt, to: now, in: transaction)
        try await transaction.execute(
            """
            UPDATE introduction SET terms_id = \(terms), confirmed_at = \(now), owns = true,
                phone_folded = \(ownership.person.phoneFolded), message = \(confirmation.message),
                stage = \(Stage.submitted), stage_changed_at = \(now)
            WHERE id = \(locked.id)
            """)
        try await keep(confirmation, phone, of: locked.id, in: transaction)
        try await ownership.flag(locked.id, of: affiliate, in: transaction)
        try await ownership.announce(locked.id, broughtBy: affiliate, in: transaction)
        return .accepted(known.receipt)
    }

    /// Erases what is kept of the person, at their wish; refusing twice is refusing once.
    ///
    /// - Throws: `notFound(.mailedLink)`, `gone(.mailedLink)` for what is too old,
    ///   `conflict(.introductionClosed)` for what was confirmed: that is withdrawn on its own page.
    package func refuse(
        _ token: MailToken, at now: Instant, in transaction: Transaction
    ) async throws {
        if let locked = try await use(token, at: now, in: transaction) {
            return try await Self.erase(locked, by: .candidate, at: now, in: transaction)
        }
        let found = try await MailTokens.find(token, for: .answerRecommendation, in: transaction)
        guard let id = found.introduction,
            let locked = try await Stages.lock("i.id = \(id)", in: transaction)
        else { throw DomainError.gone(.mailedLink) }
        guard locked.confirmedAt == nil else {
            throw DomainError.conflict(.introductionClosed(locked.stage))
        }
        guard locked.stage == .withdrawn else { throw DomainError.gone(.mailedLink) }
    }

    // MARK: - Time

    /// Introductions that one transaction expires.
    private static let expiredMax = 100

    /// Erases the people who have not answered for 30 days, and forgets whom was written to before
    /// that; returns how many were erased.
    @discardableResult
    package func expire(at now: Instant) async throws -> Int {
        let oldest = now.adding(days: -Recommendation.answerDays)
        var total = 0
        while true {
            let erased = try await Store(database: database).write { transaction in
                let ids = try await transaction.query(
                    """
                    SELECT id FROM introduction
                    WHERE stage = 'unconfirmed' AND created_at <= \(oldest)
                    ORDER BY created_at, id LIMIT \(Self.expiredMax)
                    FOR NO KEY UPDATE SKIP LOCKED
                    """
                ) { row in try row.next(IntroductionID.self) }
                for id in ids {
                    guard let locked = try await Stages.lock("i.id = \(id)", in: transaction)
                    else { continue }
                    try await Self.erase(locked, by: .system, at: now, in: transaction)
                }
                return ids.count
            }
            total += erased
            if erased < Self.expiredMax { break }
        }
        let forgotten = now.adding(days: -Recommendation.mailDays)
        try await database.execute("DELETE FROM recommendation_mail WHERE at <= \(forgotten)")
        return total
    }
}

extension RecommendationAnswers {
    /// What the affiliate told.
    private struct Known: Sendable {
        let email: EmailAddress
        let phone: PhoneNumber?
        let job: JobSlug
        let createdAt: Instant
        let receipt: ReceiptCode
    }

    /// Uses the token and locks what it is for; nil when it works no longer.
    private func use(
        _ token: MailToken, at now: Instant, in transaction: Transaction
    ) async throws -> Stages.Locked? {
        let used = try await MailTokens.use(
            token, for: .answerRecommendation, at: now, in: transaction)
        guard let id = used?.introduction,
            let locked = try await Stages.lock("i.id = \(id)", in: transaction),
            locked.stage == .unconfirmed
        else { return nil }
        return locked
    }

    private func person(
        of id: IntroductionID, in transaction: Transaction
    ) async throws -> Known {
        let found = try await transaction.first(
            """
            SELECT p.email, p.phone, j.slug, i.created_at, i.receipt
            FROM introduction i
            JOIN candidate p ON p.id = i.candidate_id
            JOIN job j ON j.id = i.job_id
            WHERE i.id = \(id)
            """
        ) { row in
            Known(
                email: try row.next(), phone: try row.next(), job: try row.next(),
                createdAt: try row.next(), receipt: try row.next())
        }
        guard let found else { throw DomainError.gone(.mailedLink) }
        return found
    }

    private func confirmedBefore(
        _ token: MailToken, in transaction: Transaction
    ) async throws -> Outcome {
        let found = try await MailTokens.find(token, for: .answerRecommendation, in: transaction)
        guard let id = found.introduction,
            try await Stages.lock("i.id = \(id)", in: transaction)?.confirmedAt != nil
        else { throw DomainError.gone(.mailedLink) }
        return .accepted(try await person(of: id, in: transaction).receipt)
    }

    /// What belongs to a confirmation besides: telephone, CV, history.
    private func keep(
        _ confirmation: Confirmation, _ phone: PhoneNumber?, of id: IntroductionID,
        in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE candidate SET phone = \(phone)
            WHERE id = (SELECT candidate_id FROM introduction WHERE id = \(id))
            """)
        if let cv = confirmation.cv {
            try await transaction.execute(
                """
                INSERT INTO cv (introduction_id, file_name, bytes, created_at)
                VALUES (\(id), \(cv.name), \(cv.bytes), \(confirmation.at))
                """)
        }
        try await Stages.append(
            Stages.Change(
                introduction: id, from: .unconfirmed, to: .submitted, by: .candidate,
                at: confirmation.at),
            in: transaction)
    }

    /// Somebody's confirmation came first: the second affiliate, and only they, hear of it.
    private func refuse(
        _ locked: Stages.Locked, owner: IntroductionID, _ match: CandidateMatch, _ job: OpenJob,
        _ affiliate: AffiliateID, at now: Instant, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO refusal (affiliate_id, job_id, match, at)
            SELECT \(affiliate), \(job.id), \(match), \(now) FROM introduction
            WHERE id = \(owner) AND affiliate_id IS DISTINCT FROM \(affiliate)
            """)
        try await Stages.apply(
            Stages.Change(
                introduction: locked.id, from: locked.stage, to: .rejected, by: .system,
                reason: RejectionReason.alreadyKnown.rawValue, at: now),
            in: transaction)
        try await Erasure.erase(locked.id, at: now, in: transaction)
    }

    private static func erase(
        _ locked: Stages.Locked, by actor: Actor, at now: Instant, in transaction: Transaction
    ) async throws {
        try await Stages.apply(
            Stages.Change(
                introduction: locked.id, from: locked.stage, to: .withdrawn, by: actor, at: now),
            in: transaction)
        try await Erasure.erase(locked.id, at: now, in: transaction)
    }
}
