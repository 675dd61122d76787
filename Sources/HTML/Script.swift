extension HTMLPrinter {
    /// Loads a script of this site, after the document was parsed.
    package mutating func script(source: URLReference) {
        output.append("<script defer src=\"")
        output.append(escaping: source.encoded)
        output.append("\"></script>")
    }

    /// Writes a multi-line text field holding `text`.
    ///
    /// A newline follows the start tag because a parser drops the first one (HTML standard 13.2.6.4.7).
    package mutating func textArea(_ attributes: [Attribute], text: String) {
        output.append("<textarea")
        for attribute in attributes { output.append(attribute) }
        output.append(">\n")
        output.append(escaping: text)
        output.append("</textarea>")
    }

    /// Writes structured data about the page as a JSON-LD object, which browsers do not execute.
    package mutating func linkedData(_ members: (inout JSONObjectPrinter) -> Void) {
        output.append("<script type=\"application/ld+json\">")
        withJSONObject(members)
        output.append("</script>")
    }

    private mutating func withJSONObject(_ members: (inout JSONObjectPrinter) -> Void) {
        var object = JSONObjectPrinter(capacity: 2_048)
        members(&object)
        output.append(object.finished)
    }
}

/// Writes the members of a JSON object so that the text can stand inside a `script` element.
///
/// `< > &` become `\u00XX`: no value can end the element or open a comment in it.
package struct JSONObjectPrinter: ~Copyable {
    private var output: ByteBuffer
    private var isEmpty = true

    init(capacity: Int = 512) {
        output = ByteBuffer(capacity: capacity)
    }

    var finished: [UInt8] {
        isEmpty ? Array("{}".utf8) : output.bytes + [UInt8(ascii: "}")]
    }

    /// Writes a text member, or nothing for nil.
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        begin(name)
        append(quoting: text)
    }

    /// Writes a number of minor units as a decimal number, such as 123450 as 1234.50.
    package mutating func member(_ name: StaticString, hundredths: Int64) {
        begin(name)
        output.append(decimal: Int(hundredths / 100))
        let rest = Int((hundredths % 100).magnitude)
        guard rest != 0 else { return }
        output.append(UInt8(ascii: "."))
        output.append(UInt8(ascii: "0") + UInt8(rest / 10))
        output.append(UInt8(ascii: "0") + UInt8(rest % 10))
    }

    /// Writes a true or false member.
    package mutating func member(_ name: StaticString, _ flag: Bool) {
        begin(name)
        output.append(flag ? "true" : "false")
    }

    /// Writes a member that is an object itself.
    package mutating func member(
        _ name: StaticString, object: (inout JSONObjectPrinter) -> Void
    ) {
        var inner = JSONObjectPrinter()
        object(&inner)
        begin(name)
        output.append(inner.finished)
    }

    private mutating func begin(_ name: StaticString) {
        output.append(isEmpty ? "{\"" : ",\"")
        output.append(name)
        output.append("\":")
        isEmpty = false
    }

    private mutating func append(quoting text: String) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { source in
            guard let base = source.baseAddress else { return }
            var clean = 0
            for position in 0..<source.count {
                let byte = source[position]
                guard Self.needsEscape(byte) else { continue }
                output.append(base + clean, count: position - clean)
                append(escape: byte)
                clean = position + 1
            }
            output.append(base + clean, count: source.count - clean)
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "&"):
            true
        default: false
        }
    }

    private mutating func append(escape byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): output.append("\\\"")
        case UInt8(ascii: "\\"): output.append("\\\\")
        case UInt8(ascii: "\n"): output.append("\\n")
        default:
            output.append("\\u00")
            output.append(UInt8(ascii: "0") + (byte >> 4))
            let low = byte & 15
            output.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "A") + low - 10)
        }
    }
}
