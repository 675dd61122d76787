import Domain
import Postgres

/// One person and one job at the moment of a confirmation: to whom they belong (rule 1), and what
/// belongs to every confirmation.
struct Ownership: Sendable {
    let job: OpenJob
    let person: SelfDealing.Identity
    let at: Instant
    /// Under which the person's address may stand: as it is, or hashed once it was erased.
    private let addresses: [String]

    init(
        job: OpenJob, person: SelfDealing.Identity, pseudonyms: Pseudonyms, at: Instant
    ) {
        self.job = job
        self.person = person
        self.at = at
        addresses = pseudonyms.all(person.emailFolded)
    }

    /// Earlier confirmations of the person with the company.
    func confirmations(in transaction: Transaction) async throws -> [Attribution.Confirmation] {
        let oldest = at.adding(days: -Attribution.ownershipDays)
        // Two indices, one for each way in which a person is found again. What was carried over is
        // nobody's own: passed on again and again it would never end after 180 days.
        return try await transaction.query(
            """
            SELECT id, job_id, CASE WHEN carried_from IS NULL THEN affiliate_id END, confirmed_at,
                'email' FROM introduction
            WHERE company_id = \(job.company) AND confirmed_at > \(oldest)
                AND email_folded = ANY (\(addresses))
            UNION ALL
            SELECT id, job_id, CASE WHEN carried_from IS NULL THEN affiliate_id END, confirmed_at,
                'phone' FROM introduction
            WHERE company_id = \(job.company) AND confirmed_at > \(oldest)
                AND phone_folded = \(person.phoneFolded)
                AND email_folded <> ALL (\(addresses))
            """
        ) { row in
            Attribution.Confirmation(
                introduction: try row.next(), job: try row.next(), affiliate: try row.next(),
                confirmedAt: try row.next(), match: try row.next())
        }
    }

    /// The introduction that owns the person for this job, however old; nil when nobody does.
    func owner(
        in transaction: Transaction
    ) async throws -> (id: IntroductionID, match: CandidateMatch)? {
        try await transaction.first(
            """
            SELECT id, CASE WHEN email_folded = ANY (\(addresses)) THEN 'email'
                ELSE 'phone' END
            FROM introduction
            WHERE job_id = \(job.id) AND owns AND (email_folded = ANY (\(addresses))
                OR phone_folded = \(person.phoneFolded))
            ORDER BY id LIMIT 1
            """
        ) { row in
            (id: try row.next(IntroductionID.self), match: try row.next(CandidateMatch.self))
        }
    }

    /// Ends ownerships that are older than 180 days, so that the index lets the next one in.
    ///
    /// A hire that waits for its recording keeps its owner, and whoever works there is not introduced
    /// again. It is looked for when the introductions
    /// are locked: one statement would not see what was reported while it waited for them.
    func release(in transaction: Transaction) async throws {
        let oldest = at.adding(days: -Attribution.ownershipDays)
        let over = try await transaction.query(
            """
            SELECT id FROM introduction
            WHERE job_id = \(job.id) AND owns AND confirmed_at <= \(oldest)
                AND (email_folded = ANY (\(addresses))
                    OR phone_folded = \(person.phoneFolded))
            ORDER BY id FOR NO KEY UPDATE
            """
        ) { row in try row.next(IntroductionID.self) }
        guard !over.isEmpty else { return }
        try await transaction.execute(
            """
            UPDATE introduction i SET owns = false
            WHERE id = ANY (\(over.map(\.rawValue))) AND NOT EXISTS (
                SELECT FROM hire WHERE introduction_id = i.id
                    AND state IN ('reported', 'recorded', 'confirmed'))
            """)
    }

    /// Marks what an admin should look at before money moves (rule 10).
    func flag(
        _ id: IntroductionID, of affiliate: AffiliateID, in transaction: Transaction
    ) async throws {
        let people = try await transaction.query(
            """
            SELECT affiliate_id IS NOT NULL, email_folded FROM account
            WHERE affiliate_id = \(affiliate) OR company_id = \(job.company)
            """
        ) { row in
            (
                isAffiliate: try row.next(Bool.self),
                identity: SelfDealing.Identity(
                    emailFolded: try row.next(), phoneFolded: nil)
            )
        }
        guard let owner = people.first(where: { $0.isAffiliate })?.identity else { return }
        let flags = SelfDealing.flags(
            candidate: person, affiliate: owner,
            companyPeople: people.filter { !$0.isAffiliate }.map(\.identity))
        for flag in flags {
            try await transaction.execute(
                """
                INSERT INTO self_dealing (introduction_id, flag, found_at)
                VALUES (\(id), \(flag), \(at))
                """)
        }
    }

    /// Tells the candidate, the company and whoever brought them.
    func announce(
        _ id: IntroductionID, broughtBy affiliate: AffiliateID?, in transaction: Transaction
    ) async throws {
        let about = "introduction:\(id)"
        var payload = JSONObject()
        payload.set("introduction", id)
        payload.set("job", job.id)
        try await Outbox.add(
            .applicationReceived, to: .candidate(id), about: about, payload: payload, at: at,
            in: transaction)
        try await Outbox.add(
            .introductionSubmitted, to: .company(job.company), about: about,
            payload: payload, at: at, in: transaction)
        if let affiliate {
            try await Outbox.add(
                .introductionSubmitted, to: .affiliate(affiliate), about: about,
                payload: payload, at: at, in: transaction)
        }
    }
}
