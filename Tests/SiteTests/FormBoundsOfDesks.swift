import Domain
import Postgres
import Store
import TestSupport

@testable import Site

private let today = TestSite.today
private let noteRefusal = BoundedForm.Refused(
    .note, Length.text(2_001), .tooLong(max: 2_000))
private let note = Length.text(2_000)

extension BoundedForm {
    static var desks: [BoundedForm] {
        [
            BoundedForm(
                route: "company.saveProfile", person: .company,
                base: [
                    ("company_name", "Atelier Nord"), ("about", "We build things."),
                    ("website", "https://nord.example"), ("billing_name", "Atelier Nord SRL"),
                    ("billing_address", "Strada Lungă 1"), ("billing_country", "RO"),
                    ("billing_tax_id", "RO 123"),
                ],
                refused: [
                    Refused(.companyName, Length.text(121), .tooLong(max: 120)),
                    Refused(.companyName, "", .missing),
                    Refused(.about, Length.text(5_001), .tooLong(max: 5_000)),
                    Refused(.website, website(201), .tooLong(max: 200)),
                    Refused(.website, "javascript:alert(1)", .malformed),
                    Refused(.billingName, Length.text(121), .tooLong(max: 120)),
                    Refused(.billingAddress, Length.text(301), .tooLong(max: 300)),
                    Refused(.billingTaxID, "1", .malformed),
                    Refused(.billingTaxID, Length.text(21, of: "1"), .malformed),
                ],
                accepted: [
                    [
                        "company_name": Length.text(120), "about": Length.text(5_000),
                        "website": website(200), "billing_name": Length.text(120),
                        "billing_address": Length.text(300),
                        "billing_tax_id": Length.text(20, of: "1"),
                    ],
                    [
                        "company_name": "A", "about": "", "website": "", "billing_name": "",
                        "billing_address": "", "billing_country": "", "billing_tax_id": "",
                    ],
                ]
            ) { _ in Place(action: "/company/profile") },
            job("company.createJob") { _ in Place(action: "/company/jobs/new") },
            job("company.saveJob") { world in
                Place(action: "/company/jobs/\(world.job.id)/edit")
            },
            BoundedForm(
                route: "company.moveStage", person: .company,
                base: [("stage", "shortlisted"), ("note", "Call this week.")],
                refused: [noteRefusal], accepted: [["note": note], ["note": ""]]
            ) { world in try await candidate(world, "stage") },
            BoundedForm(
                route: "company.moveStage", person: .company,
                base: [
                    ("stage", "rejected"), ("reason", "lacks_skills"), ("note", "It was close."),
                ],
                refused: [noteRefusal, Refused(.reason, "", .missing)],
                accepted: [["note": note], ["note": ""]]
            ) { world in try await candidate(world, "stage") },
            BoundedForm(
                route: "company.reportHire", person: .company,
                base: [("starts_on", today.adding(days: 10).description)],
                refused: [
                    Refused(.startsOn, today.adding(days: -1).description, .inThePast),
                    Refused(
                        .startsOn, today.adding(days: HireStart.daysAheadMax + 1).description,
                        .tooFarAhead(days: HireStart.daysAheadMax)),
                    Refused(.startsOn, "", .missing), Refused(.startsOn, "soon", .malformed),
                ],
                accepted: [
                    ["starts_on": today.adding(days: HireStart.daysAheadMax).description],
                    ["starts_on": today.description],
                ]
            ) { world in try await candidate(world, "hire") },
            BoundedForm(
                route: "admin.handRecord", person: .admin,
                base: [("starts_on", today.adding(days: 10).description)],
                refused: [
                    Refused(.startsOn, today.adding(days: -1).description, .inThePast),
                    Refused(
                        .startsOn, today.adding(days: HireStart.daysAheadMax + 1).description,
                        .tooFarAhead(days: HireStart.daysAheadMax)),
                    Refused(.startsOn, "", .missing), Refused(.startsOn, "soon", .malformed),
                ],
                accepted: [
                    ["starts_on": today.adding(days: HireStart.daysAheadMax).description],
                    ["starts_on": today.description],
                ]
            ) { world in
                let place = try await candidate(world, "hire")
                let id = place.action.split(separator: "/")[2]
                let page = "/admin/introductions/\(id)"
                return Place(action: page, page: page + "?starts_on=\(today)")
            },
            BoundedForm(
                route: "affiliate.takeLink", person: .affiliate, base: [("channel", "blog")],
                refused: [
                    Refused(.channel, Length.text(41), .tooLong(max: 40)),
                    Refused(.channel, "a/b", .malformed),
                ], accepted: [["channel": Length.text(40)], ["channel": ""]]
            ) { world in Place(action: "/affiliate/jobs/\(world.job.slug)") },
        ]
    }

