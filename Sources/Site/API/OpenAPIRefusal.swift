/// The ways in which a request may be refused, each a response of its own in the description.
enum OpenAPIRefusal: String, CaseIterable {
    case badRequest = "400"
    case unauthenticated = "401"
    case forbidden = "403"
    case notFound = "404"
    case conflict = "409"
    case gone = "410"
    case tooLarge = "413"
    case wrongType = "415"
    case invalid = "422"
    case tooMany = "429"
    case unavailable = "503"
    case other = "default"

    /// Those that a route may answer with.
    static func all(of route: RouteMaker) -> [OpenAPIRefusal] {
        let row = route.sample.row
        guard let contract = row.contract else { return [] }
        var refusals: Set<OpenAPIRefusal> = [.unavailable, .other]
        if case .token(let role) = row.access {
            refusals.insert(.unauthenticated)
            if role != nil { refusals.insert(.forbidden) }
        }
        if route.parameterSchema != nil { refusals.insert(.notFound) }
        if contract.isList || !contract.parameters.isEmpty { refusals.insert(.invalid) }
        if contract.key != .none {
            refusals.formUnion([.badRequest, .conflict, .tooLarge, .wrongType, .invalid])
        }
        if contract.takes?.schemaName == LinkInput.schemaName {
            refusals.formUnion([.notFound, .gone, .tooMany])
        }
        if case .api(let api) = route.sample {
            switch api {
            case .job, .apply, .application, .withdraw, .exportApplication:
                refusals.insert(.gone)
            case .decideCommissions: refusals.insert(.notFound)
            case .hireDecision: refusals.insert(.conflict)
            case .events: refusals.formUnion([.forbidden, .tooMany])
            case .savePayoutAccount: refusals.insert(.tooMany)
            default: break
            }
        }
        return allCases.filter(refusals.contains)
    }

    private var summary: String {
        switch self {
        case .badRequest: "The content is not JSON, or an Idempotency-Key is wanted."
        case .unauthenticated: "No token was sent, or it is unknown or revoked."
        case .forbidden: "The token is of another role, or of an admin without a second factor."
        case .notFound: "There is no such thing, or it is somebody else's."
        case .conflict: "The present state does not allow it, or the key came with another request."
        case .gone: "It was there and is over."
        case .tooLarge: "The content is too long."
        case .wrongType: "The content is not application/json."
        case .invalid: "Some values cannot be used; errors says which."
        case .tooMany: "A bound was reached."
        case .unavailable: "There is too much to do, or the database is away; nothing was done."
        case .other: "It was not done, and why."
        }
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("description", summary)
            switch self {
            case .unauthenticated: Self.write("WWW-Authenticate", .text(), to: &json)
            case .unavailable: Self.write("Retry-After", .integer(min: 1), to: &json)
            default: break
            }
            json.name("content")
            OpenAPIOperation.writeContent(
                "application/problem+json", .named(Problem.self), to: &json)
        }
    }

    private static func write(_ field: StaticString, _ schema: Schema, to json: inout JSONWriter) {
        json.name("headers")
        json.object { json in
            json.name(field)
            json.object { json in
                json.name("schema")
                schema.write(to: &json)
            }
        }
    }
}
