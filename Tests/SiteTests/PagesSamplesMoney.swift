import Domain
import Site

extension PagesSamples {
    /// Decisions about hires and commissions, payouts, and an affiliate's own money.
    var moneyPages: [Sample] {
        [
            Sample(
                name: "end-hire", page: EndHirePage(hire: hireRow(.recorded)), role: .admin),
            Sample(
                name: "end-hire-consequences",
                page: EndHirePage(
                    hire: hireRow(.recorded), consequences: consequences,
                    input: FormInput([
                        .outcome: "left_early", .leftOn: "2026-11-20", .note: wrap("Moved away"),
                    ])), role: .admin),
            Sample(
                name: "admin-commissions",
                page: AdminCommissionsPage(
                    state: .pending,
                    rows: [
                        AdminCommissionsPage.Row(
                            id: CommissionID(4), affiliate: person("Ana Pop"),
                            candidate: person("Radu Ionescu"),
                            company: companyName("Carpathia Pay"), amount: .euros(250),
                            dueOn: Self.today, isChosen: true)
                    ], cursor: "0_3", nextCursor: "0_4",
                    input: FormInput(failure: .invalid([ValidationError(.note, .missing)]))),
                role: .admin),
            Sample(
                name: "admin-commissions-held",
                page: AdminCommissionsPage(
                    state: .held,
                    rows: [
                        AdminCommissionsPage.Row(
                            id: CommissionID(4), affiliate: person("Ana Pop"),
                            candidate: person("Radu Ionescu"),
                            company: companyName("Carpathia Pay"), amount: .euros(250),
                            dueOn: Self.today, isChosen: true)
                    ]), role: .admin),
            Sample(
                name: "admin-commissions-empty",
                page: AdminCommissionsPage(state: .held, rows: []), role: .admin),
            Sample(name: "admin-payouts", page: payouts(lines: true), role: .admin),
            Sample(name: "admin-payouts-empty", page: payouts(lines: false), role: .admin),
            Sample(name: "admin-batch", page: batch(hasPayer: true), role: .admin),
            Sample(name: "admin-batch-no-payer", page: batch(hasPayer: false), role: .admin),
            Sample(
                name: "admin-waiting",
                page: AdminWaitingPage(
                    flags: [
                        AdminWaitingPage.Flag(
                            subject: .introduction(IntroductionID(2)),
                            flag: .candidateIsAffiliate, foundAt: Self.now),
                        AdminWaitingPage.Flag(
                            subject: .affiliates(
                                AffiliateFlagID(1), AffiliateID(2), AffiliateID(3)),
                            flag: .sharedPayoutAccount, foundAt: Self.now),
                    ],
                    invoices: [
                        AdminWaitingPage.Invoice(
                            id: InvoiceID(1), number: InvoiceNumber(stored: wrap("V20260000001")),
                            reference: CreditorReference(stored: wrap("18 0001")),
                            company: companyName("Carpathia Pay"), amount: .euros(500),
                            dueOn: Self.today)
                    ], nextCursor: "0_1"), role: .admin),
            Sample(
                name: "admin-waiting-refused",
                page: AdminWaitingPage(
                    flags: [true, false].map { wasRefused in
                        AdminWaitingPage.Flag(
                            subject: .introduction(IntroductionID(wasRefused ? 2 : 3)),
                            flag: .companyIsAffiliate, foundAt: Self.now,
                            wasRefused: wasRefused)
                    }, invoices: [],
                    input: FormInput(
                        [.note: wrap("Far too long.")],
                        failure: .invalid([ValidationError(.note, .tooLong(max: 2_000))]))),
                role: .admin),
            Sample(
                name: "admin-waiting-empty", page: AdminWaitingPage(flags: [], invoices: []),
                role: .admin),
            Sample(
                name: "affiliate-money",
                page: AffiliateMoneyPage(
                    balances: [
                        AffiliateMoneyPage.Balance(
                            currency: .eur, sums: [.pending: .euros(250), .paid: .euros(80)])
                    ],
                    payouts: PayoutState.allCases.map { state in
                        AffiliateMoneyPage.Payout(
                            createdAt: Self.now, iban: iban, amount: .euros(80), state: state,
                            failure: state == .failed ? .accountClosed : nil)
                    },
                    months: [CalendarMonth(Self.today)],
                    input: FormInput(
                        [.holder: wrap("Ana Pop"), .taxID: wrap("123")],
                        failure: .invalid([
                            ValidationError(.iban, .wrongCheckDigits),
                            ValidationError(.password, .wrongPassword),
                        ]))), role: .affiliate),
            Sample(
                name: "affiliate-money-empty",
                page: AffiliateMoneyPage(
                    balances: [], payouts: [], months: [], input: FormInput()),
                role: .affiliate),
        ] + statements
    }

