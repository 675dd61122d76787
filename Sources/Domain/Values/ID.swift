/// The key of one row of one aggregate; the tag keeps a job's key from being used as a company's.
package struct ID<Tag>: Hashable, Sendable {
    /// The number the database gave.
    package let rawValue: Int64

    /// Wraps a number that came from the database or was checked against it.
    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }
}

extension ID: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension ID: CustomStringConvertible {
    package var description: String { String(rawValue) }
}

extension ID: LosslessStringConvertible {
    /// Reads a positive decimal number without sign or leading zeros; anything else is no id.
    package init?(_ description: String) {
        guard let value = Int64(description), value > 0, String(value) == description else {
            return nil
        }
        self.init(value)
    }
}

/// What each kind of id counts.
package enum IDTag {
    package enum Account {}
    package enum Session {}
    package enum APIToken {}
    package enum Company {}
    package enum Affiliate {}
    package enum Job {}
    package enum Terms {}
    package enum Link {}
    package enum Candidate {}
    package enum Introduction {}
    package enum Hire {}
    package enum Commission {}
    package enum Transfer {}
    package enum Audit {}
    package enum Outbox {}
    package enum DemoMail {}
    package enum Dispute {}
    package enum Evidence {}
    package enum Payout {}
    package enum PayoutBatch {}
    package enum Invoice {}
    package enum AffiliateFlag {}
}

/// A person who signs in.
package typealias AccountID = ID<IDTag.Account>
/// One signed-in browser.
package typealias SessionID = ID<IDTag.Session>
/// A personal token of the JSON API.
package typealias APITokenID = ID<IDTag.APIToken>
/// A company that posts jobs.
package typealias CompanyID = ID<IDTag.Company>
/// A person who recommends.
package typealias AffiliateID = ID<IDTag.Affiliate>
/// A job ad.
package typealias JobID = ID<IDTag.Job>
/// One version of a job's terms.
package typealias TermsID = ID<IDTag.Terms>
/// An affiliate's link to a job.
package typealias LinkID = ID<IDTag.Link>
/// What one person told in one application.
package typealias CandidateID = ID<IDTag.Candidate>
/// A candidate brought to a job.
package typealias IntroductionID = ID<IDTag.Introduction>
/// A hire of an introduced candidate.
package typealias HireID = ID<IDTag.Hire>
/// One instalment owed to an affiliate.
package typealias CommissionID = ID<IDTag.Commission>
/// A transfer of the ledger.
package typealias TransferID = ID<IDTag.Transfer>
/// A row of the audit log.
package typealias AuditID = ID<IDTag.Audit>
/// A message waiting to be delivered.
package typealias OutboxID = ID<IDTag.Outbox>
/// A mail of a demo, which never left.
package typealias DemoMailID = ID<IDTag.DemoMail>
/// A dispute about a commission.
package typealias DisputeID = ID<IDTag.Dispute>
/// A file that belongs to a dispute.
package typealias EvidenceID = ID<IDTag.Evidence>
/// One affiliate's line of a batch.
package typealias PayoutID = ID<IDTag.Payout>
/// One payout run.
package typealias PayoutBatchID = ID<IDTag.PayoutBatch>
/// What a company is asked to pay for one commission.
package typealias InvoiceID = ID<IDTag.Invoice>
/// A mark that two affiliates are paid to one account.
package typealias AffiliateFlagID = ID<IDTag.AffiliateFlag>
