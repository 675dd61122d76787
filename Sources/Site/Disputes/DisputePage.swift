import Domain
import HTML
import Store

/// A dispute for the sides: where it stands, what was said, and the form of whoever has the word.
package struct DisputePage: Page {
    let dispute: Disputes.Dispute
    let statements: [Disputes.Statement]
    let evidence: [Disputes.Evidence]
    let role: Role
    let input: FormInput

    package init(
        dispute: Disputes.Dispute, statements: [Disputes.Statement],
        evidence: [Disputes.Evidence], role: Role, input: FormInput = FormInput()
    ) {
        self.dispute = dispute
        self.statements = statements
        self.evidence = evidence
        self.role = role
        self.input = input
    }

    package var section: Section { .disputes }

    package func title(_ texts: Texts) -> String { texts.dispute.title }

    /// Which side reads; nil for an admin.
    private var side: DisputeSide? {
        switch role {
        case .company: .company
        case .affiliate: .affiliate
        case .admin: nil
        }
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.dispute.listTitle, DisputeRoute.list.link(), context)
        let form = Form(input, context)
        html.disputeHead(dispute, form)
        html.disputeTalk(dispute, statements, evidence, context)
        guard dispute.state != .decided, let side else {
            if side == nil, dispute.state != .decided {
                html(
                    .a, .class("button"), .href(DisputeRoute.decisionForm(dispute.id).link()),
                    text: texts.dispute.decide)
            }
            return
        }
        if dispute.speaker == side { answerForm(form, &html, context) }
        evidenceForm(form, side, &html, context)
        if dispute.side == side { withdrawal(&html, context) }
    }

    private func answerForm(
        _ form: Form, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts.dispute
        html(.section, .class("card"), .ariaLabelledBy("answer")) { html in
            html(.h2, .id("answer"), text: texts.yourTurn)
            html.postForm(DisputeRoute.answer(dispute.id).link(), context) { html in
                html.textArea(
                    .text, form, FieldNote(label: texts.yourSide, hint: texts.onceHint), rows: 6,
                    attributes: [.maxLength(TextRules.Statement.lengthMax)])
                html(.button, .type("submit"), text: texts.send)
            }
        }
    }

    private func evidenceForm(
        _ form: Form, _ side: DisputeSide, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts.dispute
        guard evidence.count(where: { $0.side == side }) < DisputeRules.evidenceMax else { return }
        html(.section, .class("card"), .ariaLabelledBy("evidence-form")) { html in
            html(.h2, .id("evidence-form"), text: texts.addEvidence)
            html.postForm(
                DisputeRoute.addEvidence(dispute.id).link(), context, isMultipart: true
            ) { html in
                html.textField(
                    .evidence, form, FieldNote(hint: texts.evidenceHint),
                    attributes: [
                        .type("file"), .accept(".pdf,.png,.jpg,.jpeg,application/pdf,image/*"),
                    ])
                html(.button, .type("submit"), .class("quiet"), text: texts.keepFile)
            }
        }
    }
}

extension DisputePage {
    private func withdrawal(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.section, .class("card"), .ariaLabelledBy("withdrawal")) { html in
            html(.h2, .id("withdrawal"), text: texts.dispute.withdraw)
            html(
                .p,
                text: texts.dispute.withdrawalMeans(
                    dispute.side, held: dispute.held.map { texts.value.money($0.amount) }))
            html.postForm(DisputeRoute.withdraw(dispute.id).link(), context) { html in
                html(.button, .type("submit"), .class("quiet"), text: texts.dispute.withdraw)
            }
        }
    }
}

extension HTMLPrinter {
    /// What a dispute is about, what was wrong with a form of the page, and where it stands.
    mutating func disputeHead(_ dispute: Disputes.Dispute, _ form: Form) {
        let texts = form.context.texts
        heading(
            texts.dispute.about(texts.value.money(dispute.amount)),
            lead: texts.job.titleAtCompany(
                dispute.candidateName.text + " · " + dispute.jobTitle.text,
                dispute.companyName.text))
        errorSummary(form)
        self(.p) { html in html.badge(dispute, texts) }
        self(.section, .class("card next")) { html in
            html(
                .h2,
                text: dispute.outcome == nil ? texts.dispute.whatNext : texts.dispute.howItEnded)
            html(.p, text: texts.dispute.next(dispute, texts.value))
            if let reason = dispute.outcomeReason {
                html(
                    .p,
                    text: texts.mail.reason(
                        texts.value.outcomeReason(reason, openedBy: dispute.side)))
            }
            if let note = dispute.outcome.map({ _ in dispute.outcomeNote }), !note.text.isEmpty {
                html.prose(note.text)
            }
        }
        self(.section, .class("card")) { html in
            html(.dl, .class("facts")) { html in
                html.fact(texts.dispute.openedBy, text: texts.dispute.side(dispute.side))
                html.fact(texts.dispute.reasonName, text: texts.dispute.reason(dispute.reason))
                html.fact(texts.dispute.openedOn) { html in html.moment(dispute.openedAt, texts) }
                html.fact(
                    texts.dispute.affiliate,
                    text: dispute.affiliateName?.text ?? texts.admin.affiliate)
                if dispute.side == .company {
                    html.fact(
                        texts.dispute.heldName,
                        text: dispute.held.map { texts.value.money($0.amount) }
                            ?? texts.dispute.nothingHeld)
                }
            }
        }
    }

    /// What both sides said and sent, in order.
    mutating func disputeTalk(
        _ dispute: Disputes.Dispute, _ statements: [Disputes.Statement],
        _ evidence: [Disputes.Evidence], _ context: PageContext
    ) {
        let texts = context.texts
        self(.section, .class("card"), .ariaLabelledBy("said")) { html in
            html(.h2, .id("said"), text: texts.dispute.said)
            for statement in statements {
                html(.article) { html in
                    html(.h3) { html in
                        html.text(texts.dispute.side(statement.side) + " · ")
                        html.moment(statement.at, texts)
                    }
                    html.prose(statement.text.text)
                }
            }
            if let decidedAt = dispute.decidedAt {
                html(.article) { html in
                    html(.h3) { html in
                        html.text(texts.dispute.endedBy(dispute) + " · ")
                        html.moment(decidedAt, texts)
                    }
                    html(.p, text: texts.dispute.next(dispute, texts.value))
                }
            }
        }
        self(.section, .class("card"), .ariaLabelledBy("files")) { html in
            html(.h2, .id("files"), text: texts.dispute.evidence)
            guard !evidence.isEmpty else {
                html(.p, .class("muted"), text: texts.dispute.noEvidence)
                return
            }
            html(.ul) { html in
                for file in evidence {
                    html(.li) { html in
                        html(
                            .a, .href(DisputeRoute.evidence(file.id).link()), text: file.name.text)
                        html.text(" · " + texts.dispute.side(file.side) + " · ")
                        html.moment(file.at, texts)
                        html.text(" · " + texts.dispute.kilobytes(file.byteCount))
                    }
                }
            }
        }
    }

    /// Where a dispute stands.
    mutating func badge(_ dispute: Disputes.Dispute, _ texts: Texts) {
        let tone: BadgeTone =
            switch dispute.state {
            case .open, .answered: .attention
            case .replied: .waiting
            case .decided: .over
            }
        badge(
            dispute.isWithdrawn ? texts.dispute.withdrawn : texts.dispute.state(dispute.state),
            tone)
    }
}
