import Domain
import HTTP
import Testing

@testable import Site

@Suite struct OpenAPITests {
    private static let description = try? JSONValue(OpenAPI(origin: TestSite.origin).bytes)

    @Test func `every route of the API is described, and nothing else`() throws {
        let paths = try #require(Self.description?["paths"])
        guard case .object(let members) = paths else { return }
        var described: Set<String> = []
        for (path, operations) in members {
            guard case .object(let methods) = operations else { continue }
            for method in methods.keys { described.insert("\(method) \(path)") }
        }
        let declared = Route.table.map(\.sample.row).filter { $0.kind == .api }.map { row in
            "\(row.method.name)".lowercased() + " \(row.pattern)"
        }
        #expect(described == Set(declared))
    }

    @Test func `every reference leads somewhere`() throws {
        let description = try #require(Self.description)
        let schemas = try #require(description["components"]?["schemas"])
        for name in Self.references(in: description) {
            #expect(schemas[String(name.split(separator: "/").last ?? "")] != nil, "\(name)")
        }
    }

    @Test func `real answers fit their description`() async throws {
        try await withWorld { world in
            let checker = SchemaChecker(description: try #require(Self.description))
            var checked = 0
            let people = [nil, world.company, world.affiliate, world.admin]
            for maker in Route.table where maker.sample.row.kind == .api {
                for person in people {
                    let answer = try await world.site.send(world.ask(maker, by: person))
                    guard let schema = Self.schema(of: maker, answer) else { continue }
                    checked += 1
                    let complaints = checker.complaints(try answer.json(), schema)
                    #expect(complaints == [], "\(maker.name) \(answer.status)")
                }
            }
            #expect(checked > 100)
        }
    }

    /// The schema for an answer; nil for what is not JSON.
    private static func schema(of maker: RouteMaker, _ answer: Answer) -> JSONValue? {
        let row = maker.sample.row
        let responses = description?["paths"]?[row.pattern.description]?[
            row.method.name.description.lowercased()]?["responses"]
        if answer.status >= 400 {
            return responses?["default"]?["content"]?["application/problem+json"]?["schema"]
        }
        return responses?[String(answer.status)]?["content"]?["application/json"]?["schema"]
    }

    private static func references(in value: JSONValue) -> [String] {
        switch value {
        case .object(let members):
            let own = members["$ref"]?.text.map { [$0] } ?? []
            return own + members.values.flatMap(references)
        case .list(let values): return values.flatMap(references)
        default: return []
        }
    }
}
