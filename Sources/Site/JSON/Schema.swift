/// The shape of a JSON value, as OpenAPI 3.1 (JSON Schema 2020-12) describes it.
package indirect enum Schema: Sendable {
    case text(pattern: String? = nil, lengthMax: Int? = nil, format: Format? = nil)
    case integer(min: Int? = nil, max: Int? = nil)
    case boolean
    case choice([String])
    case list(Schema)
    case object([Member])
    /// The value or null.
    case optional(Schema)
    /// A shape that has a name of its own.
    case named(any Described.Type)

    /// What a text is, beyond being one.
    package enum Format: String, Sendable {
        case date
        case dateTime = "date-time"
        case email
        case uri
        case byte
    }

    /// A member of an object.
    package struct Member: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
    }
}

extension Schema.Member {
    /// A member that is always there.
    static func always(_ name: String, _ schema: Schema) -> Self {
        Self(name: name, schema: schema, isRequired: true)
    }

    /// A member that may be absent.
    static func maybe(_ name: String, _ schema: Schema) -> Self {
        Self(name: name, schema: schema, isRequired: false)
    }
}

/// A type whose JSON has a name in the API's description.
package protocol Described: SendableMetatype {
    /// The name.
    static var schemaName: String { get }

    /// The shape.
    static var schema: Schema { get }

    /// What its name and its members cannot say; empty for nothing.
    static var schemaDescription: String { get }
}

extension Described {
    package static var schemaDescription: String { "" }
}

/// A value that is sent as JSON.
package protocol JSONWritable: Described, Sendable {
    /// Writes the value.
    func write(to json: inout JSONWriter)
}
