import Domain
import Postgres

/// A flat JSON object for `jsonb` columns: audit details and payloads of messages.
package struct JSONObject: Hashable, Sendable {
    private var members = ""

    package init() {}

    package mutating func set(_ name: StaticString, _ value: String?) {
        append(name, value.map(Self.quoted) ?? "null")
    }

    package mutating func set(_ name: StaticString, _ value: Int64) {
        append(name, String(value))
    }

    package mutating func set<Tag>(_ name: StaticString, _ id: ID<Tag>?) {
        append(name, id.map { String($0.rawValue) } ?? "null")
    }

    /// Minor units under the name, and the currency under `currency`.
    package mutating func set(_ name: StaticString, _ money: Money) {
        set(name, money.minorUnits)
        set("currency", money.currency.rawValue)
    }

    /// As a parameter of a statement.
    var json: JSONText { JSONText("{\(members)}") }

    private mutating func append(_ name: StaticString, _ value: String) {
        if !members.isEmpty { members += "," }
        members += "\"\(name)\":\(value)"
    }

    /// RFC 8259 7; U+0000 is dropped, because `jsonb` cannot keep it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}": continue
            case "\u{1}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
