/// The structure in a text that a person typed into a plain field.
enum Prose {
    enum Block: Equatable {
        case paragraph([String])
        case list([String])
        case heading(String)
    }

    /// Paragraphs at blank lines; runs of lines that begin with `-`, `*` or `•` as lists; a line of
    /// its own that ends with a colon, before more text, as a heading.
    static func blocks(of text: String) -> [Block] {
        var blocks: [Block] = []
        var lines: [String] = []
        var items: [String] = []
        func flush() {
            if !lines.isEmpty { blocks.append(.paragraph(lines)) }
            if !items.isEmpty { blocks.append(.list(items)) }
            lines = []
            items = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let trimmed = trimmed(line)
            if trimmed.isEmpty {
                flush()
            } else if let item = item(trimmed) {
                if !lines.isEmpty { flush() }
                items.append(item)
            } else {
                if !items.isEmpty { flush() }
                lines.append(String(trimmed))
            }
        }
        flush()
        return withHeadings(blocks)
    }

    /// The beginning of a text in one line of at most so many characters, cut between words.
    static func summary(of text: String, lengthMax: Int) -> String {
        var summary = ""
        var length = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            length += word.count + (summary.isEmpty ? 0 : 1)
            guard length <= lengthMax else { return summary + "…" }
            if !summary.isEmpty { summary += " " }
            summary += word
        }
        return summary
    }

    private static func withHeadings(_ blocks: [Block]) -> [Block] {
        blocks.enumerated().map { position, block in
            guard case .paragraph(let lines) = block, lines.count == 1, let line = lines.first,
                line.hasSuffix(":"), line.utf8.count <= 80, position + 1 < blocks.count
            else { return block }
            return .heading(String(line.dropLast()))
        }
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line.drop(while: \.isWhitespace)
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }

    private static func item(_ line: Substring) -> String? {
        guard let mark = line.first, "-*•–".contains(mark), line.dropFirst().first == " " else {
            return nil
        }
        return String(line.dropFirst(2))
    }
}
