import Domain
import Site
import Store

extension PagesSamples {
    /// The queue, the search, the log, the books, and a commission by hand.
    var deskPages: [Sample] {
        [
            adminJob("admin-job", .open), adminJob("admin-job-draft", .draft),
            Sample(
                name: "desk-admin",
                page: AdminDeskPage(parts: queue, openCommissions: [.euros(4_250)]),
                role: .admin, notice: .mailResent),
            Sample(
                name: "desk-admin-empty",
                page: AdminDeskPage(
                    parts: AdminQueue.Kind.allCases.map {
                        AdminQueue.Part(kind: $0, count: 0, items: [])
                    }, openCommissions: []), role: .admin),
            Sample(
                name: "admin-audit",
                page: AuditLogPage(
                    entries: audit, filter: AuditFilter(subject: "hire", id: 3),
                    isFirst: false, nextCursor: "0_9"), role: .admin),
            Sample(
                name: "admin-audit-empty",
                page: AuditLogPage(entries: [], filter: AuditFilter()), role: .admin),
            Sample(
                name: "admin-search",
                page: AdminSearchPage(form: SearchForm(text: wrap("ana")), groups: found),
                role: .admin),
            Sample(
                name: "admin-search-empty",
                page: AdminSearchPage(form: SearchForm(text: wrap("zebra")), groups: []),
                role: .admin),
            Sample(
                name: "admin-search-wrong",
                page: AdminSearchPage(
                    form: SearchForm(failure: ValidationError(.search, .tooLong(max: 200))),
                    groups: []), role: .admin),
            Sample(name: "hand-record", page: handRecord(), role: .admin),
            Sample(
                name: "hand-record-shown",
                page: handRecord(
                    affiliate: person("Mihai Popa"), shown: Self.today,
                    FormInput(failure: .conflict(.introductionClosed(.rejected)))), role: .admin),
            Sample(name: "hand-record-alone", page: handRecord(shown: Self.today), role: .admin),
            Sample(name: "admin-books", page: books(isGood: true), role: .admin),
            Sample(name: "admin-books-off", page: books(isGood: false), role: .admin),
            Sample(
                name: "admin-books-empty",
                page: BooksPage(
                    accounts: [], totals: [], transfers: 0, entries: 0, problems: []),
                role: .admin),
            Sample(
                name: "grant-commission",
                page: GrantCommissionPage(
                    hire: hireRow(.recorded), idempotencyKey: "key-1234"), role: .admin,
                notice: .commissionAdded),
            Sample(
                name: "grant-commission-wrong",
                page: GrantCommissionPage(
                    hire: hireRow(.recorded), idempotencyKey: "key-1234",
                    input: FormInput(
                        [.amount: wrap("-5"), .note: wrap("Promised")],
                        failure: .invalid([
                            ValidationError(.amount, .notPositive),
                            ValidationError(.borneBy, .missing),
                            ValidationError(.reason, .missing),
                        ]))), role: .admin),
        ]
    }

    func adminJob(_ name: String, _ visibility: JobVisibility) -> Sample {
        Sample(
            name: name,
            page: AdminJobPage(
                id: JobID(7), slug: job.slug, details: details, visibility: visibility,
                company: company, createdAt: Self.now.adding(days: -30),
                publishedAt: visibility == .draft ? nil : Self.now,
                terms: [
                    Terms(
                        id: TermsID(1), version: 1, offer: offer,
                        inForceFrom: Self.now.adding(days: -30), inForceUntil: nil)
                ]), role: .admin)
    }

