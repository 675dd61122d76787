import Domain
import Postgres

/// One step of an introduction.
package struct StageStep: Hashable, Sendable {
    package let at: Instant
    /// `company`, `affiliate`, `admin`, `candidate` or `system`.
    package let actor: String
    /// Nil for a candidate, who has no account.
    package let actorName: PersonName?
    package let from: Stage?
    package let to: Stage
    package let reason: RejectionReason?
    package let note: Note
}

enum StageHistory {
    /// More steps than there are stages cannot be.
    private static let stepsMax = 32

    /// The steps of an introduction in order.
    static func read(of id: IntroductionID, from database: Database) async throws -> [StageStep] {
        try await database.read(
            """
            SELECT s.at, s.actor, a.name, s.from_stage, s.to_stage, s.reason, s.note
            FROM stage_history s LEFT JOIN account a ON a.id = s.account_id
            WHERE s.introduction_id = \(id) ORDER BY s.id LIMIT \(stepsMax)
            """
        ) { row in
            let at: Instant = try row.next()
            let actor: String = try row.next()
            let name: PersonName? = try row.next()
            let from: Stage? = try row.next()
            let to: Stage = try row.next()
            let reason: String? = try row.next()
            return StageStep(
                at: at, actor: actor, actorName: name, from: from, to: to,
                reason: reason.flatMap { RejectionReason(rawValue: $0) }, note: try row.next())
        }
    }
}
