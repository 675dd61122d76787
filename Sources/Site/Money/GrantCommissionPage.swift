import Domain
import HTML

/// A commission that an admin adds to a recorded hire by hand.
package struct GrantCommissionPage: Page {
    let hire: AdminHireRow
    let idempotencyKey: String
    let input: FormInput

    /// - Parameter idempotencyKey: makes one commission of a button that is pressed twice.
    package init(hire: AdminHireRow, idempotencyKey: String, input: FormInput = FormInput()) {
        self.hire = hire
        self.idempotencyKey = idempotencyKey
        self.input = input
    }

    package var section: Section { .adminHires }

    package func title(_ texts: Texts) -> String { texts.admin.grantTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html.backLink(texts.admin.recordTitle, Links.adminHire(hire.id), context)
        html.heading(
            texts.admin.grantTitle,
            lead: texts.job.titleAtCompany(
                hire.candidate.text + " · " + hire.job.text, hire.company.text))
        html.errorSummary(form)
        html.postForm(Links.grantCommission(hire.id), context) { html in
            html.idempotencyKey(idempotencyKey)
            html.textField(
                .amount, form,
                FieldNote(hint: hire.commission?.currency.rawValue, isNarrow: true),
                attributes: [.type("text"), .inputMode("decimal"), .maxLength(20)])
            html.selectField(
                .borneBy, form, hasEmptyChoice: false,
                options: CommissionBearer.allCases.map {
                    ($0.rawValue, texts.admin.bearer($0))
                })
            html.selectField(
                .reason, form,
                options: CommissionReason.allCases.map {
                    ($0.rawValue, texts.value.commissionReason($0))
                })
            html.textArea(
                .note, form, FieldNote(hint: texts.money.noteHint), rows: 3,
                attributes: [.maxLength(TextRules.Note.lengthMax)])
            html(.button, .type("submit"), text: texts.admin.grant)
        }
    }
}
