/// Whether content has the shape that the API's description asks for: names and kinds of values.
///
/// What the values say is judged by the domain, in the same words as for the forms.
struct ShapeCheck {
    /// All complaints, but not so many that a long request makes a long answer.
    private(set) var complaints: [Complaint] = []

    private static let complaintsMax = 20
    /// Of a name that nobody knows, so much is repeated.
    private static let nameLengthMax = 60

    init(_ value: JSONValue, _ schema: Schema) {
        check(value, schema, at: "")
    }

    private mutating func check(_ value: JSONValue, _ schema: Schema, at pointer: String) {
        switch (schema, value) {
        case (.named(let type), _): check(value, type.schema, at: pointer)
        case (.optional, .null): break
        case (.optional(let inner), _): check(value, inner, at: pointer)
        case (.text, .text), (.choice, .text), (.integer, .integer), (.boolean, .flag): break
        case (.list(let inner), .list(let values)):
            for (index, value) in values.enumerated() where complaints.count < Self.complaintsMax {
                check(value, inner, at: pointer + "/\(index)")
            }
        case (.object(let members), .object(let values)): check(values, members, at: pointer)
        default: complain(.wrongKind(Self.kind(of: schema)), at: pointer)
        }
    }

    private mutating func check(
        _ values: [String: JSONValue], _ members: [Schema.Member], at pointer: String
    ) {
        for member in members {
            if let value = values[member.name] {
                check(value, member.schema, at: pointer + "/" + member.name)
            } else if member.isRequired {
                complain(.missing, at: pointer + "/" + member.name)
            }
        }
        let known = Set(members.map(\.name))
        for name in values.keys.filter({ !known.contains($0) }).sorted() {
            complain(.unknown, at: pointer + "/" + Self.escaped(name))
        }
    }

    private mutating func complain(_ reason: Complaint.Reason, at pointer: String) {
        guard complaints.count < Self.complaintsMax else { return }
        complaints.append(Complaint(place: .content(pointer), reason: reason))
    }

    /// RFC 6901 3.
    private static func escaped(_ name: String) -> String {
        var escaped = ""
        for character in name.prefix(nameLengthMax) {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    private static func kind(of schema: Schema) -> JSONKind {
        switch schema {
        case .text, .choice: .text
        case .integer: .integer
        case .boolean: .boolean
        case .list: .list
        case .object: .object
        case .optional(let inner): kind(of: inner)
        case .named(let type): kind(of: type.schema)
        }
    }
}
