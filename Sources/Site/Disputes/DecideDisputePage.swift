import Domain
import HTML
import Store

/// A dispute for an admin: everything, the choice, what follows from it, and the button that does it.
package struct DecideDisputePage: Page {
    let dispute: Disputes.Dispute
    let statements: [Disputes.Statement]
    let evidence: [Disputes.Evidence]
    let shown: DisputeOutcome?
    let input: FormInput

    /// - Parameter shown: the outcome whose consequences are shown; nil before the choice.
    package init(
        dispute: Disputes.Dispute, statements: [Disputes.Statement],
        evidence: [Disputes.Evidence], shown: DisputeOutcome? = nil,
        input: FormInput = FormInput()
    ) {
        self.dispute = dispute
        self.statements = statements
        self.evidence = evidence
        self.shown = shown
        self.input = input
    }

    func showing(_ outcome: DisputeOutcome) -> DecideDisputePage {
        DecideDisputePage(
            dispute: dispute, statements: statements, evidence: evidence, shown: outcome,
            input: input)
    }

    package var section: Section { .disputes }

    package func title(_ texts: Texts) -> String { texts.dispute.title }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.dispute.listTitle, DisputeRoute.list.link(), context)
        html.disputeHead(dispute, Form(input, context))
        html(.p) { html in
            html(.a, .href(Links.adminHire(dispute.hire)), text: texts.dispute.toHire)
        }
        html(.div, .class("job-columns")) { html in
            html(.div) { html in html.disputeTalk(dispute, statements, evidence, context) }
            html(.div, .class("job-side")) { html in
                guard dispute.state != .decided else { return }
                choice(&html, context)
                if let shown { effects(shown, &html, context) }
            }
        }
    }

    private func choice(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html(
            .form, .method(.get), .action(DisputeRoute.decisionForm(dispute.id).link()),
            .class("form card"), .noValidate
        ) { html in
            html.selectField(
                .outcome, form, FieldNote(label: texts.dispute.decision),
                options: ["upheld", "rejected", "partly"].map {
                    ($0, texts.dispute.outcome($0, for: dispute.side))
                })
            html.selectField(
                .reason, form,
                options: DisputeOutcomeReason.ofAdmins.map {
                    ($0.rawValue, texts.value.outcomeReason($0, openedBy: dispute.side))
                })
            html.textField(
                .amount, form,
                FieldNote(
                    label: texts.dispute.part, hint: texts.dispute.partHint, isOptional: true,
                    isNarrow: true),
                attributes: [.type("text"), .inputMode("decimal"), .maxLength(20)])
            html.textArea(
                .note, form, FieldNote(hint: texts.dispute.noteHint, isOptional: true), rows: 3,
                attributes: [.maxLength(TextRules.Note.lengthMax)])
            html(.button, .type("submit"), .class("quiet"), text: texts.money.showConsequences)
        }
    }

    private func effects(
        _ outcome: DisputeOutcome, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts
        html(.section, .class("card vouch-card")) { html in
            html(.h2, text: texts.money.consequences)
            html(.ul, .class("ticks")) { html in
                for line in lines(outcome, texts, today: context.today) {
                    html(.li, text: line)
                }
            }
            html.postForm(DisputeRoute.decide(dispute.id).link(), context) { html in
                for field in [ValidationError.Field.outcome, .reason, .amount, .note] {
                    html(.input, .type("hidden"), .name(field.rawValue), .value(input[field]))
                }
                html(.button, .type("submit"), .class("large wide"), text: texts.money.doIt)
            }
        }
    }

    /// What the decision does, by the rule that `Disputes.decide` follows.
    private func lines(_ outcome: DisputeOutcome, _ texts: Texts, today: CalendarDate) -> [String] {
        let (money, value) = (texts.money, texts.value)
        var lines: [String] = []
        let granted = (try? outcome.granted(of: dispute.amount)) ?? .zero(dispute.amount.currency)
        switch dispute.side {
        case .affiliate:
            lines.append(
                granted.isZero
                    ? texts.dispute.addsNothing : texts.dispute.adds(value.money(granted)))
        case .company:
            if let held = dispute.held {
                if granted.isPositive {
                    lines.append(money.reversed(value.money(granted), due: value.date(held.dueOn)))
                }
                if let rest = try? held.amount.subtracting(granted), rest.isPositive {
                    let state = CommissionState.released(dueOn: held.dueOn, today: today)
                    lines.append(money.stays(value.money(rest), value.commissionState(state)))
                }
            } else {
                lines.append(texts.dispute.movesNothing)
            }
        }
        lines.append(money.tells(dispute.affiliateName?.text ?? texts.admin.affiliate))
        lines.append(money.tells(dispute.companyName.text))
        return lines
    }
}
