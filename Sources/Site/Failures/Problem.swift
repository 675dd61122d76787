import Domain
import HTTP

/// What a program is told when a request was not answered as it meant it (RFC 9457).
struct Problem: JSONWritable {
    let reply: FailureReply
    let requestID: String
    let texts: Texts

    static let schemaName = "Problem"
    static let schema = Schema.object([
        .always("type", .text()),
        .always("title", .text()),
        .always("status", .integer(min: 400, max: 599)),
        .always("code", .text(pattern: "^[a-z_]+$")),
        .always("detail", .text()),
        .always("request_id", .text()),
        .maybe("errors", .list(.named(FieldProblem.self))),
    ])

    func write(to json: inout JSONWriter) {
        let status = Int(reply.status.code)
        json.object { json in
            json.member("type", "about:blank")
            json.member("title", reply.status.reasonPhrase)
            json.member("status", status)
            json.member("code", reply.code)
            json.member(
                "detail",
                reply.domainError.map(texts.error.sentence) ?? texts.error.advice(status))
            json.member("request_id", requestID)
            if case .invalid(let errors) = reply.domainError {
                json.member("errors", errors.map { FieldProblem(error: $0, texts: texts) })
            }
        }
    }

    /// The answer.
    var response: Response {
        var json = JSONWriter()
        write(to: &json)
        return Response(
            reply.status, contentType: "application/problem+json", json.finish())
    }

    /// A member of the request that cannot be used.
    struct FieldProblem: JSONWritable {
        let error: ValidationError
        let texts: Texts

        static let schemaName = "FieldProblem"
        static let schema = Schema.object([
            .always("field", .text()), .always("detail", .text()),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("field", error.field.rawValue)
                json.member("detail", texts.form.problem(error))
            }
        }
    }
}
