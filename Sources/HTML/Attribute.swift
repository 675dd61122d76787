/// An attribute of an element: a name of this closed list and a value that is escaped on writing.
///
/// Attributes that hold an address take a `URLReference`, so that no text can become a
/// `javascript:` link; event handlers and `style` do not exist.
package enum Attribute: Sendable {
    /// No attribute at all, for conditions.
    case absent

    // Any element
    /// Class names are the program's own, never data.
    case `class`(StaticString)
    case id(String), lang(String), title(String), role(String), tabIndex(Int)
    case hidden(Bool = true)
    /// What the product's own script reads.
    case dataCopy(String), dataDone(String), dataEvents(URLReference)

    // Links, documents, images
    case href(URLReference), src(URLReference), rel(String), hrefLang(String), alt(String)
    case width(Int), height(Int), viewBox(String), pathData(String), dateTime(String), charset(
        String)
    case media(String), content(String), contentURL(URLReference), property(String)
    case download

    // Forms
    case action(URLReference), formAction(URLReference), method(FormMethod), multipart
    case noValidate, type(String), name(String), value(String), numericValue(Int), `for`(String)
    case placeholder(String), autocomplete(String), inputMode(String), pattern(String)
    case accept(String), min(String), max(String), step(String), minLength(Int), maxLength(Int)
    case rows(Int), list(String), spellCheck(Bool), open(Bool = true)
    case required(Bool = true), checked(Bool = true), selected(Bool = true)
    case disabled(Bool = true), readOnly(Bool = true)

    // Tables
    case scope(HeaderScope), columnSpan(Int)

    // Accessibility
    case ariaLabel(String), ariaLabelledBy(String), ariaDescribedBy(String), ariaCurrent(String)
    case ariaInvalid(Bool = true), ariaHidden, ariaLive(String)

    /// The attribute when the condition holds, else nothing.
    package static func when(
        _ condition: Bool, _ attribute: @autoclosure () -> Attribute
    ) -> Attribute {
        condition ? attribute() : .absent
    }
}

/// How a form is sent.
package enum FormMethod: String, Sendable {
    case get
    case post
}

/// Which cells a header cell speaks for.
package enum HeaderScope: String, Sendable {
    case column = "col"
    case row
}
