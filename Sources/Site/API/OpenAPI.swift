import Domain
import HTTP

/// The description of the API (OpenAPI 3.1), made of the route table: what is not declared there is
/// not in it, and what is there cannot be missing.
struct OpenAPI {
    let origin: String

    var bytes: [UInt8] {
        let routes = Route.table.filter { $0.sample.row.kind == .api }
        var json = JSONWriter(capacity: 131_072)
        json.object { json in
            json.member("openapi", "3.1.0")
            json.name("info")
            Self.writeInfo(to: &json)
            json.name("servers")
            json.list([origin]) { json, origin in
                json.object { json in json.member("url", origin) }
            }
            json.name("tags")
            json.list(OpenAPITag.allCases) { json, tag in
                json.object { json in
                    json.member("name", tag.rawValue)
                    json.member("description", tag.summary)
                }
            }
            json.name("paths")
            Self.writePaths(routes, to: &json)
            json.name("components")
            Self.writeComponents(routes, to: &json)
        }
        return json.finish()
    }

    private static func writeInfo(to json: inout JSONWriter) {
        json.object { json in
            json.member("title", "Vouch")
            json.member("version", "1")
            json.member("summary", "The things that the pages of Vouch show, as JSON.")
            json.member(
                "description",
                """
                Lists are answered in pages: `next` is the cursor to send as `after`, and Link has \
                the whole address. Writes take an Idempotency-Key: the same request with the same \
                key gets the same answer for seven days and nothing is done again; another request \
                with that key is refused with 409. Errors are problem documents (RFC 9457). Money is \
                in whole minor units with its currency. Answers may get more members in time; \
                requests with members that are not described are refused.
                """)
        }
    }

    private static func writePaths(_ routes: [RouteMaker], to json: inout JSONWriter) {
        var patterns: [String] = []
        for route in routes where !patterns.contains(route.pattern) {
            patterns.append(route.pattern)
        }
        json.object { json in
            for pattern in patterns {
                json.name(text: pattern)
                json.object { json in
                    for route in routes where route.pattern == pattern {
                        json.name(text: route.sample.row.method.name.description.lowercased())
                        OpenAPIOperation(route: route).write(to: &json)
                    }
                }
            }
        }
    }

    private static func writeComponents(_ routes: [RouteMaker], to json: inout JSONWriter) {
        var names = SchemaNames()
        names.collect(from: Problem.self)
        for contract in routes.compactMap(\.sample.row.contract) {
            if let takes = contract.takes { names.collect(from: takes) }
            if let answers = contract.answers { names.collect(from: answers) }
            if let kept = contract.kept { names.collect(from: kept) }
        }
        json.object { json in
            json.name("schemas")
            json.object { json in
                for type in names.types.sorted(by: { $0.schemaName < $1.schemaName }) {
                    json.name(text: type.schemaName)
                    type.schema.write(
                        to: &json, description: type.schemaDescription,
                        isClosed: names.isSent(type))
                }
            }
            json.name("responses")
            json.object { json in
                for refusal in OpenAPIRefusal.allCases {
                    json.name(text: refusal.rawValue)
                    refusal.write(to: &json)
                }
            }
            json.name("securitySchemes")
            json.object { json in
                json.name("token")
                json.object { json in
                    json.member("type", "http")
                    json.member("scheme", "bearer")
                    json.member(
                        "description",
                        "A personal token, made and revoked on the account page; x-role says whose."
                    )
                }
            }
        }
    }
}

/// The parts that the routes fall into.
enum OpenAPITag: String, CaseIterable {
    case open = "Public"
    case application = "Applications"
    case account = "Account"
    case company = "Company"
    case affiliate = "Affiliate"
    case admin = "Admin"

    init(_ row: RouteRow) {
        switch row.access {
        case .token(.company): self = .company
        case .token(.affiliate): self = .affiliate
        case .token(.admin): self = .admin
        case .token(nil): self = .account
        default: self = row.overload == .conversion ? .application : .open
        }
    }

    var summary: String {
        switch self {
        case .open: "Jobs and companies, for everybody."
        case .application: "Applying, and what becomes of it; the receipt is the key."
        case .account: "Whose a token is."
        case .company: "A company's own jobs, candidates and hires."
        case .affiliate: "An affiliate's links, candidates, commissions and payouts."
        case .admin: "What waits for an admin, the money path, the log and the books."
        }
    }
}

extension RouteMaker {
    var pattern: String { sample.row.pattern.description }
}

/// The named shapes that others mention, each once.
private struct SchemaNames {
    private(set) var types: [any Described.Type] = []

    mutating func collect(from type: any Described.Type) {
        guard !types.contains(where: { $0.schemaName == type.schemaName }) else { return }
        types.append(type)
        collect(from: type.schema)
    }

    private mutating func collect(from schema: Schema) {
        switch schema {
        case .text, .integer, .boolean, .choice: break
        case .list(let inner), .optional(let inner): collect(from: inner)
        case .object(let members): for member in members { collect(from: member.schema) }
        case .named(let type): collect(from: type)
        }
    }

    /// Whether programs send it and never get it: then it has no members but those described.
    func isSent(_ type: any Described.Type) -> Bool { type.schemaName.hasSuffix("Input") }
}
