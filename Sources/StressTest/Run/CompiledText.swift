/// A template whose variables are places in a visitor's values.
struct CompiledText: Sendable {
    /// How a value is written so that it means itself.
    enum Escaping: Sendable {
        case none
        /// application/x-www-form-urlencoded.
        case form
        /// Between the quotes of a JSON text.
        case json
    }

    private enum Part: Sendable {
        case literal([UInt8])
        case value(slot: Int, Escaping)
    }

    private var parts: [Part] = []

    mutating func append(literal: String) {
        guard !literal.isEmpty else { return }
        if case .literal(let before) = parts.last {
            parts[parts.count - 1] = .literal(before + Array(literal.utf8))
        } else {
            parts.append(.literal(Array(literal.utf8)))
        }
    }

    mutating func append(slot: Int, _ escaping: Escaping) {
        parts.append(.value(slot: slot, escaping))
    }

    /// Appends the text with a visitor's values.
    func write(to output: inout [UInt8], _ values: [[UInt8]]) {
        for part in parts {
            switch part {
            case .literal(let bytes): output.append(contentsOf: bytes)
            case .value(let slot, .none): output.append(contentsOf: values[slot])
            case .value(let slot, .form):
                output.append(contentsOf: Self.formEncoded(values[slot]))
            case .value(let slot, .json):
                output.append(contentsOf: Self.jsonEscaped(values[slot]))
            }
        }
    }

    func text(_ values: [[UInt8]]) -> String {
        var bytes: [UInt8] = []
        write(to: &bytes, values)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func formEncoded(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "*"):
                output.append(byte)
            case UInt8(ascii: " "): output.append(UInt8(ascii: "+"))
            default:
                output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return output
    }

    static func jsonEscaped(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        let digits = Array("0123456789abcdef".utf8)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                output += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: output.append(byte)
            }
        }
        return output
    }
}
