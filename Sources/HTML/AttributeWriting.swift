extension ByteBuffer {
    /// Appends ` name="value"`, ` name`, or nothing for an attribute that is absent or off.
    mutating func append(_ attribute: Attribute) {
        switch attribute {
        case .absent: break
        case .class(let names):
            append(" class=\"")
            append(names)
            append(UInt8(ascii: "\""))
        case .id(let id): append(" id=\"", id)
        case .href(let url): append(" href=\"", url.encoded)
        case .dateTime(let text): append(" datetime=\"", text)
        case .lang(let code): append(" lang=\"", code)
        case .title(let text): append(" title=\"", text)
        case .role(let role): append(" role=\"", role)
        case .tabIndex(let index): append(" tabindex=\"", index)
        case .hidden(let isHidden): append(" hidden", isHidden)
        case .dataCopy(let text): append(" data-copy=\"", text)
        case .dataEvents(let url): append(" data-events=\"", url.encoded)
        case .dataDone(let text): append(" data-done=\"", text)
        case .scope(let scope): append(" scope=\"", scope.rawValue)
        case .columnSpan(let count): append(" colspan=\"", count)
        case .ariaLabel(let text): append(" aria-label=\"", text)
        case .ariaLabelledBy(let id): append(" aria-labelledby=\"", id)
        case .ariaDescribedBy(let ids): append(" aria-describedby=\"", ids)
        case .ariaCurrent(let token): append(" aria-current=\"", token)
        case .ariaInvalid(let isInvalid): if isInvalid { append(" aria-invalid=\"", "true") }
        case .ariaHidden: append(" aria-hidden=\"", "true")
        case .ariaLive(let politeness): append(" aria-live=\"", politeness)
        default: append(resource: attribute)
        }
    }

    private mutating func append(resource attribute: Attribute) {
        switch attribute {
        case .src(let url): append(" src=\"", url.encoded)
        case .rel(let relation): append(" rel=\"", relation)
        case .hrefLang(let code): append(" hreflang=\"", code)
        case .alt(let text): append(" alt=\"", text)
        case .width(let pixels): append(" width=\"", pixels)
        case .height(let pixels): append(" height=\"", pixels)
        case .viewBox(let box): append(" viewBox=\"", box)
        case .pathData(let data): append(" d=\"", data)
        case .charset(let name): append(" charset=\"", name)
        case .media(let query): append(" media=\"", query)
        case .content(let text): append(" content=\"", text)
        case .contentURL(let url): append(" content=\"", url.encoded)
        case .property(let name): append(" property=\"", name)
        case .download: append(" download", true)
        default: append(field: attribute)
        }
    }

    private mutating func append(field attribute: Attribute) {
        switch attribute {
        case .action(let url): append(" action=\"", url.encoded)
        case .formAction(let url): append(" formaction=\"", url.encoded)
        case .method(let method): append(" method=\"", method.rawValue)
        case .multipart: append(" enctype=\"", "multipart/form-data")
        case .noValidate: append(" novalidate", true)
        case .type(let type): append(" type=\"", type)
        case .name(let name): append(" name=\"", name)
        case .value(let value): append(" value=\"", value)
        case .numericValue(let value): append(" value=\"", value)
        case .for(let id): append(" for=\"", id)
        case .placeholder(let text): append(" placeholder=\"", text)
        case .autocomplete(let token): append(" autocomplete=\"", token)
        case .inputMode(let mode): append(" inputmode=\"", mode)
        case .pattern(let expression): append(" pattern=\"", expression)
        case .accept(let types): append(" accept=\"", types)
        case .min(let value): append(" min=\"", value)
        case .max(let value): append(" max=\"", value)
        case .step(let value): append(" step=\"", value)
        case .minLength(let count): append(" minlength=\"", count)
        case .maxLength(let count): append(" maxlength=\"", count)
        case .rows(let count): append(" rows=\"", count)
        case .list(let id): append(" list=\"", id)
        case .spellCheck(let isOn): append(" spellcheck=\"", isOn ? "true" : "false")
        case .open(let isOpen): append(" open", isOpen)
        case .required(let isRequired): append(" required", isRequired)
        case .checked(let isChecked): append(" checked", isChecked)
        case .selected(let isSelected): append(" selected", isSelected)
        case .disabled(let isDisabled): append(" disabled", isDisabled)
        case .readOnly(let isReadOnly): append(" readonly", isReadOnly)
        default: assertionFailure("an attribute without a name: \(attribute)")
        }
    }

    /// Both take everything up to the value, so that it is one copy.
    private mutating func append(_ opening: StaticString, _ value: String) {
        append(opening)
        append(escaping: value)
        append(UInt8(ascii: "\""))
    }

    private mutating func append(_ opening: StaticString, _ value: Int) {
        append(opening)
        append(decimal: value)
        append(UInt8(ascii: "\""))
    }

    private mutating func append(_ name: StaticString, _ isPresent: Bool) {
        if isPresent { append(name) }
    }
}
