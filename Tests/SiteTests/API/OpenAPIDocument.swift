import Domain
import HTTP
import TestSupport

@testable import Site

/// The API's description as a program reads it: from its bytes, not from what they were made of.
struct OpenAPIDocument: Sendable {
    let root: JSONValue

    init(_ bytes: [UInt8]) throws { root = try JSONValue(bytes) }

    /// One operation with its address.
    struct Operation: Sendable {
        let method: String
        let path: String
        let value: JSONValue

        var id: String { value["operationId"]?.text ?? "" }
    }

    var operations: [Operation] {
        guard case .object(let paths)? = root["paths"] else { return [] }
        return paths.flatMap { path, item -> [Operation] in
            guard case .object(let methods) = item else { return [] }
            return methods.map {
                Operation(method: $0.key.uppercased(), path: path, value: $0.value)
            }
        }
    }

    /// The operation that a request is for; nil for an address that is not described.
    func operation(_ method: String, _ target: String) -> Operation? {
        let segments = Self.segments(target.prefix { $0 != "?" })
        let found = operations.filter { operation in
            let pattern = Self.segments(operation.path[...])
            return operation.method == method && pattern.count == segments.count
                && zip(pattern, segments).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        // A literal segment goes before a parameter.
        return found.min { $0.path.filter { $0 == "{" }.count < $1.path.filter { $0 == "{" }.count }
    }

    private static func segments(_ path: Substring) -> [Substring] { path.split(separator: "/") }

    /// What an answer has that the description of its operation does not, and the other way round.
    func misfits(of answer: Answer, to operation: Operation) throws -> [String] {
        let responses = operation.value["responses"]
        guard let described = responses?["\(answer.status)"] else {
            return ["\(operation.id): no status \(answer.status)"]
        }
        guard case .object(let types)? = try resolved(described)["content"] else {
            return ["\(operation.id): no content"]
        }
        let type = answer.fields.first(.contentType) ?? ""
        guard let content = types[type] else { return ["\(operation.id): no type \(type)"] }
        guard let schema = content["schema"] else { return [] }
        return try SchemaChecker(document: self).misfits(
            of: try answer.json(), to: schema, at: operation.id)
    }

    /// The value, or what its `$ref` leads to.
    func resolved(_ value: JSONValue) throws -> JSONValue {
        guard let reference = value["$ref"]?.text else { return value }
        var found = root
        guard reference.hasPrefix("#/") else { throw TestFailure(reference) }
        for name in reference.dropFirst(2).split(separator: "/") {
            guard let next = found[String(name)] else { throw TestFailure(reference) }
            found = next
        }
        return found
    }

    /// Every `$ref` there is.
    var references: [String] { Self.references(in: root) }

    private static func references(in value: JSONValue) -> [String] {
        switch value {
        case .object(let members):
            let own = members["$ref"]?.text.map { [$0] } ?? []
            return own + members.values.flatMap { references(in: $0) }
        case .list(let values): return values.flatMap { references(in: $0) }
        default: return []
        }
    }
}

/// As much of JSON Schema 2020-12 as the description uses; members that are not described are
/// misfits too, although the description leaves room for them.
struct SchemaChecker {
    let document: OpenAPIDocument

    func misfits(of value: JSONValue, to schema: JSONValue, at place: String) throws -> [String] {
        let schema = try document.resolved(schema)
        if let choices = schema["anyOf"]?.list {
            let fits = try choices.contains {
                try misfits(of: value, to: $0, at: place).isEmpty
            }
            return fits ? [] : ["\(place): none of the shapes fits \(value)"]
        }
        switch (schema["type"]?.text, value) {
        case ("null", .null), ("boolean", .flag): return []
        case ("integer", .integer(let number)): return range(number, schema, place)
        case ("string", .text(let text)): return try checkText(text, schema, place)
        case ("array", .list(let values)):
            guard let items = schema["items"] else { return ["\(place): items of any kind"] }
            return try values.enumerated().flatMap { index, value in
                try misfits(of: value, to: items, at: "\(place)/\(index)")
            }
        case ("object", .object(let values)): return try members(values, schema, place)
        default: return ["\(place): \(value) is no \(schema["type"] ?? .null)"]
        }
    }

    private func members(
        _ values: [String: JSONValue], _ schema: JSONValue, _ place: String
    ) throws -> [String] {
        guard case .object(let properties)? = schema["properties"] else { return [place] }
        var found: [String] = []
        for name in schema["required"]?.list?.compactMap(\.text) ?? [] where values[name] == nil {
            found.append("\(place)/\(name) is missing")
        }
        for (name, value) in values {
            guard let property = properties[name] else {
                found.append("\(place)/\(name) is not described")
                continue
            }
            found += try misfits(of: value, to: property, at: "\(place)/\(name)")
        }
        return found
    }

    private func range(_ number: Int64, _ schema: JSONValue, _ place: String) -> [String] {
        let min = schema["minimum"]?.integer ?? .min
        let max = schema["maximum"]?.integer ?? .max
        return (min...max).contains(number) ? [] : ["\(place): \(number) is out of range"]
    }

    private func checkText(_ text: String, _ schema: JSONValue, _ place: String) throws -> [String]
    {
        if let choices = schema["enum"]?.list, !choices.contains(.text(text)) {
            return ["\(place): \(text) is none of the choices"]
        }
        if let pattern = schema["pattern"]?.text, try Regex(pattern).firstMatch(in: text) == nil {
            return ["\(place): \(text) does not match \(pattern)"]
        }
        let isFormed =
            switch schema["format"]?.text {
            case "date": CalendarDate(text) != nil
            case "date-time":
                text.utf8.count == 20 && text.hasSuffix("Z")
                    && CalendarDate(String(text.prefix(10))) != nil
            case "email": (try? EmailAddress(text)) != nil
            case "uri": text.hasPrefix("http")
            default: true
            }
        return isFormed ? [] : ["\(place): \(text) is malformed"]
    }
}
