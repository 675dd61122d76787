import Domain
import Site
import Store

extension PagesSamples {
    /// Disputes in every state, for both sides and the admin.
    var disputePages: [Sample] {
        let statements = [
            Disputes.Statement(
                side: .company, at: Self.now, text: DisputeText(stored: wrap("She never came."))),
            Disputes.Statement(
                side: .affiliate, at: Self.now, text: DisputeText(stored: wrap("She did."))),
        ]
        let evidence = [
            Disputes.Evidence(
                id: EvidenceID(3), side: .company, at: Self.now,
                name: FileName(stored: wrap("contract.pdf")), mediaType: "application/pdf",
                byteCount: 48_211)
        ]
        let wrong = { (field: ValidationError.Field, reason: ValidationError.Reason) in
            FormInput(failure: .invalid([ValidationError(field, reason)]))
        }
        let list = [dispute(.open), dispute(.decided, .partly(.euros(100)))]
        return [
            Sample(
                name: "disputes",
                page: DisputeListPage(role: .admin, disputes: list, nextCursor: "0_3"),
                role: .admin),
            Sample(
                name: "disputes-none", page: DisputeListPage(role: .affiliate, disputes: []),
                role: .affiliate),
            Sample(
                name: "dispute-your-turn",
                page: DisputePage(
                    dispute: dispute(.open), statements: [statements[0]], evidence: [],
                    role: .affiliate, input: wrong(.text, .missing)), role: .affiliate,
                notice: .disputeOpened),
            Sample(
                name: "dispute-waits",
                page: DisputePage(
                    dispute: dispute(.answered), statements: statements, evidence: evidence,
                    role: .affiliate, input: wrong(.evidence, .wrongFileType)),
                role: .affiliate, notice: .evidenceKept),
            Sample(
                name: "dispute-withdraw",
                page: DisputePage(
                    dispute: dispute(.open), statements: [statements[0]], evidence: [],
                    role: .company), role: .company),
            Sample(
                name: "dispute-withdraw-claim",
                page: DisputePage(
                    dispute: dispute(.open, side: .affiliate), statements: [], evidence: [],
                    role: .affiliate), role: .affiliate),
            Sample(
                name: "dispute-withdrawn",
                page: DisputePage(
                    dispute: dispute(.decided, .rejected, because: .withdrawn),
                    statements: statements, evidence: [], role: .company), role: .company,
                notice: .disputeWithdrawn),
            Sample(
                name: "dispute-silence",
                page: DisputePage(
                    dispute: dispute(.decided, .upheld, because: .noAnswer, side: .affiliate),
                    statements: [statements[0]], evidence: [], role: .affiliate),
                role: .affiliate),
            Sample(
                name: "dispute-decided",
                page: DisputePage(
                    dispute: dispute(.decided, .upheld), statements: statements,
                    evidence: evidence, role: .company), role: .company,
                notice: .disputeAnswered),
            Sample(
                name: "dispute-object",
                page: OpenDisputePage(
                    disputable: disputable(rows: true), kind: .objection(HireID(4)),
                    idempotencyKey: "key-1234"), role: .company),
            Sample(
                name: "dispute-object-nothing",
                page: OpenDisputePage(
                    disputable: disputable(rows: false), kind: .objection(HireID(4)),
                    idempotencyKey: "key-1234"), role: .company),
            Sample(
                name: "dispute-claim",
                page: OpenDisputePage(
                    disputable: disputable(rows: false), kind: .claim(CommissionID(4)),
                    idempotencyKey: "key-1234", input: wrong(.amount, .missing)),
                role: .affiliate),
            Sample(
                name: "dispute-decide",
                page: DecideDisputePage(
                    dispute: dispute(.replied), statements: statements, evidence: evidence,
                    shown: .partly(.euros(100))), role: .admin),
            Sample(
                name: "dispute-decide-claim",
                page: DecideDisputePage(
                    dispute: dispute(.replied, side: .affiliate), statements: [], evidence: [],
                    shown: .rejected, input: wrong(.reason, .missing)), role: .admin),
            Sample(
                name: "dispute-decide-decided",
                page: DecideDisputePage(
                    dispute: dispute(.decided, .rejected), statements: [], evidence: []),
                role: .admin, notice: .disputeDecided),
        ]
    }

    private func dispute(
        _ state: DisputeState, _ outcome: DisputeOutcome? = nil,
        because reason: DisputeOutcomeReason = .terms, side: DisputeSide = .company
    ) -> Disputes.Dispute {
        Disputes.Dispute(
            id: DisputeID(9), hire: HireID(4),
            commission: side == .company ? CommissionID(5) : nil, side: side,
            reason: .neverHired, amount: .euros(250), state: state, openedAt: Self.now,
            dueOn: state == .open || state == .answered ? Self.today.adding(days: 9) : nil,
            outcome: outcome, outcomeReason: outcome.map { _ in reason },
            outcomeNote: Note(
                stored: outcome == nil || reason != .terms ? "" : wrap("The contract says so.")),
            decidedAt: outcome.map { _ in Self.now },
            companyName: company.name, affiliateName: person("Mihai Popa"),
            candidateName: person("Radu Ionescu"), jobTitle: job.title,
            held: side == .company && outcome == nil
                ? Disputes.Held(amount: .euros(250), dueOn: Self.today.adding(days: 30)) : nil)
    }

    private func disputable(rows: Bool) -> Disputes.Disputable {
        Disputes.Disputable(
            hire: HireID(4), candidateName: person("Radu Ionescu"), jobTitle: job.title,
            companyName: company.name, currency: .eur,
            rows: rows
                ? [
                    Disputes.DisputableRow(
                        id: CommissionID(5), amount: .euros(250), dueOn: Self.today,
                        state: .pending)
                ] : [])
    }
}
