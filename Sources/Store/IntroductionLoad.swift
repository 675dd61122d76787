import Domain
import Postgres

/// Many introductions at once, each with its candidate, history and CV told, instead of lived
/// through `Applications` and `Stages`.
///
/// Nothing is announced: no messages are written. Hires are not loaded: money is made by
/// `HireRecording` only.
package struct IntroductionLoad: Sendable {
    /// Rows of one statement; more are divided by the caller.
    package static let rowsMax = 2000

    /// How a candidate came to a job.
    package enum Origin: Hashable, Sendable {
        case link(LinkID, AffiliateID)
        case recommendation(AffiliateID)
        case direct

        fileprivate var name: String {
            switch self {
            case .link: "link"
            case .recommendation: "recommendation"
            case .direct: "direct"
            }
        }

        fileprivate var link: LinkID? {
            guard case .link(let link, _) = self else { return nil }
            return link
        }

        package var affiliate: AffiliateID? {
            switch self {
            case .link(_, let affiliate), .recommendation(let affiliate): affiliate
            case .direct: nil
            }
        }
    }

    /// One row of a history.
    package struct Step: Sendable {
        package let at: Instant
        package let actor: Actor
        package let to: Stage
        package let reason: RejectionReason?
        package let note: Note

        package init(
            at: Instant, actor: Actor, to: Stage, reason: RejectionReason? = nil,
            note: Note = Note(stored: "")
        ) {
            self.at = at
            self.actor = actor
            self.to = to
            self.reason = reason
            self.note = note
        }
    }

    /// An introduction with its history.
    package struct NewIntroduction: Sendable {
        /// A job with one version of its terms.
        package let job: JobID
        package let company: CompanyID
        package let origin: Origin
        package let application: Application
        package let receipt: ReceiptCode
        /// In order of time, never empty; the first says where it began, the last where it stands.
        package let steps: [Step]
        package let flags: [SelfDealing]

        package init(
            job: JobID, company: CompanyID, origin: Origin, application: Application,
            receipt: ReceiptCode, steps: [Step], flags: [SelfDealing]
        ) {
            self.job = job
            self.company = company
            self.origin = origin
            self.application = application
            self.receipt = receipt
            self.steps = steps
            self.flags = flags
        }

        fileprivate var createdAt: Instant? { steps.first?.at }
        fileprivate var stage: Stage { steps.last?.to ?? .submitted }
        fileprivate var changedAt: Instant? { steps.last?.at }
        fileprivate var confirmedAt: Instant? { steps.first { $0.to == .submitted }?.at }
        fileprivate var reason: RejectionReason? { steps.last?.reason }
        fileprivate var person: SelfDealing.Identity {
            SelfDealing.Identity(email: application.email, phone: application.phone)
        }
    }

    /// Inserts introductions; returns their keys in the same order.
    ///
    /// - Parameter loaded: at most `rowsMax`.
    /// - Throws: `DomainError.duplicate(.candidate)` for one person twice at a job.
    package func insert(
        _ loaded: [NewIntroduction], in transaction: Transaction
    ) async throws -> [IntroductionID] {
        precondition(loaded.count <= Self.rowsMax, "at most \(Self.rowsMax) in one statement")
        guard !loaded.isEmpty else { return [] }
        let candidates = try await insertCandidates(of: loaded, in: transaction)
        let rows = try await transaction.query(
            """
            INSERT INTO introduction (job_id, company_id, candidate_id, origin, link_id,
                affiliate_id, terms_id, stage, rejection_reason, message, email_folded,
                phone_folded, owns, receipt, created_at, confirmed_at, stage_changed_at)
            SELECT p.job_id, company_id, candidate_id, origin, link_id, affiliate_id,
                CASE WHEN confirmed_at IS NOT NULL THEN t.id END, stage, rejection_reason,
                message, email_folded, phone_folded, confirmed_at IS NOT NULL, receipt,
                created_at, confirmed_at, stage_changed_at
            FROM unnest(\(fragment: Self.place(of: loaded, candidates)),
                \(fragment: Self.person(of: loaded)), \(fragment: Self.progress(of: loaded)))
                WITH ORDINALITY AS p (job_id, company_id, candidate_id, origin, link_id,
                    affiliate_id, message, email_folded, phone_folded, receipt, stage,
                    rejection_reason, created_at, confirmed_at, stage_changed_at, position)
            JOIN terms t ON t.job_id = p.job_id AND t.in_force_until IS NULL
            ORDER BY position RETURNING id
            """
        ) { row in try row.next(IntroductionID.self) }
        // Keys are given in the order of the rows, so sorted they belong to them one by one.
        let ids = rows.sorted()
        try await insertHistory(of: loaded, ids, in: transaction)
        try await insertCVs(of: loaded, ids, in: transaction)
        try await insertFlags(of: loaded, ids, in: transaction)
        return ids
    }

    private func insertCandidates(
        of loaded: [NewIntroduction], in transaction: Transaction
    ) async throws -> [CandidateID] {
        let people = loaded.map(\.application)
        let rows = try await transaction.query(
            """
            INSERT INTO candidate (name, email, phone, language, created_at)
            SELECT name, email, phone, language, created_at
            FROM unnest(\(people.map(\.name.text)), \(people.map(\.email.text)),
                \(people.map { $0.phone?.text }), \(people.map(\.language.rawValue)),
                \(loaded.map { $0.createdAt.map { PostgresTimestamp($0) } }))
                WITH ORDINALITY AS loaded (name, email, phone, language, created_at, position)
            ORDER BY position RETURNING id
            """
        ) { row in try row.next(CandidateID.self) }
        return rows.sorted()
    }

    private func insertHistory(
        of loaded: [NewIntroduction], _ ids: [IntroductionID], in transaction: Transaction
    ) async throws {
        var rows: [(id: IntroductionID, from: Stage?, step: Step)] = []
        for (introduction, id) in zip(loaded, ids) {
            var from: Stage?
            for step in introduction.steps {
                rows.append((id, from, step))
                from = step.to
            }
        }
        try await transaction.execute(
            """
            INSERT INTO stage_history (introduction_id, at, actor, account_id, from_stage,
                to_stage, reason, note)
            SELECT introduction_id, at, actor, account_id, from_stage, to_stage, reason, note
            FROM unnest(\(rows.map(\.id.rawValue)), \(rows.map { PostgresTimestamp($0.step.at) }),
                \(rows.map(\.step.actor.kind)), \(rows.map { $0.step.actor.account?.rawValue }),
                \(rows.map { $0.from?.rawValue }), \(rows.map(\.step.to.rawValue)),
                \(rows.map { $0.step.reason?.rawValue }), \(rows.map(\.step.note.text)))
                WITH ORDINALITY AS loaded (introduction_id, at, actor, account_id, from_stage,
                    to_stage, reason, note, position)
            ORDER BY position
            """)
    }

    private func insertCVs(
        of loaded: [NewIntroduction], _ ids: [IntroductionID], in transaction: Transaction
    ) async throws {
        let files = zip(loaded, ids).compactMap { introduction, id in
            introduction.application.cv.map { (id: id, cv: $0, at: introduction.createdAt) }
        }
        guard !files.isEmpty else { return }
        // There is no array of `bytea` to bind: the files travel as hexadecimal text.
        try await transaction.execute(
            """
            INSERT INTO cv (introduction_id, file_name, bytes, created_at)
            SELECT introduction_id, file_name, decode(digits, 'hex'), created_at
            FROM unnest(\(files.map(\.id.rawValue)), \(files.map(\.cv.name.text)),
                \(files.map { Self.hexadecimal($0.cv.bytes) }),
                \(files.map { $0.at.map { PostgresTimestamp($0) } }))
                AS loaded (introduction_id, file_name, digits, created_at)
            """)
    }

    private func insertFlags(
        of loaded: [NewIntroduction], _ ids: [IntroductionID], in transaction: Transaction
    ) async throws {
        for (introduction, id) in zip(loaded, ids) {
            for flag in introduction.flags {
                try await transaction.execute(
                    """
                    INSERT INTO self_dealing (introduction_id, flag, found_at)
                    VALUES (\(id), \(flag), \(introduction.createdAt))
                    """)
            }
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (index, byte) in bytes.enumerated() {
                text[index * 2] = digits[Int(byte >> 4)]
                text[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }
}

// The binds of one statement, in the order of its columns.
extension IntroductionLoad {
    private static func place(of loaded: [NewIntroduction], _ candidates: [CandidateID]) -> SQL {
        """
        \(loaded.map(\.job.rawValue)), \(loaded.map(\.company.rawValue)),
        \(candidates.map(\.rawValue)), \(loaded.map(\.origin.name)),
        \(loaded.map { $0.origin.link?.rawValue }), \(loaded.map { $0.origin.affiliate?.rawValue })
        """
    }

    private static func person(of loaded: [NewIntroduction]) -> SQL {
        """
        \(loaded.map(\.application.message.text)), \(loaded.map(\.person.emailFolded)),
        \(loaded.map(\.person.phoneFolded)), \(loaded.map(\.receipt.text))
        """
    }

    private static func progress(of loaded: [NewIntroduction]) -> SQL {
        """
        \(loaded.map(\.stage.rawValue)), \(loaded.map { $0.reason?.rawValue }),
        \(loaded.map { $0.createdAt.map { PostgresTimestamp($0) } }),
        \(loaded.map { $0.confirmedAt.map { PostgresTimestamp($0) } }),
        \(loaded.map { $0.changedAt.map { PostgresTimestamp($0) } })
        """
    }
}
