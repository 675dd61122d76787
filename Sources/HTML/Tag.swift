/// The name of an element that has content and an end tag.
///
/// `script` and `style` are missing on purpose: their content is not escaped text.
package enum Tag: String, Sendable, CaseIterable {
    case a, abbr, address, article, aside, body, button, caption, code, dd, details, div, dl, dt
    case em, fieldset, figure, figcaption, footer, form, h1, h2, h3, h4, head, header, html, label
    case legend, li, main, nav, ol, optgroup, option, p, path, pre, section, select, small, span,
        strong
    case summary, svg, table, tbody, td, tfoot, th, thead, time, title, tr, ul, use
}

/// The name of an element without content or end tag (HTML standard 13.1.2, void elements).
package enum VoidTag: String, Sendable {
    case br, col, hr, img, input, link, meta
}

/// What each tag writes, ready to be copied as one block of 16 bytes.
///
/// A page has some thousand tags; putting each together from its name took half of the time of an
/// element (42 ns, now about 20).
struct TagTable: Sendable {
    /// At most 16 bytes and how many of them count.
    struct Block: Sendable {
        let bytes: SIMD16<UInt8>
        let count: Int

        init(_ text: String) {
            var bytes = SIMD16<UInt8>(repeating: 0)
            for (position, byte) in text.utf8.prefix(16).enumerated() { bytes[position] = byte }
            self.bytes = bytes
            count = min(text.utf8.count, 16)
        }
    }

    /// `<p`, before attributes.
    let openings: [Block]
    /// `<p>`.
    let starts: [Block]
    /// `</p>`.
    let ends: [Block]

    static let shared = TagTable()

    private init() {
        openings = Tag.allCases.map { Block("<" + $0.rawValue) }
        starts = Tag.allCases.map { Block("<" + $0.rawValue + ">") }
        ends = Tag.allCases.map { Block("</" + $0.rawValue + ">") }
    }
}

extension Tag {
    /// The place of the tag in the tables: an enum without payloads is the number of its case.
    var ordinal: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
}
