import Domain
import HTTP

/// One operation of the API's description.
struct OpenAPIOperation {
    let route: RouteMaker

    private var row: RouteRow { route.sample.row }

    func write(to json: inout JSONWriter) {
        guard let contract = row.contract else { return }
        json.object { json in
            json.member("operationId", String(route.name.drop { $0 != "." }.dropFirst()))
            json.name("tags")
            json.list([OpenAPITag(row)]) { json, tag in json.text(tag.rawValue) }
            json.member("summary", contract.summary)
            writeSecurity(to: &json)
            json.name("parameters")
            json.list(parameters(contract)) { json, parameter in parameter.write(to: &json) }
            if let takes = contract.takes {
                json.name("requestBody")
                json.object { json in
                    json.member("required", takes.schema.hasRequiredMembers)
                    json.name("content")
                    Self.writeContent("application/json", .named(takes), to: &json)
                }
            }
            json.name("responses")
            writeResponses(contract, to: &json)
        }
    }

    private func writeSecurity(to json: inout JSONWriter) {
        guard case .token(let role) = row.access else { return }
        json.name("security")
        json.list([role]) { json, _ in
            json.object { json in
                json.name("token")
                json.list([String]()) { json, text in json.text(text) }
            }
        }
        if let role { json.member("x-role", role.rawValue) }
    }

    private struct Parameter {
        let name: String
        let place: StaticString
        let isRequired: Bool
        let schema: Schema
        let summary: String

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("name", name)
                json.member("in", place.description)
                json.member("required", isRequired)
                if !summary.isEmpty { json.member("description", summary) }
                json.name("schema")
                schema.write(to: &json)
            }
        }
    }

    private func parameters(_ contract: Contract) -> [Parameter] {
        var parameters: [Parameter] = []
        if let schema = route.parameterSchema {
            let name = route.pattern.drop { $0 != "{" }.dropFirst().prefix { $0 != "}" }
            parameters.append(
                Parameter(
                    name: String(name), place: "path", isRequired: true, schema: schema,
                    summary: ""))
        }
        parameters += contract.parameters.map { parameter in
            Parameter(
                name: parameter.name, place: "query", isRequired: parameter.isRequired,
                schema: parameter.schema, summary: "")
        }
        if contract.isList { parameters += Self.parametersOfLists }
        if contract.key != .none {
            parameters.append(
                Parameter(
                    name: "Idempotency-Key", place: "header",
                    isRequired: contract.key == .required,
                    schema: .text(pattern: "^[!-~]{8,128}$"),
                    summary: "The same request with the same key is done once."))
        }
        return parameters
    }

    private static var parametersOfLists: [Parameter] {
        [
            Parameter(
                name: "after", place: "query", isRequired: false, schema: .text(),
                summary: "The cursor that the answer before had as next."),
            Parameter(
                name: "limit", place: "query", isRequired: false,
                schema: .integer(min: 1, max: 100), summary: "How many rows, 20 if not said."),
        ]
    }

    private func writeResponses(_ contract: Contract, to json: inout JSONWriter) {
        json.object { json in
            json.name(text: String(contract.status))
            json.object { json in
                json.member("description", "Done.")
                if contract.isList { Self.write("Link", "The next page.", to: &json) }
                if contract.status == 201 {
                    Self.write("Location", "Where it can be asked for.", to: &json)
                }
                json.name("content")
                if let answers = contract.answers {
                    let schema = Schema.named(answers)
                    Self.writeContent(
                        "application/json", contract.isList ? Self.list(of: schema) : schema,
                        to: &json)
                } else {
                    json.object { json in
                        for type in contract.mediaTypes {
                            json.name(type)
                            json.object { _ in }
                        }
                    }
                }
            }
            if let kept = contract.kept {
                json.name("202")
                json.object { json in
                    json.member("description", "Kept, and not in yet.")
                    json.name("content")
                    Self.writeContent("application/json", .named(kept), to: &json)
                }
            }
            for refusal in OpenAPIRefusal.all(of: route) {
                json.name(text: refusal.rawValue)
                json.object { json in
                    json.member("$ref", "#/components/responses/" + refusal.rawValue)
                }
            }
        }
    }

    private static func write(
        _ field: StaticString, _ summary: String, to json: inout JSONWriter
    ) {
        json.name("headers")
        json.object { json in
            json.name(field)
            json.object { json in
                json.member("description", summary)
                json.name("schema")
                Schema.text().write(to: &json)
            }
        }
    }

    /// The shape of every list: some rows, and where the next begin.
    static func list(of row: Schema) -> Schema {
        .object([.always("items", .list(row)), .always("next", .optional(.text()))])
    }

    static func writeContent(
        _ type: StaticString, _ schema: Schema?, to json: inout JSONWriter
    ) {
        json.object { json in
            json.name(type)
            json.object { json in
                guard let schema else { return }
                json.name("schema")
                schema.write(to: &json)
            }
        }
    }
}
