extension UnsafeBufferPointer<UInt8> {
    /// Calls the closure with every element of a comma-separated list (RFC 9110 5.6.1), without
    /// the white space around it; empty elements are skipped, commas in quotes do not separate.
    func forEachListElement(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        forEachElement(separatedBy: Octet.comma, body)
    }

    /// Calls the closure with every element between separators that stand outside of quotes.
    func forEachElement(
        separatedBy separator: UInt8, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var start = 0
        var index = 0
        var quoted = false
        while index <= count {
            if index == count || (self[index] == separator && !quoted) {
                let element = part(start..<index).trimmed
                if !element.isEmpty { body(element) }
                start = index &+ 1
            } else if self[index] == Octet.quote {
                quoted.toggle()
            } else if quoted, self[index] == Octet.backslash, index &+ 1 < count {
                index &+= 1
            }
            index &+= 1
        }
    }
}
