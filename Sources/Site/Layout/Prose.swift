/// The structure in a text that a person typed into a plain field.
enum Prose {
    enum Block: Equatable {
        case paragraph([Substring])
        case list([Substring])
        case heading(Substring)
    }

    /// Paragraphs at blank lines; runs of lines that begin with `-`, `*` or `•` as lists; a line of
    /// its own that ends with a colon, before more text, as a heading.
    static func blocks(of text: String) -> [Block] {
        var blocks: [Block] = []
        var lines: [Substring] = []
        var items: [Substring] = []
        func flush() {
            if !lines.isEmpty { blocks.append(.paragraph(lines)) }
            if !items.isEmpty { blocks.append(.list(items)) }
            lines = []
            items = []
        }
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        {
            let trimmed = trimmed(Substring(line))
            if trimmed.isEmpty {
                flush()
            } else if let item = item(trimmed) {
                if !lines.isEmpty { flush() }
                items.append(item)
            } else {
                if !items.isEmpty { flush() }
                lines.append(trimmed)
            }
        }
        flush()
        return withHeadings(blocks)
    }

    /// The beginning of a text in one line of at most so many scalars, cut between words.
    static func summary(of text: String, lengthMax: Int) -> String {
        var summary = ""
        var length = 0
        var rest = text.utf8[...]
        while true {
            rest = rest.drop(while: isSpace)
            guard !rest.isEmpty else { return summary }
            let word = rest.prefix { !isSpace($0) }
            rest = rest[word.endIndex...]
            // A byte of the form 10xxxxxx continues a scalar.
            length += word.count { $0 & 0xC0 != 0x80 } + (summary.isEmpty ? 0 : 1)
            guard length <= lengthMax else { return summary + "…" }
            if !summary.isEmpty { summary += " " }
            summary += Substring(word)
        }
    }

    private static func withHeadings(_ blocks: [Block]) -> [Block] {
        blocks.enumerated().map { position, block in
            guard case .paragraph(let lines) = block, lines.count == 1, let line = lines.first,
                line.utf8.last == UInt8(ascii: ":"), line.utf8.count <= 80,
                position + 1 < blocks.count
            else { return block }
            return .heading(line.dropLast())
        }
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var bytes = line.utf8.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return Substring(bytes)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
    }

    private static func item(_ line: Substring) -> Substring? {
        for mark in ["- ", "* ", "• ", "– "] where line.utf8.starts(with: mark.utf8) {
            return Substring(line.utf8.dropFirst(mark.utf8.count))
        }
        return nil
    }
}
