import Domain
import HTML

extension HTMLPrinter {
    /// The form by which an affiliate names a person for a job.
    mutating func recommendForm(
        _ slug: JobSlug, _ input: FormInput, _ context: PageContext
    ) {
        let texts = context.texts.recommendation
        let form = Form(input, context)
        self(.section, .class("card"), .ariaLabelledBy("recommend")) { html in
            html(.h2, .id("recommend"), text: texts.recommendTitle)
            html(.p, text: texts.recommendLead)
            html.errorSummary(form)
            html.postForm(Links.recommend(slug), context) { html in
                html.textField(
                    .candidateName, form,
                    attributes: [
                        .type("text"), .autocomplete("off"),
                        .maxLength(TextRules.PersonName.lengthMax),
                    ])
                html.textField(
                    .email, form, FieldNote(hint: texts.emailHint),
                    attributes: [
                        .type("email"), .autocomplete("off"), .inputMode("email"),
                        .maxLength(EmailAddress.bytesMax), .spellCheck(false),
                    ])
                html.textField(
                    .phone, form, FieldNote(isOptional: true),
                    attributes: [.type("tel"), .autocomplete("off"), .maxLength(32)])
                html.selectField(
                    .language, Form(input.withLanguage(context.texts.language), context),
                    FieldNote(hint: texts.languageHint), hasEmptyChoice: false,
                    options: Language.allCases.map {
                        ($0.rawValue, context.texts.value.language($0))
                    })
                html.textArea(
                    .message, form,
                    FieldNote(label: texts.words, hint: texts.wordsHint, isOptional: true),
                    rows: 4, attributes: [.maxLength(TextRules.Message.lengthMax)])
                html.consentField(
                    .consent, form, sentence: texts.knows, explanation: texts.knowsExplained)
                html(.button, .type("submit"), text: texts.recommendButton)
            }
        }
    }
}

extension FormInput {
    /// The same with a language chosen.
    fileprivate func withLanguage(_ language: Language) -> FormInput {
        guard self[.language].isEmpty else { return self }
        var input = self
        input[.language] = language.rawValue
        return input
    }
}
