@testable import Site

/// Checks values against the schemas of an OpenAPI description, as far as this one uses JSON Schema.
struct SchemaChecker {
    let description: JSONValue

    /// What is wrong with a value; empty when it fits. A member that no schema names is wrong too.
    func complaints(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        if let reference = schema["$ref"]?.text {
            guard let target = resolve(reference) else { return ["\(place): no \(reference)"] }
            return complaints(value, target, at: place)
        }
        if let choices = schema["anyOf"]?.list {
            let all = choices.map { complaints(value, $0, at: place) }
            return all.contains(where: \.isEmpty) ? [] : all.flatMap { $0 }
        }
        switch (schema["type"]?.text, value) {
        case ("null", .null), ("boolean", .flag): return []
        case ("integer", .integer(let number)): return bounds(number, schema, place)
        case ("string", .text(let text)): return pattern(text, schema, place)
        case ("array", .list(let values)):
            return values.enumerated().flatMap { index, value in
                complaints(value, schema["items"] ?? .null, at: "\(place)[\(index)]")
            }
        case ("object", .object(let members)): return object(members, schema, place)
        default: return ["\(place): \(value) is no \(schema["type"]?.text ?? "known type")"]
        }
    }

    private func object(
        _ members: [String: JSONValue], _ schema: JSONValue, _ place: String
    ) -> [String] {
        let required = schema["required"]?.list?.compactMap(\.text) ?? []
        var complaints = required.filter { members[$0] == nil }.map { "\(place): no \($0)" }
        for (name, value) in members {
            guard let inner = schema["properties"]?[name] else {
                complaints.append("\(place): \(name) is not described")
                continue
            }
            complaints += self.complaints(value, inner, at: "\(place).\(name)")
        }
        return complaints
    }

    private func pattern(_ text: String, _ schema: JSONValue, _ place: String) -> [String] {
        if let choices = schema["enum"]?.list, !choices.contains(.text(text)) {
            return ["\(place): \(text) is no choice"]
        }
        if let pattern = schema["pattern"]?.text, let regex = try? Regex(pattern),
            text.firstMatch(of: regex) == nil
        {
            return ["\(place): \(text) does not match \(pattern)"]
        }
        switch schema["format"]?.text {
        case "date" where text.wholeMatch(of: /\d{4}-\d\d-\d\d/) == nil:
            return ["\(place): \(text) is no date"]
        case "date-time" where text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) == nil:
            return ["\(place): \(text) is no date-time"]
        case "uri" where !text.hasPrefix("http"): return ["\(place): \(text) is no URI"]
        default: return []
        }
    }

    private func bounds(_ number: Int64, _ schema: JSONValue, _ place: String) -> [String] {
        if let minimum = schema["minimum"]?.integer, number < minimum {
            return ["\(place): \(number) is below \(minimum)"]
        }
        if let maximum = schema["maximum"]?.integer, number > maximum {
            return ["\(place): \(number) is above \(maximum)"]
        }
        return []
    }

    private func resolve(_ reference: String) -> JSONValue? {
        var value: JSONValue? = description
        for part in reference.split(separator: "/").dropFirst() { value = value?[String(part)] }
        return value
    }
}
