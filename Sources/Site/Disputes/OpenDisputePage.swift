import Domain
import HTML
import Store

/// The form that opens a dispute.
package struct OpenDisputePage: Page {
    let disputable: Disputes.Disputable
    let kind: Kind
    let idempotencyKey: String
    let input: FormInput

    /// Who opens it, and from where.
    package enum Kind: Hashable, Sendable {
        /// An affiliate, from the page of a commission.
        case claim(CommissionID)
        /// A company, from its hire.
        case objection(HireID)

        var side: DisputeSide {
            switch self {
            case .claim: .affiliate
            case .objection: .company
            }
        }
    }

    package init(
        disputable: Disputes.Disputable, kind: Kind, idempotencyKey: String,
        input: FormInput = FormInput()
    ) {
        self.disputable = disputable
        self.kind = kind
        self.idempotencyKey = idempotencyKey
        self.input = input
    }

    package var section: Section { .disputes }

    package func title(_ texts: Texts) -> String { texts.dispute.openTitle }

    private var target: URLReference {
        switch kind {
        case .claim(let id): DisputeRoute.claim(id).link()
        case .objection(let id): DisputeRoute.object(id).link()
        }
    }

    private var back: URLReference {
        switch kind {
        case .claim(let id): Links.commission(id)
        case .objection: Links.companyHires
        }
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html(.div, .class("narrow-page")) { html in
            html.backLink(texts.dispute.back, back, context)
            html.heading(
                texts.dispute.openTitle,
                lead: texts.job.titleAtCompany(
                    disputable.candidateName.text + " · " + disputable.jobTitle.text,
                    disputable.companyName.text))
            if kind.side == .company, disputable.rows.isEmpty {
                html.emptyState(
                    texts.dispute.nothingToDispute, texts.dispute.nothingToDisputeHint, context)
                return
            }
            html.errorSummary(form)
            html(.p, text: texts.dispute.rules(kind.side))
            html.postForm(target, context) { html in
                html.idempotencyKey(idempotencyKey)
                fields(form, &html, texts)
                html(.button, .type("submit"), .class("large"), text: texts.dispute.open)
            }
        }
    }

    private func fields(_ form: Form, _ html: inout HTMLPrinter, _ texts: Texts) {
        if kind.side == .company {
            html.selectField(
                .commission, form, FieldNote(label: texts.dispute.which),
                options: disputable.rows.map { row in
                    (
                        row.id.description,
                        texts.dispute.row(
                            texts.value.money(row.amount), due: texts.value.date(row.dueOn))
                    )
                })
        }
        html.selectField(
            .reason, form,
            options: DisputeReason.all(for: kind.side).map {
                ($0.rawValue, texts.dispute.reason($0))
            })
        html.textField(
            .amount, form,
            FieldNote(
                label: texts.dispute.amountIn(disputable.currency.rawValue),
                hint: texts.dispute.amountHint(kind.side), isOptional: kind.side == .company,
                isNarrow: true),
            attributes: [.type("text"), .inputMode("decimal"), .maxLength(20)])
        html.textArea(
            .text, form,
            FieldNote(label: texts.dispute.whatHappened, hint: texts.dispute.bothRead), rows: 6,
            attributes: [.maxLength(TextRules.Statement.lengthMax)])
        html(.p, .class("muted"), text: texts.dispute.evidenceLater)
    }
}