    private static func website(_ count: Int) -> String {
        let start = "https://nord.example/"
        return start + Length.text(count - start.count)
    }

    private static func candidate(_ world: World, _ deed: String) async throws -> Place {
        let id = try await WorldMaker(site: world.site).apply(
            to: world.job, via: nil, Length.newEmail
        ).id
        let page = "/company/introductions/\(id)"
        return Place(action: page + "/" + deed, page: page)
    }

    private static func job(
        _ route: String, _ prepare: @escaping @Sendable (World) async throws -> Place
    ) -> BoundedForm {
        let amounts = ValidationError.Reason.outOfRange(min: 1, max: 10_000_000)
        let days = ValidationError.Reason.outOfRange(min: 0, max: 365)
        let last = JobDetails.daysAheadMax
        return BoundedForm(
            route: route, person: .company,
            base: Browser.job.map { $0.name == "instalments" ? ($0.name, "50/50") : $0 },
            refused: [
                Refused(.title, "ab", .tooShort(min: 3)),
                Refused(.title, Length.text(141), .tooLong(max: 140)),
                Refused(.title, "", .missing),
                Refused(.description, Length.text(19), .tooShort(min: 20)),
                Refused(.description, Length.text(20_001), .tooLong(max: 20_000)),
                Refused(.city, Length.text(81), .tooLong(max: 80)),
                Refused(.salaryMin, "0", .notPositive),
                Refused(.salaryMin, "10000000.01", amounts),
                Refused(.salaryMax, "10000000.01", amounts),
                Refused(.salaryMax, "2999.99", .minAboveMax),
                Refused(.salaryMax, "4500.001", .tooManyDecimals(max: 2)),
                Refused(.validThrough, today.adding(days: -1).description, .inThePast),
                Refused(
                    .validThrough, today.adding(days: last + 1).description,
                    .tooFarAhead(days: last)),
                Refused(.commission, "0", .notPositive),
                Refused(.commission, "10000000.01", amounts),
                Refused(.guaranteeDays, "-1", days), Refused(.guaranteeDays, "366", days),
                Refused(.instalments, "50/49", .sharesNotHundred),
                Refused(
                    .instalments, "20/20/20/10/10/10/10", .outOfRange(min: 1, max: 6)),
            ],
            accepted: [
                [
                    "title": Length.text(140), "description": Length.text(20_000),
                    "city": Length.text(80), "salary_min": "10000000", "salary_max": "10000000",
                    "valid_through": today.adding(days: last).description,
                    "commission": "10000000", "guarantee_days": "365",
                    "instalments": "20/20/20/20/10/10",
                ],
                [
                    "title": "abc", "description": Length.text(20), "city": "B",
                    "salary_min": "0.01", "salary_max": "0.01",
                    "valid_through": today.description, "commission": "0.01",
                    "guarantee_days": "0", "instalments": "100",
                ],
            ], prepare: prepare)
    }
}

// MARK: - Money

extension BoundedForm {
    static var money: [BoundedForm] { payoutAccounts + decisions + payouts }

