import Domain

/// What a form shows in its fields and what is said of it.
package struct FormInput: Sendable {
    private var values: [ValidationError.Field: String]
    /// What was wrong with what was sent; nil for a form that was not sent yet.
    package var failure: DomainError?

    /// A form with these texts in its fields, in which nothing is wrong.
    package init(_ values: [ValidationError.Field: String] = [:], failure: DomainError? = nil) {
        self.values = values
        self.failure = failure
    }

    package subscript(field: ValidationError.Field) -> String {
        get { values[field] ?? "" }
        set { values[field] = newValue }
    }

    /// Everything that can be said beside a field.
    var errors: [ValidationError] {
        guard case .invalid(let errors) = failure else { return [] }
        return errors
    }

    /// The first complaint about a field, which is said beside it.
    func error(of field: ValidationError.Field) -> ValidationError? {
        errors.first { $0.field == field }
    }
}
