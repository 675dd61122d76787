/// Why the content of a form was refused.
package enum FormError: Error, Sendable, Hashable {
    /// The request's Content-Type is of another kind.
    case contentType
    /// An escape is malformed.
    case encoding
    /// A name or value is not UTF-8, or has a NUL, which no text of the database can hold.
    case text
    /// The multipart structure is malformed.
    case structure
    /// There are more fields or parts than allowed.
    case tooManyFields
    /// A part's head, a text field or a file is larger than allowed.
    case tooLarge

    /// The status to answer with.
    package var status: Status {
        switch self {
        case .contentType: .unsupportedMediaType
        case .tooLarge, .tooManyFields: .contentTooLarge
        case .encoding, .text, .structure: .badRequest
        }
    }
}
