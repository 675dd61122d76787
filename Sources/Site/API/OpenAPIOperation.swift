import Domain
import HTTP

/// One operation of the API's description.
struct OpenAPIOperation {
    let route: RouteMaker

    private var row: RouteRow { route.sample.row }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("operationId", route.name)
            json.member("summary", row.contract?.summary ?? "")
            if case .token(let role) = row.access {
                json.name("security")
                json.list([role]) { json, _ in
                    json.object { json in
                        json.name("token")
                        json.list([String]()) { json, text in json.text(text) }
                    }
                }
                json.member("x-role", role?.rawValue)
            }
            json.name("parameters")
            json.list(parameters) { json, parameter in parameter.write(to: &json) }
            if let takes = row.contract?.takes {
                json.name("requestBody")
                json.object { json in
                    json.member("required", true)
                    json.name("content")
                    Self.writeContent("application/json", .named(takes), to: &json)
                }
            }
            json.name("responses")
            writeResponses(&json)
        }
    }

    private struct Parameter {
        let name: String
        let place: StaticString
        let isRequired: Bool
        let schema: Schema

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("name", name)
                json.member("in", place.description)
                json.member("required", isRequired)
                json.name("schema")
                schema.write(to: &json)
            }
        }
    }

    private var parameters: [Parameter] {
        var parameters: [Parameter] = []
        if let schema = route.parameterSchema {
            let name = route.pattern.drop { $0 != "{" }.dropFirst().prefix { $0 != "}" }
            parameters.append(
                Parameter(name: String(name), place: "path", isRequired: true, schema: schema))
        }
        if row.contract?.isList == true {
            parameters.append(
                Parameter(name: "after", place: "query", isRequired: false, schema: .text()))
            parameters.append(
                Parameter(
                    name: "limit", place: "query", isRequired: false,
                    schema: .integer(min: 1, max: 100)))
        }
        for member in row.contract?.query ?? [] {
            parameters.append(
                Parameter(
                    name: member.name, place: "query", isRequired: member.isRequired,
                    schema: member.schema))
        }
        if !row.method.isSafe {
            parameters.append(
                Parameter(
                    name: "Idempotency-Key", place: "header", isRequired: false,
                    schema: .text(pattern: "^[!-~]{8,128}$")))
        }
        return parameters
    }

    private func writeResponses(_ json: inout JSONWriter) {
        guard let contract = row.contract else { return }
        json.object { json in
            json.name(text: String(contract.status))
            json.object { json in
                json.member("description", "Done.")
                json.name("content")
                if let answers = contract.answers {
                    Self.writeContent(
                        "application/json",
                        contract.isList ? Self.list(of: .named(answers)) : .named(answers),
                        to: &json)
                } else {
                    Self.writeContent("application/pdf", nil, to: &json)
                }
            }
            json.name("default")
            json.object { json in
                json.member("description", "It was not done, and why.")
                json.name("content")
                Self.writeContent("application/problem+json", .named(Problem.self), to: &json)
            }
        }
    }

    /// The shape of every list: some rows, and where the next begin.
    static func list(of row: Schema) -> Schema {
        .object([.always("items", .list(row)), .always("next", .optional(.text()))])
    }

    private static func writeContent(
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

extension Schema {
    /// Writes JSON Schema 2020-12.
    func write(to json: inout JSONWriter) {
        switch self {
        case .named(let type):
            json.object { json in json.member("$ref", "#/components/schemas/\(type.schemaName)") }
        case .optional(let inner):
            json.object { json in
                json.name("anyOf")
                json.list([inner, nil]) { json, schema in
                    if let schema {
                        schema.write(to: &json)
                    } else {
                        json.object { json in json.member("type", "null") }
                    }
                }
            }
        default: json.object { json in writeMembers(to: &json) }
        }
    }

    private func writeMembers(to json: inout JSONWriter) {
        switch self {
        case .text(let pattern, let lengthMax, let format):
            json.member("type", "string")
            if let pattern { json.member("pattern", pattern) }
            if let lengthMax { json.member("maxLength", lengthMax) }
            if let format { json.member("format", format.rawValue) }
        case .integer(let min, let max):
            json.member("type", "integer")
            if let min { json.member("minimum", min) }
            if let max { json.member("maximum", max) }
        case .boolean: json.member("type", "boolean")
        case .choice(let choices):
            json.member("type", "string")
            json.name("enum")
            json.list(choices) { json, choice in json.text(choice) }
        case .list(let inner):
            json.member("type", "array")
            json.name("items")
            inner.write(to: &json)
        case .object(let members): Self.write(members, to: &json)
        case .named, .optional: break
        }
    }

    private static func write(_ members: [Member], to json: inout JSONWriter) {
        json.member("type", "object")
        json.name("properties")
        json.object { json in
            for member in members {
                json.name(text: member.name)
                member.schema.write(to: &json)
            }
        }
        json.name("required")
        json.list(members.filter(\.isRequired)) { json, member in json.text(member.name) }
    }
}
