import Domain
import HTML

/// The form in which a company writes what visitors read about it.
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
                html(.button, .type("submit"), text: context.texts.common.save)
            }
        }
    }
}
