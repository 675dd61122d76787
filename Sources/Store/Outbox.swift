import Domain
import Postgres

/// Messages to be delivered, each written in the transaction that it tells about.
package struct Outbox: Sendable {
    let database: Database

    /// To whom a message goes; addresses are looked up when it is delivered.
    package enum Recipient: Hashable, Sendable {
        case affiliate(AffiliateID)
        case company(CompanyID)
        /// The candidate of an introduction.
        case candidate(IntroductionID)
        case admin
        /// One person, whatever the role.
        case account(AccountID)

        fileprivate var name: String {
            switch self {
            case .affiliate: "affiliate"
            case .company: "company"
            case .candidate: "candidate"
            case .admin: "admin"
            case .account: "account"
            }
        }

        fileprivate var affiliate: AffiliateID? {
            guard case .affiliate(let id) = self else { return nil }
            return id
        }

        fileprivate var company: CompanyID? {
            guard case .company(let id) = self else { return nil }
            return id
        }

        fileprivate var introduction: IntroductionID? {
            guard case .candidate(let id) = self else { return nil }
            return id
        }

        fileprivate var account: AccountID? {
            guard case .account(let id) = self else { return nil }
            return id
        }
    }

    /// What a message is about; the raw value is the topic in the database.
    package enum Topic: String, Hashable, Sendable, CaseIterable {
        case applicationReceived = "application.received"
        case introductionSubmitted = "introduction.submitted"
        case introductionMoved = "introduction.moved"
        case introductionWithdrawn = "introduction.withdrawn"
        case hireReported = "hire.reported"
        case hireRecorded = "hire.recorded"
        case commissionWon = "commission.won"
        case hireConfirmed = "hire.confirmed"
        case hireCancelled = "hire.cancelled"
        case hireLeftEarly = "hire.left_early"
        /// To the company: its report was refused.
        case hireRefused = "hire.refused"
        /// To the admin: the company took its report back.
        case hireWithdrawn = "hire.withdrawn"
        case commissionAdded = "commission.added"
        case commissionApproved = "commission.approved"
        case commissionHeld = "commission.held"
        case commissionReleased = "commission.released"
        case commissionReversed = "commission.reversed"
        case disputeOpened = "dispute.opened"
        case disputeAnswered = "dispute.answered"
        case disputeReplied = "dispute.replied"
        case disputeDecided = "dispute.decided"
        case disputeWithdrawn = "dispute.withdrawn"
        /// To the address that the account had before; the payload names it.
        case payoutAccountChanged = "payout_account.changed"
        case payoutSent = "payout.sent"
        case payoutPaid = "payout.paid"
        case payoutFailed = "payout.failed"
        case invoiceIssued = "invoice.issued"
        case invoiceReceived = "invoice.received"
        /// The payment was noted by mistake, or taken back.
        case invoiceReopened = "invoice.reopened"
        /// To the address that is to be confirmed; the payload names it.
        case confirmAddress = "account.confirm_address"
        /// To the address that the account had before; the payload names it.
        case addressChanged = "account.address_changed"
        case passwordReset = "account.password_reset"
        case passwordChanged = "account.password_changed"
        case adminInvited = "admin.invited"
        case recommendationConfirm = "recommendation.confirm"
        /// Set up, or replaced by another app.
        case secondFactorAdded = "second_factor.added"
        case secondFactorRemoved = "second_factor.removed"
        case secondFactorCodesRenewed = "second_factor.codes_renewed"
        /// Somebody got on with a recovery code.
        case secondFactorRecoveryUsed = "second_factor.recovery_used"
    }

    /// A message that waits.
    package struct Message: Hashable, Sendable {
        package let id: OutboxID
        package let topic: String
        package let recipient: String
        package let affiliate: AffiliateID?
        package let company: CompanyID?
        package let introduction: IntroductionID?
        /// A flat JSON object.
        package let payload: String
        package let createdAt: Instant
    }

    /// Adds a message.
    ///
    /// - Parameter about: the key of what it tells about, as in `hire:12`; the same message about it
    ///   to the same kind of recipient is refused.
    static func add(
        _ topic: Topic, to recipient: Recipient, about: String, payload: JSONObject,
        at now: Instant, in transaction: Transaction
    ) async throws {
        let key = "\(topic.rawValue):\(recipient.name):\(about)"
        try await transaction.execute(
            """
            INSERT INTO outbox (topic, recipient, affiliate_id, company_id, introduction_id,
                account_id, payload, dedupe_key, created_at, available_at)
            VALUES (\(topic.rawValue), \(recipient.name), \(recipient.affiliate),
                \(recipient.company), \(recipient.introduction), \(recipient.account),
                \(payload.json), \(key), \(now), \(now))
            """)
    }

    /// The messages that wait, oldest first.
    package func waiting(limit: PageLimit = .usual) async throws -> [Message] {
        try await database.query(Self.waitingStatement(limit: limit)) { row in
            Message(
                id: try row.next(), topic: try row.next(), recipient: try row.next(),
                affiliate: try row.next(), company: try row.next(),
                introduction: try row.next(), payload: try row.next(),
                createdAt: try row.next())
        }
    }

    static func waitingStatement(limit: PageLimit) -> SQL {
        """
        SELECT id, topic, recipient, affiliate_id, company_id, introduction_id, payload, created_at
        FROM outbox WHERE delivered_at IS NULL AND failed_at IS NULL
        ORDER BY available_at, id LIMIT \(limit.value)
        """
    }
}
