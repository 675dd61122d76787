import Domain
import HTTP

/// The description of the API (OpenAPI 3.1), made of the route table: what is not declared there is
/// not in it, and what is there cannot be missing.
struct OpenAPI {
    let origin: String

    var bytes: [UInt8] {
        let routes = Route.table.filter { $0.sample.row.kind == .api }
        var json = JSONWriter(capacity: 65_536)
        json.object { json in
            json.member("openapi", "3.1.0")
            json.name("info")
            json.object { json in
                json.member("title", "Vouch")
                json.member("version", "1")
                json.member(
                    "description",
                    "The same things as the pages of Vouch. Lists have cursors, writes take an Idempotency-Key, errors are problem documents (RFC 9457)."
                )
            }
            json.name("servers")
            json.list([origin]) { json, origin in
                json.object { json in json.member("url", origin) }
            }
            json.name("paths")
            writePaths(routes, &json)
            json.name("components")
            writeComponents(routes, &json)
        }
        return json.finish()
    }

    private func writePaths(_ routes: [RouteMaker], _ json: inout JSONWriter) {
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

    private func writeComponents(_ routes: [RouteMaker], _ json: inout JSONWriter) {
        var names = SchemaNames()
        names.collect(from: Problem.self)
        for route in routes {
            if let takes = route.sample.row.contract?.takes { names.collect(from: takes) }
            if let answers = route.sample.row.contract?.answers { names.collect(from: answers) }
        }
        json.object { json in
            json.name("schemas")
            json.object { json in
                for type in names.types {
                    json.name(text: type.schemaName)
                    type.schema.write(to: &json)
                }
            }
            json.name("securitySchemes")
            json.object { json in
                json.name("token")
                json.object { json in
                    json.member("type", "http")
                    json.member("scheme", "bearer")
                }
            }
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
}