    private var queue: [AdminQueue.Part] {
        AdminQueue.Kind.allCases.map { kind in
            let subjects: [AdminQueue.Subject] =
                switch kind {
                case .companies: [.company(CompanyID(2))]
                case .hires: [.hire(HireID(3))]
                case .guarantees: [.guarantee(HireID(3), CommissionID(4))]
                case .commissions: [.commission(CommissionID(4))]
                case .held: [.held(CommissionID(8))]
                case .disputes: [.dispute(DisputeID(5), HireID(3))]
                case .flags:
                    [
                        .introductionFlag(IntroductionID(2), .candidateIsAffiliate),
                        .affiliateFlag(AffiliateFlagID(1)),
                    ]
                case .payouts: [.payout(CommissionID(6), .ron)]
                case .invoices:
                    [.invoice(InvoiceID(1), InvoiceNumber(stored: "V20260000001"))]
                case .mails: [.mail(OutboxID(7))]
                }
            return AdminQueue.Part(
                kind: kind, count: kind == .mails ? AdminQueue.countMax : subjects.count,
                items: subjects.map { subject in
                    AdminQueue.Item(
                        subject: subject, name: wrap("Radu Ionescu"),
                        about: kind == .payouts ? "" : wrap("Carpathia Pay"),
                        amount: kind == .companies ? nil : .euros(250), at: Self.now)
                })
        }
    }

    private var audit: [AuditLog.Entry] {
        let details = [
            """
            {"from": "\(wrap("pending"))", "to": "\(wrap("held"))", "amount": 25000,
             "currency": "EUR", "\(wrap("note"))": "\(wrap("Looked at it"))"}
            """,
            """
            {"\(wrap("iban"))_before": "\(wrap("RO49"))", "\(wrap("iban"))": "\(wrap("DE89"))",
             "\(wrap("nothing"))": null}
            """,
            "{\"from\": null, \"to\": \"\(wrap("reported"))\"}", "{}",
        ]
        return zip(details, ["admin", "affiliate", "company", "system"]).enumerated().map {
            position, row in
            AuditLog.Entry(
                id: AuditID(Int64(position + 1)), at: Self.now, actor: row.1,
                account: row.1 == "system" ? nil : AccountID(3),
                actorName: row.1 == "system" ? nil : person("Ioana Dragomir"),
                address: row.1 == "system" ? nil : "203.0.113.7",
                action: wrap("commission.held"),
                subject: position == 2 ? wrap("hire") : wrap("payout"),
                subjectID: 4, detail: row.0)
        }
    }

    private var found: [AdminSearch.Group] {
        AdminSearch.Kind.allCases.map { kind in
            let target: AdminSearch.Target =
                switch kind {
                case .accounts: .account(AccountID(3))
                case .candidates: .candidate(IntroductionID(2), nil)
                case .companies: .company(CompanyID(1), CompanySlug(stored: "carpathia-pay"))
                case .jobs: .job(JobID(7), JobSlug(stored: "site-reliability-engineer-7k2m"))
                case .hires: .hire(HireID(3))
                case .payouts: .payout(PayoutID(1), PayoutBatchID(3))
                case .invoices: .invoice(InvoiceID(1), InvoiceNumber(stored: "V20260000001"))
                }
            return AdminSearch.Group(
                kind: kind,
                hits: [
                    AdminSearch.Hit(
                        target: target, name: wrap("Ana Pop"),
                        about: kind == .payouts ? "3000" : wrap("ana@example.com"))
                ], hasMore: kind == .candidates)
        }
    }

    private func books(isGood: Bool) -> BooksPage {
        let subjects: [BooksPage.Problem.Subject] = [
            .transfer(TransferID(2)), .clearing, .affiliate(AffiliateID(1)),
            .row(.commission(CommissionID(4))), .row(.payout(PayoutID(1))), .row(.inTransit),
            .row(.company(CompanyID(1))), .row(.bank), .row(.vat),
        ]
        return BooksPage(
            accounts: LedgerAccount.Kind.allCases.enumerated().map { position, kind in
                Books.Balance(kind: kind, amount: .euros(position % 2 == 0 ? 500 : -500))
            },
            totals: [Books.Total(debits: .euros(1_500), credits: .euros(-1_500))],
            transfers: 12, entries: 24,
            problems: isGood
                ? []
                : subjects.map {
                    BooksPage.Problem(
                        subject: $0, said: $0 == .clearing ? nil : .euros(500),
                        booked: .euros(480))
                })
    }

    private func handRecord(
        affiliate: PersonName? = nil, shown: CalendarDate? = nil, _ input: FormInput = FormInput()
    ) -> HandRecordPage {
        HandRecordPage(
            introduction: IntroductionID(5), candidate: person("Ana Pop"), job: job.title,
            affiliate: affiliate, offer: offer, stage: .interview, history: [], shown: shown,
            input: input)
    }
}
