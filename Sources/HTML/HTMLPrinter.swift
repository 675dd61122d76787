/// Writes one HTML document or fragment into memory, escaping every text and attribute value.
///
/// An element is a call: `html(.p, .class("lead"), text: job.title)`, or with content
/// `html(.ul) { html in html(.li, text: "one") }`. Nothing outside this target can write markup
/// that is not an element, an attribute or an escaped text.
package struct HTMLPrinter: ~Copyable {
    var output: ByteBuffer
    private let tags = TagTable.shared

    /// A printer with room for `capacity` bytes before it has to grow.
    package init(capacity: Int = 16_384) {
        output = ByteBuffer(capacity: capacity)
    }

    /// What was written so far.
    package var bytes: [UInt8] { output.bytes }

    /// What was written so far as a fragment that can be put into other documents.
    package var fragment: HTMLFragment { HTMLFragment(bytes: output.bytes) }

    /// Writes the document type and the root element.
    package mutating func document(
        language: String, content: (inout HTMLPrinter) -> Void
    ) {
        output.append("<!DOCTYPE html>\n")
        self(.html, .lang(language), content: content)
        output.append(UInt8(ascii: "\n"))
    }

    /// Writes an element with what `content` writes inside it.
    package mutating func callAsFunction(_ tag: Tag, content: (inout HTMLPrinter) -> Void) {
        output.append(tags.starts[tag.ordinal])
        content(&self)
        close(tag)
    }

    /// Writes an element with one attribute and what `content` writes inside it.
    package mutating func callAsFunction(
        _ tag: Tag, _ attribute: Attribute, content: (inout HTMLPrinter) -> Void
    ) {
        open(tag)
        output.append(attribute)
        output.append(UInt8(ascii: ">"))
        content(&self)
        close(tag)
    }

    /// Writes an element with two attributes or more and what `content` writes inside it.
    package mutating func callAsFunction(
        _ tag: Tag, _ first: Attribute, _ second: Attribute, _ third: Attribute = .absent,
        _ fourth: Attribute = .absent, _ fifth: Attribute = .absent,
        _ sixth: Attribute = .absent, content: (inout HTMLPrinter) -> Void
    ) {
        open(tag, first, second, third, fourth, fifth, sixth)
        content(&self)
        close(tag)
    }

    /// Writes an element that holds only text.
    package mutating func callAsFunction(_ tag: Tag, text: String) {
        output.append(tags.starts[tag.ordinal])
        output.append(escaping: text)
        close(tag)
    }

    /// Writes an element that has one attribute and holds only text.
    package mutating func callAsFunction(_ tag: Tag, _ attribute: Attribute, text: String) {
        open(tag)
        output.append(attribute)
        output.append(UInt8(ascii: ">"))
        output.append(escaping: text)
        close(tag)
    }

    /// Writes an element that has two attributes or more and holds only text.
    package mutating func callAsFunction(
        _ tag: Tag, _ first: Attribute, _ second: Attribute, _ third: Attribute = .absent,
        _ fourth: Attribute = .absent, _ fifth: Attribute = .absent,
        _ sixth: Attribute = .absent, text: String
    ) {
        open(tag, first, second, third, fourth, fifth, sixth)
        output.append(escaping: text)
        close(tag)
    }

    /// Writes an element with any number of attributes, for forms.
    package mutating func callAsFunction(
        _ tag: Tag, attributes: [Attribute], content: (inout HTMLPrinter) -> Void
    ) {
        open(tag, attributes)
        content(&self)
        close(tag)
    }

    /// Writes an element that can have no content.
    package mutating func callAsFunction(_ tag: VoidTag, _ attributes: Attribute...) {
        self(tag, attributes: attributes)
    }

    /// Writes an element that can have no content.
    package mutating func callAsFunction(_ tag: VoidTag, attributes: [Attribute]) {
        output.append(UInt8(ascii: "<"))
        output.append(name: tag.rawValue)
        for attribute in attributes { output.append(attribute) }
        output.append(UInt8(ascii: ">"))
    }

    /// Writes text, escaped.
    package mutating func text(_ text: String) {
        output.append(escaping: text)
    }

    /// Writes a part of a text, escaped.
    package mutating func text(_ text: Substring) {
        output.append(escaping: text)
    }

    /// Writes text that lies in memory as UTF-8, escaped.
    package mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        output.append(escaping: bytes)
    }

    /// Writes a number in decimal digits.
    package mutating func text(_ number: Int) {
        output.append(decimal: number)
    }

    /// Writes a fragment made by another printer as it is.
    package mutating func insert(_ fragment: HTMLFragment) {
        output.append(fragment.bytes)
    }

    @inline(__always)
    private mutating func open(_ tag: Tag) {
        output.append(tags.openings[tag.ordinal])
    }

    private mutating func open(_ tag: Tag, _ attributes: [Attribute]) {
        open(tag)
        for attribute in attributes { output.append(attribute) }
        output.append(UInt8(ascii: ">"))
    }

    private mutating func open(
        _ tag: Tag, _ first: Attribute, _ second: Attribute, _ third: Attribute,
        _ fourth: Attribute, _ fifth: Attribute, _ sixth: Attribute
    ) {
        open(tag)
        append(first)
        append(second)
        append(third)
        append(fourth)
        append(fifth)
        append(sixth)
        output.append(UInt8(ascii: ">"))
    }

    @inline(__always)
    private mutating func append(_ attribute: Attribute) {
        if case .absent = attribute { return }
        output.append(attribute)
    }

    @inline(__always)
    private mutating func close(_ tag: Tag) {
        output.append(tags.ends[tag.ordinal])
    }
}

/// Finished markup, kept to be put into many documents; only an `HTMLPrinter` makes one.
package struct HTMLFragment: Sendable, Equatable {
    let bytes: [UInt8]
}
