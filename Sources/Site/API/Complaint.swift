import Domain

/// What is wrong with one part of a program's request, and which part it is.
struct Complaint: Hashable, Sendable {
    let place: Place
    let reason: Reason

    /// A part of a request.
    enum Place: Hashable, Sendable {
        /// A JSON pointer into the content (RFC 6901), empty for all of it.
        case content(String)
        /// A parameter of the query.
        case parameter(String)
        /// A field of the head.
        case field(String)
    }

    /// What is wrong with it.
    enum Reason: Hashable, Sendable {
        case missing
        /// Nothing of this name is known here.
        case unknown
        /// JSON of another kind is wanted.
        case wrongKind(JSONKind)
        /// The rules refuse the value.
        case value(ValidationError)
    }
}

/// The kinds of JSON values, as far as requests have them.
enum JSONKind: Hashable, Sendable, CaseIterable {
    case text, integer, boolean, list, object
}

/// A request that is refused before any rule of the product saw it.
struct RefusedRequest: Error {
    let complaints: [Complaint]

    /// Throws if there are complaints.
    static func check(_ complaints: [Complaint]) throws(RefusedRequest) {
        guard complaints.isEmpty else { throw RefusedRequest(complaints: complaints) }
    }
}
