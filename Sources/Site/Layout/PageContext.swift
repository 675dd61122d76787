import Domain

/// What every page needs to know besides its own values.
package struct PageContext: Sendable {
    package var texts: Texts
    /// Nil for somebody who is not signed in.
    package var viewer: Viewer?
    /// What the forms of the page carry in their hidden field `csrf`.
    package var csrfToken: String
    /// Path and query of the request, percent-encoded, to come back to from the language switch.
    package var target: String
    /// What just happened, said once at the top of the page.
    package var notice: Notice?
    /// Scheme and host of the site, as in `https://vouch.example`.
    package var origin: String
    package var today: CalendarDate
    /// Goes into the addresses of the style sheet and the icons, so that a new one is fetched.
    package var assetVersion: String

    package init(
        texts: Texts, viewer: Viewer? = nil, csrfToken: String = "", target: String = "/",
        notice: Notice? = nil, origin: String, today: CalendarDate, assetVersion: String = ""
    ) {
        self.texts = texts
        self.viewer = viewer
        self.csrfToken = csrfToken
        self.target = target
        self.notice = notice
        self.origin = origin
        self.today = today
        self.assetVersion = assetVersion
    }
}

/// The person at the other end, as far as the frame of a page shows them.
package struct Viewer: Hashable, Sendable {
    package let name: PersonName
    package let role: Role
    /// False as long as the link that was mailed to the account's address waits to be followed.
    package let isConfirmed: Bool

    package init(name: PersonName, role: Role, isConfirmed: Bool = true) {
        self.name = name
        self.role = role
        self.isConfirmed = isConfirmed
    }
}

/// What can be said at the top of a page after a form was sent; the raw value travels in a cookie.
package enum Notice: String, Hashable, Sendable, CaseIterable {
    case signedOut = "signed_out"
    case disputeOpened = "dispute_opened"
    case disputeAnswered = "dispute_answered"
    case disputeDecided = "dispute_decided"
    case disputeWithdrawn = "dispute_withdrawn"
    case evidenceKept = "evidence_kept"
    case welcomeCompany = "welcome_company"
    case welcomeAffiliate = "welcome_affiliate"
    case jobSaved = "job_saved"
    case jobPublished = "job_published"
    case jobPaused = "job_paused"
    case jobFilled = "job_filled"
    case jobClosed = "job_closed"
    case profileSaved = "profile_saved"
    case stageMoved = "stage_moved"
    case candidateRejected = "candidate_rejected"
    case hireReported = "hire_reported"
    case hireRecorded = "hire_recorded"
    case hireDecided = "hire_decided"
    case commissionsDecided = "commissions_decided"
    case commissionAdded = "commission_added"
    case mailResent = "mail_resent"
    case batchMade = "batch_made"
    case payoutsSettled = "payouts_settled"
    case keptInBooks = "kept_in_books"
    case invoiceReopened = "invoice_reopened"
    case payoutAccountSaved = "payout_account_saved"
    case linkTaken = "link_taken"
    case applicationWithdrawn = "application_withdrawn"
    case companyVerified = "company_verified"
    case tokenRevoked = "token_revoked"
    case spoolTriedAgain = "spool_tried_again"
    case spoolPutAway = "spool_put_away"
    case overloadModeSet = "overload_mode_set"
    case addressAllowed = "address_allowed"
    case secondFactorRemoved = "second_factor_removed"
    case languageSaved = "language_saved"
    case confirmationSent = "confirmation_sent"
    case addressConfirmed = "address_confirmed"
    case addressWanted = "address_wanted"
    case recommendationSent = "recommendation_sent"
    case recommendationRefused = "recommendation_refused"
    case adminInvited = "admin_invited"
    case adminDisabled = "admin_disabled"
    case invitationAccepted = "invitation_accepted"
    case resetSent = "reset_sent"
    case passwordChanged = "password_changed"
}