    private var statements: [Sample] {
        let movements = Transfer.Kind.allCases.enumerated().map { index, kind in
            Statement.Movement(
                at: Self.now.adding(seconds: index), kind: kind, hire: HireID(1),
                commission: index.isMultiple(of: 2) ? CommissionID(4) : nil, payout: nil,
                amount: .euros(Int32(100 * (index - 2))))
        }
        let month = CalendarMonth(Self.today)
        return [(true, movements), (false, movements), (false, [])].compactMap {
            isClosed, movements in
            let statement = try? Statement(
                of: AffiliateID(1), in: month, openings: [], movements: movements)
            return statement.map { statement in
                Sample(
                    name: "statement-\(isClosed ? "closed" : "running")-\(movements.count)",
                    page: StatementPage(
                        statement: statement, holder: person("Ana Pop"), isClosed: isClosed),
                    role: .affiliate)
            }
        }
    }

    private var iban: IBAN { IBAN(stored: "RO49AAAA1B31007593840000") }

    private var consequences: HireConsequences? {
        let rows = [CommissionState.paid, .approved, .pending].enumerated().map { index, state in
            CommissionRow(
                id: CommissionID(Int64(index + 1)), kind: .instalment, state: state,
                amount: .euros(Int32(100 + index)), dueOn: Self.today.adding(days: index - 1),
                takenBack: .zero(.eur))
        }
        let facts = HireFacts(
            id: HireID(1), state: .recorded, startsOn: Self.today.adding(days: -9),
            guaranteeEndsOn: Self.today.adding(days: 30), affiliate: AffiliateID(1),
            company: CompanyID(1), commissions: rows)
        return try? HireConsequences(
            of: .leftEarly(on: Self.today.adding(days: -1), note: Note(stored: "")), to: facts,
            by: .admin, today: Self.today)
    }

    private func payouts(lines: Bool) -> AdminPayoutsPage {
        AdminPayoutsPage(
            run: AdminPayoutsPage.Run(
                currency: .eur, cutOff: Self.today, minimum: .euros(25), total: .euros(80),
                fingerprint: Fingerprint(of: "sample"),
                lines: lines
                    ? [
                        AdminPayoutsPage.Line(
                            affiliate: AffiliateID(1),
                            holder: AccountHolder(stored: wrap("Ana Pop")), iban: iban,
                            amount: .euros(80), commissions: 2)
                    ] : [],
                skipped: lines
                    ? PayoutRun.Skipped.Reason.allCases.map { reason in
                        AdminPayoutsPage.Skipped(
                            name: person("Dan"), amount: .euros(3), reason: reason)
                    } : []),
            batches: lines
                ? [
                    AdminPayoutsPage.Batch(
                        id: PayoutBatchID(3), createdAt: Self.now, count: 2, total: .euros(90))
                ] : [], isFirst: !lines, nextCursor: lines ? "0_3" : nil,
            input: lines ? FormInput(failure: .conflict(.changedMeanwhile)) : FormInput())
    }

    private func batch(hasPayer: Bool) -> AdminBatchPage {
        AdminBatchPage(
            batch: PayoutBatchID(3), total: .euros(160), hasPayer: hasPayer,
            payouts: PayoutState.allCases.map { state in
                AdminBatchPage.Payout(
                    id: PayoutID(1), holder: AccountHolder(stored: wrap("Ana Pop")), iban: iban,
                    amount: .euros(80), state: state,
                    failure: state == .failed ? .nameDiffers : nil)
            }, isFirst: false, nextCursor: "0_9")
    }
}
