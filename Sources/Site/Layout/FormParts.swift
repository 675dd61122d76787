import Domain
import HTML

/// A form on its way to the page: what its fields hold, and the language of its labels.
struct Form {
    let input: FormInput
    let context: PageContext

    init(_ input: FormInput, _ context: PageContext) {
        self.input = input
        self.context = context
    }

    var texts: FormTexts { context.texts.form }
}

/// How a field is labelled and explained.
struct FieldNote {
    var label: String?
    var hint: String?
    var isOptional = false
    /// Whether what is typed is short, like a date or a number.
    var isNarrow = false
}

extension HTMLPrinter {
    /// A form that is sent by POST; what browsers check themselves is left to the server, which says
    /// it in the reader's language beside the field.
    mutating func postForm(
        _ action: URLReference, _ context: PageContext, style: StaticString = "form",
        isMultipart: Bool = false, content: (inout HTMLPrinter) -> Void
    ) {
        self(
            .form, .method(.post), .action(action), .class(style), .noValidate,
            isMultipart ? .multipart : .absent
        ) { html in
            html.csrf(context)
            content(&html)
        }
    }

    /// What is wrong with a sent form, before its fields, with a link to each of them.
    mutating func errorSummary(_ form: Form) {
        guard let failure = form.input.failure else { return }
        self(
            .div, .class("error-summary"), .role("alert"), .ariaLabelledBy("problems"),
            .tabIndex(-1)
        ) { html in
            html(.h2, .id("problems"), text: form.texts.problems)
            html(.ul) { html in
                guard case .invalid(let errors) = failure else {
                    html(.li, text: form.context.texts.error.sentence(failure))
                    return
                }
                for error in errors {
                    html(.li) { html in
                        html(.a, .href(.fragment(Self.id(error.field)))) { html in
                            html.text(form.texts.label(error.field))
                            html.text(": ")
                            html.text(form.texts.problem(error))
                        }
                    }
                }
            }
        }
    }

    /// A field of one line.
    mutating func textField(
        _ field: ValidationError.Field, _ form: Form, _ note: FieldNote = FieldNote(),
        attributes: [Attribute] = [.type("text")]
    ) {
        fieldBox(field, form, note) { html in
            html(
                .input,
                attributes: attributes + Self.naming(field, form, note)
                    + [.value(form.input[field])])
        }
    }

    /// A field of several lines.
    mutating func textArea(
        _ field: ValidationError.Field, _ form: Form, _ note: FieldNote = FieldNote(),
        rows: Int, attributes: [Attribute] = []
    ) {
        fieldBox(field, form, note) { html in
            html.textArea(
                [.rows(rows)] + attributes + Self.naming(field, form, note),
                text: form.input[field])
        }
    }

    /// A choice of one from a list that may be long.
    mutating func selectField(
        _ field: ValidationError.Field, _ form: Form, _ note: FieldNote = FieldNote(),
        hasEmptyChoice: Bool = true, options: [(value: String, text: String)]
    ) {
        fieldBox(field, form, note) { html in
            html(.select, attributes: Self.naming(field, form, note)) { html in
                if hasEmptyChoice { html(.option, .value(""), text: form.texts.choose) }
                for option in options {
                    html(
                        .option, .value(option.value),
                        .selected(option.value == form.input[field]), text: option.text)
                }
            }
        }
    }

    /// A box to tick, with the sentence that is agreed to.
    mutating func consentField(
        _ field: ValidationError.Field, _ form: Form, sentence: String, explanation: String
    ) {
        let error = form.input.error(of: field)
        self(.div, .class(error == nil ? "field check" : "field check invalid")) { html in
            html.fieldError(field, error, form)
            html(.div, .class("check-line")) { html in
                html(
                    .input, .type("checkbox"), .id(Self.id(field)), .name(field.rawValue),
                    .value("yes"), .checked(!form.input[field].isEmpty), .required(),
                    .ariaInvalid(error != nil),
                    .ariaDescribedBy(
                        Self.id(field) + "-hint"
                            + (error == nil ? "" : " " + Self.id(field) + "-error")))
                html(.label, .for(Self.id(field)), text: sentence)
            }
            html(.p, .class("hint"), .id(Self.id(field) + "-hint"), text: explanation)
        }
    }

    /// The id of a field's control; the summary of errors links to it.
    static func id(_ field: ValidationError.Field) -> String { "field-" + field.rawValue }

    private mutating func fieldBox(
        _ field: ValidationError.Field, _ form: Form, _ note: FieldNote,
        control: (inout HTMLPrinter) -> Void
    ) {
        let error = form.input.error(of: field)
        let style: StaticString =
            switch (error == nil, note.isNarrow) {
            case (true, false): "field"
            case (true, true): "field narrow"
            case (false, false): "field invalid"
            case (false, true): "field invalid narrow"
            }
        self(.div, .class(style)) { html in
            html(.label, .for(Self.id(field))) { html in
                html.text(note.label ?? form.texts.label(field))
                if note.isOptional {
                    html(.span, .class("optional"), text: form.context.texts.common.optional)
                }
            }
            if let hint = note.hint {
                html(.p, .class("hint"), .id(Self.id(field) + "-hint"), text: hint)
            }
            html.fieldError(field, error, form)
            control(&html)
        }
    }

    private mutating func fieldError(
        _ field: ValidationError.Field, _ error: ValidationError?, _ form: Form
    ) {
        guard let error else { return }
        self(.p, .class("error"), .id(Self.id(field) + "-error")) { html in
            html(.span, .class("visually-hidden"), text: form.texts.errorPrefix)
            html.text(form.texts.problem(error))
        }
    }

    private static func naming(
        _ field: ValidationError.Field, _ form: Form, _ note: FieldNote
    ) -> [Attribute] {
        let isInvalid = form.input.error(of: field) != nil
        var described: [String] = []
        if note.hint != nil { described.append(id(field) + "-hint") }
        if isInvalid { described.append(id(field) + "-error") }
        return [
            .id(id(field)), .name(field.rawValue), .required(!note.isOptional),
            .ariaInvalid(isInvalid),
            .when(!described.isEmpty, .ariaDescribedBy(described.joined(separator: " "))),
        ]
    }
}
