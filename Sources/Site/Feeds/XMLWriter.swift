/// Writes XML 1.0; names are literals, texts are escaped, and what XML cannot hold is left out.
struct XMLWriter: ~Copyable {
    private var output: [UInt8]

    init(capacity: Int = 4_096) {
        output = []
        output.reserveCapacity(capacity)
        append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    consuming func finish() -> [UInt8] { output }

    /// An element with others inside; attributes are names and values.
    mutating func element(
        _ name: StaticString, _ attributes: [(name: StaticString, value: String)] = [],
        _ content: (inout XMLWriter) -> Void
    ) {
        open(name, attributes)
        append(">")
        content(&self)
        close(name)
    }

    /// An element with a text, or none for nil.
    mutating func element(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        open(name, [])
        append(">")
        append(escaping: text)
        close(name)
    }

    /// An element without content.
    mutating func empty(
        _ name: StaticString, _ attributes: [(name: StaticString, value: String)]
    ) {
        open(name, attributes)
        append("/>")
    }

    private mutating func open(
        _ name: StaticString, _ attributes: [(name: StaticString, value: String)]
    ) {
        append("<")
        append(name)
        for attribute in attributes {
            append(" ")
            append(attribute.name)
            append("=\"")
            append(escaping: attribute.value)
            append("\"")
        }
    }

    private mutating func close(_ name: StaticString) {
        append("</")
        append(name)
        append(">\n")
    }

    private mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { output.append(contentsOf: $0) }
    }

    private mutating func append(escaping text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "\""): append("&quot;")
            // XML 1.0 2.2: of the control characters only these three are characters.
            case 0..<0x20 where byte != 0x09 && byte != 0x0A && byte != 0x0D: continue
            default: output.append(byte)
            }
        }
    }
}
