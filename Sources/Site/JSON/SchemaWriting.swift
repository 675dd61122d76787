extension Schema {
    /// Writes JSON Schema 2020-12.
    ///
    /// - Parameter isClosed: whether an object has no members but those described.
    func write(to json: inout JSONWriter, description: String = "", isClosed: Bool = false) {
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
        default:
            json.object { json in
                if !description.isEmpty { json.member("description", description) }
                writeMembers(to: &json)
                if isClosed { json.member("additionalProperties", false) }
            }
        }
    }

    private func writeMembers(to json: inout JSONWriter) {
        switch self {
        case .text(let pattern, let lengthMax, let format):
            json.member("type", "string")
            if let pattern { json.member("pattern", pattern) }
            if let lengthMax { json.member("maxLength", lengthMax) }
            switch format {
            case .byte: json.member("contentEncoding", "base64")
            case let format?: json.member("format", format.rawValue)
            case nil: break
            }
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
