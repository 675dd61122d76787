import Foundation

/// A JSON value of a profile or of an answer of the target.
package enum ProfileValue: Sendable, Hashable, Decodable {
    case object([String: ProfileValue])
    case list([ProfileValue])
    case text(String)
    case number(Double)
    case flag(Bool)
    case null

    package init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyName.self) {
            var members: [String: ProfileValue] = [:]
            for key in container.allKeys {
                members[key.stringValue] = try container.decode(ProfileValue.self, forKey: key)
            }
            self = .object(members)
        } else if var container = try? decoder.unkeyedContainer() {
            var values: [ProfileValue] = []
            while !container.isAtEnd { values.append(try container.decode(ProfileValue.self)) }
            self = .list(values)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    /// Reads a JSON document.
    ///
    /// - Throws: `ProfileProblems` with where it is not JSON.
    package init(json: [UInt8]) throws(ProfileProblems) {
        do {
            self = try JSONDecoder().decode(ProfileValue.self, from: Data(json))
        } catch DecodingError.dataCorrupted(let context) {
            // Foundation says line and column in the error below.
            let reason = context.underlyingError.map { "\($0)" } ?? context.debugDescription
            throw ProfileProblems(["not JSON: \(reason)"])
        } catch {
            throw ProfileProblems(["not JSON: \(error)"])
        }
    }

    /// A member of an object; nil elsewhere.
    package subscript(_ name: String) -> ProfileValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// A member of a member, by a path with dots.
    package func value(at path: String) -> ProfileValue? {
        path.split(separator: ".").reduce(self) { $0?[String($1)] }
    }

    /// The text, or nil.
    package var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The number, or nil.
    package var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// The values of a list, or nil.
    package var list: [ProfileValue]? {
        guard case .list(let values) = self else { return nil }
        return values
    }

    private struct AnyName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
