import Domain
import HTML

/// The form in which a company writes what visitors read about it, and what stands on its invoices.
package struct CompanyProfilePage: Page {
    let slug: CompanySlug
    let input: FormInput

    package init(slug: CompanySlug, input: FormInput) {
        self.slug = slug
        self.input = input
    }

    package var section: Section { .companyProfile }

    package func title(_ texts: Texts) -> String { texts.company.profileTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.company
        let form = Form(input, context)
        html(.div, .class("form-page")) { html in
            html.heading(texts.profileTitle, lead: texts.profileLead) { html in
                html(.a, .class("button quiet"), .href(Links.company(slug)), text: texts.seePage)
            }
            html.errorSummary(form)
            html.postForm(Links.companyProfile, context) { html in
                html.textField(
                    .companyName, form,
                    attributes: [
                        .type("text"), .autocomplete("organization"),
                        .maxLength(TextRules.CompanyName.lengthMax),
                    ])
                html.textField(
                    .website, form, FieldNote(isOptional: true),
                    attributes: [
                        .type("text"), .inputMode("url"), .autocomplete("url"),
                        .maxLength(WebAddress.lengthMax), .spellCheck(false),
                    ])
                html.textArea(
                    .about, form, FieldNote(hint: texts.aboutHint, isOptional: true), rows: 10,
                    attributes: [.maxLength(TextRules.About.lengthMax)])
                billing(&html, form, context)
                html(.button, .type("submit"), text: context.texts.common.save)
            }
        }
    }

    private func billing(_ html: inout HTMLPrinter, _ form: Form, _ context: PageContext) {
        let texts = context.texts
        html(.h2, text: texts.company.billingTitle)
        html(.p, .class("hint"), text: texts.company.billingLead)
        html.textField(
            .billingName, form, FieldNote(isOptional: true),
            attributes: [
                .type("text"), .autocomplete("billing organization"),
                .maxLength(TextRules.CompanyName.lengthMax),
            ])
        html.textArea(
            .billingAddress, form, FieldNote(isOptional: true), rows: 3,
            attributes: [
                .autocomplete("billing street-address"),
                .maxLength(TextRules.BillingAddress.lengthMax),
            ])
        html.selectField(
            .billingCountry, form, FieldNote(isOptional: true),
            options: texts.value.countries.map { ($0.code.text, $0.name) })
        html.textField(
            .billingTaxID, form,
            FieldNote(hint: texts.company.billingTaxHint, isOptional: true, isNarrow: true),
            attributes: [.type("text"), .maxLength(60), .spellCheck(false)])
    }
}
