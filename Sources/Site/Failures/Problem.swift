import Domain
import HTTP

/// What a program is told when a request was not answered as it meant it (RFC 9457).
struct Problem: JSONWritable {
    let reply: FailureReply
    let requestID: String
    let texts: Texts
    /// What the content of the request should have been; it knows where its values stand.
    var input: (any Described.Type)?

    static let schemaName = "Problem"
    static let schemaDescription =
        "A problem (RFC 9457). Programs go by the code; title and detail are for people."
    static let schema = Schema.object([
        .always("type", .text()),
        .always("title", .text()),
        .always("status", .integer(min: 400, max: 599)),
        .always("code", .text(pattern: "^[a-z_]+$")),
        .always("detail", .text()),
        .always("request_id", .text(pattern: "^[0-9a-f]{16}$")),
        .maybe("errors", .list(.named(Part.self))),
    ])

    func write(to json: inout JSONWriter) {
        let parts = parts
        json.object { json in
            json.member("type", "about:blank")
            json.member("title", reply.status.reasonPhrase)
            json.member("status", Int(reply.status.code))
            json.member("code", reply.code)
            json.member("detail", detail)
            json.member("request_id", requestID)
            if !parts.isEmpty { json.member("errors", parts) }
        }
    }

    private var detail: String {
        if let error = reply.domainError { return texts.error.sentence(error) }
        return texts.api.advice(reply.code) ?? texts.error.advice(Int(reply.status.code))
    }

    private var parts: [Part] {
        var complaints = reply.complaints
        if case .invalid(let errors) = reply.domainError {
            complaints += errors.map { error in
                Complaint(place: Self.place(of: error.field, in: input), reason: .value(error))
            }
        }
        return complaints.map { Part(complaint: $0, texts: texts) }
    }

    private static func place(
        of field: ValidationError.Field, in input: (any Described.Type)?
    ) -> Complaint.Place {
        if field == .idempotencyKey { return .field("Idempotency-Key") }
        let document = input as? any InputDocument.Type
        return .content(document?.pointer(to: field) ?? "/" + field.rawValue)
    }

    /// The answer.
    var response: Response {
        var json = JSONWriter()
        write(to: &json)
        return Response(
            reply.status, contentType: "application/problem+json", json.finish())
    }

    /// A part of the request that cannot be used.
    struct Part: JSONWritable {
        let complaint: Complaint
        let texts: Texts

        static let schemaName = "ProblemPart"
        static let schemaDescription =
            "What is wrong with a part of the request: one of pointer, parameter and header is there."
        static let schema = Schema.object([
            .always("detail", .text()),
            .maybe("pointer", .text()),
            .maybe("parameter", .text()),
            .maybe("header", .text()),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("detail", detail)
                switch complaint.place {
                case .content(let pointer): json.member("pointer", "#" + pointer)
                case .parameter(let name): json.member("parameter", name)
                case .field(let name): json.member("header", name)
                }
            }
        }

        private var detail: String {
            switch complaint.reason {
            case .missing: texts.api.missing
            case .unknown: texts.api.unknown
            case .wrongKind(let wanted): texts.api.wrongKind(wanted)
            case .value(let error): texts.form.problem(error)
            }
        }
    }
}
