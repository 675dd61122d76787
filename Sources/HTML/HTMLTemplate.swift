/// Markup that is written again and again with other values in it: made once, then copied in pieces.
///
/// It is written with the same elements as any fragment, with `.slot` where a value comes:
/// `HTMLTemplate { html in html(.a, .href(.slot), text: .slot) }`. In a list it takes a third of
/// the time of the elements, each of which is a call.
package struct HTMLTemplate: Sendable {
    /// All that is not a slot.
    let bytes: [UInt8]
    let slots: [Slot]

    /// A place in the bytes where a value comes.
    struct Slot: Sendable {
        let position: Int
        let isAddress: Bool
    }

    /// - Parameter content: writes it; its texts are the program's own, never data.
    package init(_ content: (inout HTMLPrinter) -> Void) {
        var html = HTMLPrinter(capacity: 1_024)
        content(&html)
        var bytes: [UInt8] = []
        var slots: [Slot] = []
        for byte in html.bytes {
            if byte == SlotMark.text || byte == SlotMark.address {
                slots.append(Slot(position: bytes.count, isAddress: byte == SlotMark.address))
            } else {
                bytes.append(byte)
            }
        }
        self.bytes = bytes
        self.slots = slots
    }
}

/// The control characters that stand for slots; nobody can type them into a text of the program.
private enum SlotMark {
    static let text: UInt8 = 1
    static let address: UInt8 = 2
}

extension String {
    /// The place of a text in a template.
    package static let slot = String(decoding: [SlotMark.text], as: UTF8.self)
}

extension URLReference {
    /// The place of an address in a template.
    package static let slot = URLReference(
        verified: String(decoding: [SlotMark.address], as: UTF8.self))
}

extension HTMLPrinter {
    /// Writes a template, and calls for each slot, by its number, what writes the text or returns
    /// the address that stands there.
    package mutating func insert(
        _ template: HTMLTemplate, address: (_ slot: Int) -> URLReference = { _ in .slot },
        text: (inout HTMLPrinter, _ slot: Int) -> Void
    ) {
        template.bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            var written = 0
            for number in template.slots.indices {
                let slot = template.slots[number]
                output.append(start + written, count: slot.position - written)
                written = slot.position
                if slot.isAddress {
                    output.append(escaping: address(number).encoded)
                } else {
                    text(&self, number)
                }
            }
            output.append(start + written, count: bytes.count - written)
        }
    }
}