    private static var payoutAccounts: [BoundedForm] {
        [
            BoundedForm(
                route: "affiliate.savePayoutAccount", person: .affiliate,
                base: [
                    ("holder", "Ana Ionescu"), ("iban", "RO49AAAA1B31007593840000"),
                    ("country", "RO"), ("tax_id", "1234567"), ("password", Browser.password),
                ],
                refused: [
                    Refused(.holder, Length.text(71), .tooLong(max: 70)),
                    Refused(.holder, "", .missing),
                    Refused(.iban, "RO49AAAA1B3100759384000", .malformed),
                    Refused(.iban, "RO49AAAA1B310075938400000", .malformed),
                    Refused(.iban, Length.text(61, of: "R"), .tooLong(max: 34)),
                    Refused(.taxID, "1", .malformed),
                    Refused(.taxID, Length.text(21, of: "1"), .malformed),
                    Refused(.password, "not it at all", .wrongPassword),
                ],
                accepted: [
                    [
                        "holder": Length.text(70), "tax_id": Length.text(20, of: "1"),
                        "iban": "MT84MALT011000012345MTLCAST001S",
                    ], ["holder": "A", "tax_id": "12", "iban": "NO9386011117947"],
                ]
            ) { _ in Place(action: "/affiliate/payouts") }
        ]
    }

    private static var decisions: [BoundedForm] {
        let amounts = ValidationError.Reason.outOfRange(min: 1, max: 10_000_000)
        return [
            BoundedForm(
                route: "admin.endHire", person: .admin,
                base: [
                    ("outcome", "cancelled"), ("reason", "recorded_in_error"),
                    ("note", "Another person."),
                ], refused: [noteRefusal, Refused(.reason, "", .missing)],
                accepted: [["note": note]]
            ) { world in
                let path = "/admin/hires/\(try await world.recordedHire().hire)/end"
                let shown = try await world.browser(of: world.admin).get(
                    path + "?outcome=cancelled&reason=recorded_in_error&note=x")
                let fingerprint = shown.hidden("fingerprint") ?? ""
                return Place(action: path, hidden: [("fingerprint", fingerprint)])
            },
            BoundedForm(
                route: "admin.grantCommission", person: .admin,
                base: [
                    ("amount", "50.00"), ("borne_by", "platform"), ("reason", "other"),
                    ("note", "Promised on the phone."),
                ],
                refused: [
                    noteRefusal, Refused(.note, "", .missing),
                    Refused(.amount, "0", .notPositive),
                    Refused(.amount, "10000000.01", amounts),
                    Refused(.amount, "0.001", .tooManyDecimals(max: 2)),
                    Refused(.amount, "", .missing),
                ],
                accepted: [
                    ["amount": "10000000", "note": note], ["amount": "0.01", "note": "x"],
                ]
            ) { world in
                let hire = try await world.recordedHire().hire
                let key = "key-\(UInt64.random(in: 0...UInt64.max))"
                return Place(
                    action: "/admin/hires/\(hire)/commission",
                    hidden: [("idempotency_key", key)])
            },
            BoundedForm(
                route: "admin.decideCommissions", person: .admin,
                base: [("outcome", "hold"), ("reason", "other"), ("note", "Looked at it.")],
                refused: [noteRefusal, Refused(.outcome, "", .missing)],
                accepted: [["note": note], ["note": "x"]]
            ) { world in
                let id = try await world.recordedHire().commission
                return Place(action: "/admin/commissions", hidden: [("commission", "\(id)")])
            },
            BoundedForm(
                route: "admin.resolveFlag", person: .admin,
                base: [("note", "One household.")],
                refused: [noteRefusal, Refused(.note, "", .missing)],
                accepted: [["note": note], ["note": "x"]]
            ) { world in
                let id = try await WorldMaker(site: world.site).apply(
                    to: world.job, via: world.code, Length.newEmail
                ).id
                try await world.site.store.database.execute(
                    """
                    INSERT INTO self_dealing (introduction_id, flag, found_at)
                    VALUES (\(id), 'company_is_affiliate', \(TestSite.now))
                    """)
                return Place(
                    action: "/admin/waiting",
                    hidden: [("introduction", "\(id)"), ("flag", "company_is_affiliate")])
            },
            BoundedForm(
                route: "admin.receiveInvoice", person: .admin,
                base: [("received_on", today.description), ("bank_reference", "OP 7")],
                refused: [
                    Refused(.receivedOn, today.adding(days: 1).description, .inTheFuture),
                    Refused(.receivedOn, "", .missing),
                    Refused(.receivedOn, "soon", .malformed),
                    Refused(.bankReference, Length.text(141), .tooLong(max: 140)),
                ],
                accepted: [["bank_reference": Length.text(140)], ["bank_reference": ""]]
            ) { world in
                let invoice = try await world.openInvoice()
                return Place(
                    action: "/admin/invoices/\(invoice.id)/receive",
                    page: "/admin/invoices/\(invoice.number)")
            },
            BoundedForm(
                route: "admin.reopenInvoice", person: .admin,
                base: [("reason", "entered_by_mistake"), ("note", "A slip.")],
                refused: [
                    noteRefusal, Refused(.reason, "", .missing),
                ],
                accepted: [["note": note], ["note": ""], ["reason": "other", "note": "x"]]
            ) { world in
                let id = try await world.receivedInvoice()
                return Place(
                    action: "/admin/invoices/\(id)/reopen", hidden: [("payment", "1")])
            },
        ]
    }

