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
}

/// A value that is sent as JSON.
package protocol JSONWritable: Described, Sendable {
    /// Writes the value.
    func write(to json: inout JSONWriter)
}

/// What the API's description says of a route.
package struct Contract: Sendable {
    /// One sentence.
    let summary: String
    /// The content of the request; nil for none.
    let takes: (any Described.Type)?
    /// The content of the answer; nil for none or for what is not JSON.
    let answers: (any Described.Type)?
    /// Whether the answer is a page of a list, with a cursor.
    let isList: Bool
    /// The status when all went well.
    let status: UInt16
    /// What may stand in the query, beside the cursor of a list.
    var query: [Schema.Member] = []

    /// One value.
    static func one(_ answers: any Described.Type, _ summary: String) -> Contract {
        Contract(summary: summary, takes: nil, answers: answers, isList: false, status: 200)
    }

    /// A page of a list.
    static func list(
        of answers: any Described.Type, query: [Schema.Member] = [], _ summary: String
    ) -> Contract {
        Contract(
            summary: summary, takes: nil, answers: answers, isList: true, status: 200,
            query: query)
    }

    /// A file.
    static func file(_ summary: String) -> Contract {
        Contract(summary: summary, takes: nil, answers: nil, isList: false, status: 200)
    }

    /// A write.
    static func write(
        _ takes: (any Described.Type)? = nil, answers: any Described.Type, status: UInt16 = 200,
        _ summary: String
    ) -> Contract {
        Contract(summary: summary, takes: takes, answers: answers, isList: false, status: status)
    }
}
