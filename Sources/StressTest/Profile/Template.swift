/// A text with places for values: `/jobs/${job}`.
///
/// `${env:NAME}` is a variable of the environment. `$` before anything but `{` is itself.
package struct Template: Sendable, Hashable {
    /// A piece of a template.
    package enum Part: Sendable, Hashable {
        case literal(String)
        case variable(String)
        case environment(String)
    }

    package let parts: [Part]

    /// Reads a template; nil where a `${` has no end or no name.
    package init?(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            if start.lowerBound > rest.startIndex {
                parts.append(.literal(String(rest[..<start.lowerBound])))
            }
            rest = rest[start.upperBound...]
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let name = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            if name.hasPrefix("env:") {
                let variable = String(name.dropFirst(4))
                guard Self.isName(variable) else { return nil }
                parts.append(.environment(variable))
            } else {
                guard Self.isName(name) else { return nil }
                parts.append(.variable(name))
            }
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
    }

    /// A text without places.
    package init(literal: String) { parts = literal.isEmpty ? [] : [.literal(literal)] }

    /// The variables of visitors that occur.
    package var variables: [String] {
        parts.compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }

    /// The variables of the environment that occur.
    package var environmentVariables: [String] {
        parts.compactMap { if case .environment(let name) = $0 { name } else { nil } }
    }

    /// The text with the environment's values in it, where it needs no visitor's; nil where one is
    /// missing.
    package func text(in environment: [String: String]) -> String? {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .environment(let name):
                guard let value = environment[name] else { return nil }
                text += value
            case .variable: return nil
            }
        }
        return text
    }

    /// Whether a variable may be called so: letters, digits and `_`.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