    private static var payouts: [BoundedForm] {
        [
            BoundedForm(
                route: "admin.createBatch", person: .admin,
                base: [("commission_currency", "EUR"), ("cut_off", today.description)],
                refused: [
                    Refused(.cutOff, today.adding(days: 1).description, .inTheFuture),
                    Refused(.cutOff, "soon", .malformed),
                ], accepted: [[:]]
            ) { world in
                try await owe(world)
                let page = try await world.browser(of: world.admin).get("/admin/payouts")
                return Place(
                    action: "/admin/payouts",
                    hidden: [("fingerprint", page.hidden("fingerprint") ?? "")])
            },
            BoundedForm(
                route: "admin.settlePayouts", person: .admin,
                base: [
                    ("outcome", "failed"), ("failure", "account_closed"),
                    ("note", "The bank said so."),
                ],
                refused: [
                    noteRefusal, Refused(.failure, "", .missing), Refused(.outcome, "", .missing),
                ], accepted: [["note": note]]
            ) { world in
                let path = try await batch(world)
                let newest = try await world.site.store.database.queryFirst(
                    "SELECT max(id) FROM payout"
                ) { row in try row.next(PayoutID.self) }
                return Place(
                    action: path, hidden: [("payout", newest?.description ?? "none")])
            },
        ]
    }

    /// An approved commission, and an account to pay it to.
    /// The address of a batch whose file was handed out.
    static func batch(_ world: World, isSent: Bool = true) async throws -> String {
        try await owe(world)
        let admin = try await world.browser(of: world.admin)
        let page = try await admin.get("/admin/payouts")
        let made = try await admin.post(
            "/admin/payouts",
            [
                ("commission_currency", "EUR"), ("cut_off", today.description),
                ("fingerprint", page.hidden("fingerprint") ?? ""),
            ])
        guard let path = made.location else { throw TestFailure("no batch") }
        if isSent { try await admin.post(path + "/file", from: path) }
        return path
    }

    private static func owe(_ world: World) async throws {
        try await world.approve(try await world.recordedHire().commission)
        let details = PayoutDetails(
            holder: try AccountHolder("Ana Ionescu"), iban: try IBAN("RO49AAAA1B31007593840000"),
            country: .romania, taxID: try TaxID("1234567"))
        try await world.site.store.write { transaction in
            _ = try await world.site.store.payoutAccounts.set(
                details, by: world.affiliate.principal, at: TestSite.now, in: transaction)
        }
    }
}
