import Domain
import HTTP
import Testing

@testable import Site

@Suite struct OpenAPITests {
    private let document: OpenAPIDocument

    init() throws { document = try OpenAPIDocument(OpenAPI(origin: TestSite.origin).bytes) }

    @Test func `every route of the API is described, and nothing else`() {
        let routes = Route.table.map(\.sample.row).filter { $0.kind == .api }

        let declared = Set(routes.map { "\($0.method.name) \($0.pattern)" })
        let described = Set(document.operations.map { "\($0.method) \($0.path)" })

        #expect(declared == described)
        #expect(declared.count == routes.count)
    }

    @Test func `every route under the API's address has a contract`() {
        for route in Route.table where route.pattern.hasPrefix("/api/v1/") {
            #expect(route.sample.row.kind == .api)
            #expect(route.sample.row.contract != nil)
        }
    }

    @Test func `every reference leads somewhere, and every shape is referred to`() throws {
        let references = document.references
        for reference in references {
            _ = try document.resolved(.object(["$ref": .text(reference)]))
        }
        guard case .object(let shapes)? = document.root["components"]?["schemas"] else {
            Issue.record("no shapes")
            return
        }
        let unused = shapes.keys.filter { !references.contains("#/components/schemas/\($0)") }
        #expect(unused.isEmpty)
    }

    @Test func `operations have names of their own, a summary and a tag that is declared`() {
        let operations = document.operations
        #expect(Set(operations.map(\.id)).count == operations.count)
        let tags = document.root["tags"]?.list?.compactMap { $0["name"] } ?? []
        for operation in operations {
            #expect(operation.value["summary"]?.text?.hasSuffix(".") == true)
            #expect(operation.value["tags"]?.list?.allSatisfy(tags.contains) == true)
        }
    }

    @Test func `every segment in braces is a parameter that has to be there`() {
        for operation in document.operations {
            let named = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }
                .map { $0.dropFirst().dropLast() }
            let parameters = operation.value["parameters"]?.list ?? []
            let inPath = parameters.filter { $0["in"] == .text("path") }
            #expect(inPath.compactMap { $0["name"]?.text } == named.map(String.init))
            #expect(inPath.allSatisfy { $0["required"] == .flag(true) })
        }
    }

    @Test func `a token is asked for where the table asks for one`() {
        for route in Route.table where route.sample.row.kind == .api {
            let row = route.sample.row
            let operation = document.operations.first {
                $0.method == row.method.name.description && $0.path == route.pattern
            }
            var isForTokens = false
            if case .token = row.access { isForTokens = true }
            #expect((operation?.value["security"] != nil) == isForTokens)
            #expect((operation?.value["responses"]?["401"] != nil) == isForTokens)
        }
    }

    @Test func `writes say whether they need a key, and reads have none`() {
        for operation in document.operations {
            let key = operation.value["parameters"]?.list?.first {
                $0["name"] == .text("Idempotency-Key")
            }
            #expect((key != nil) == (operation.method != "GET"))
        }
    }

    @Test func `what programs send has no members but those described`() throws {
        for operation in document.operations {
            let content = operation.value["requestBody"]?["content"]?["application/json"]
            guard let schema = content?["schema"] else { continue }
            #expect(try document.resolved(schema)["additionalProperties"] == .flag(false))
        }
    }

    @Test func `it is served to everybody`() async throws {
        try await withSite { site in
            let answer = try await site.send(.get("/api/openapi.json"))

            #expect(answer.status == 200)
            #expect(answer.fields.first(.contentType) == "application/json")
            #expect(try answer.json()["openapi"] == .text("3.1.0"))
        }
    }
}
