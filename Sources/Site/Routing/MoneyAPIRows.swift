import Domain
import HTTP

// The rows of the money path and of the admin's desk.

extension APIRoute {
    var affiliateMoneyRow: RouteRow {
        switch self {
        case .payoutAccount:
            .api(
                .get, "/api/v1/affiliate/payout-account", for: .token(.affiliate), .member,
                .one(PayoutAccountResource.self, "Where the affiliate is paid."))
        case .savePayoutAccount:
            .api(
                .put, "/api/v1/affiliate/payout-account", for: .token(.affiliate), .member,
                .write(
                    PayoutAccountInput.self, answers: PayoutAccountResource.self,
                    "Say where the affiliate is paid; the password is asked for again."))
        case .statement(let month):
            .api(
                .get, "/api/v1/affiliate/statements/{month}", month, for: .token(.affiliate),
                .member,
                .one(StatementResource.self, "A month that is over, or the running one."))
        case .statementFile(let month):
            .api(
                .get, "/api/v1/affiliate/statements/{month}/csv", month,
                for: .token(.affiliate), .member,
                .file(
                    "A month that is over, as a table (RFC 4180).",
                    types: ["text/csv; charset=utf-8"]))
        default:
            .api(
                .get, "/api/v1/affiliate/payouts", for: .token(.affiliate), .member,
                .list(of: PayoutResource.self, "The affiliate's payouts, newest first."))
        }
    }

    var deskRow: RouteRow {
        switch self {
        case .audit:
            .api(
                .get, "/api/v1/admin/audit", for: .token(.admin), .admin,
                .list(
                    of: AuditResource.self,
                    by: [
                        .maybe(AuditFilter.subject, .text(lengthMax: 40)),
                        .maybe(AuditFilter.id, .integer(min: 0)),
                        .maybe(AuditFilter.account, .integer(min: 1)),
                        .maybe(AuditFilter.action, .text(lengthMax: 60)),
                        .maybe(AuditFilter.day, .date),
                    ],
                    "What was done, by whom, when and from where, newest first."))
        case .search:
            .api(
                .get, "/api/v1/admin/search", for: .token(.admin), .admin,
                .one(
                    SearchResource.self,
                    by: [.always("q", .text(lengthMax: SearchQuestion.lengthMax))],
                    "People, companies, jobs, hires, payouts and invoices by name or number."))
        case .books:
            .api(
                .get, "/api/v1/admin/books", for: .token(.admin), .admin,
                .one(BooksResource.self, "Whether the books balance, and what is off."))
        case .overload:
            .api(
                .get, "/api/v1/admin/overload", for: .token(.admin), .admin,
                .one(
                    OverloadResource.self,
                    "What the overload control of this server does, and did in the last hour."))
        case .setOverload:
            .api(
                .put, "/api/v1/admin/overload", for: .token(.admin), .admin,
                .write(
                    OverloadInput.self, answers: OverloadResource.self,
                    "Switch the overload control of this server, until it is started again."))
        default:
            .api(
                .get, "/api/v1/admin/queue", for: .token(.admin), .admin,
                .one(QueueResource.self, "Everything that waits for an admin."))
        }
    }

    var decisionRow: RouteRow {
        switch self {
        case .hireDecision(let id):
            .api(
                .get, "/api/v1/admin/hires/{hire}/decision", id, for: .token(.admin), .admin,
                .one(
                    HireConsequencesResource.self, by: HireDecisionInput.members,
                    "What a decision about a hire would do; nothing is done."))
        case .decideHire(let id):
            .api(
                .post, "/api/v1/admin/hires/{hire}/decision", id, for: .token(.admin), .admin,
                .write(
                    HireDecisionInput.self, answers: DecidedHireResource.self, key: .required,
                    "Confirm, cancel or refuse a hire, or say that somebody left early."))
        case .grantCommission(let id):
            .api(
                .post, "/api/v1/admin/hires/{hire}/commissions", id, for: .token(.admin),
                .admin,
                .write(
                    GrantInput.self, answers: GrantedCommissionResource.self, status: 201,
                    key: .required, "Add a commission to a recorded hire by hand."))
        case .decideCommissions:
            .api(
                .post, "/api/v1/admin/commissions/decisions", for: .token(.admin), .admin,
                .write(
                    CommissionDecisionInput.self, answers: DecidedCommissionsResource.self,
                    key: .required, "Approve, hold, release or reverse commissions."))
        default:
            .api(
                .get, "/api/v1/admin/commissions", for: .token(.admin), .admin,
                .list(
                    of: AdminCommissionResource.self,
                    by: [.maybe("state", .any(of: CommissionState.self))],
                    "The commissions of one state, pending if not said, oldest first."))
        }
    }

    var payoutRow: RouteRow {
        switch self {
        case .payoutRun:
            .api(
                .get, "/api/v1/admin/payout-run", for: .token(.admin), .admin,
                .one(
                    PayoutRunResource.self,
                    by: [
                        .maybe("currency", .any(of: Currency.self)), .maybe("cut_off", .date),
                    ], "What a run would pay now; nothing is done."))
        case .createBatch:
            .api(
                .post, "/api/v1/admin/payouts", for: .token(.admin), .admin,
                .write(
                    BatchInput.self, answers: BatchResource.self, status: 201, key: .required,
                    "Make the batch that the run showed."))
        case .batch(let id):
            .api(
                .get, "/api/v1/admin/payouts/{batch}", id, for: .token(.admin), .admin,
                .one(BatchResource.self, "One batch."))
        case .batchPayouts(let id):
            .api(
                .get, "/api/v1/admin/payouts/{batch}/payouts", id, for: .token(.admin), .admin,
                .list(of: AdminPayoutResource.self, "The lines of a batch, in their order."))
        case .settlePayouts(let id):
            .api(
                .post, "/api/v1/admin/payouts/{batch}/answers", id, for: .token(.admin),
                .admin,
                .write(
                    BankAnswerInput.self, answers: BatchResource.self, key: .required,
                    "Say what the bank did with some lines of a batch."))
        case .batchFile(let id):
            .api(
                .post, "/api/v1/admin/payouts/{batch}/file", id, for: .token(.admin), .admin,
                .write(
                    file: ["application/xml", "text/csv; charset=utf-8"],
                    "Hand out the file for the bank, the same each time."))
        default:
            .api(
                .get, "/api/v1/admin/payouts", for: .token(.admin), .admin,
                .list(of: BatchResource.self, "The batches, newest first."))
        }
    }
}
