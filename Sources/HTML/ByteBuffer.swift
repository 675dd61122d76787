/// Growing memory that a page, or data for a program, is written into.
///
/// A page is some thousand short appends; doing them on raw memory saves the uniqueness and bounds
/// checks that an array makes on each of them, about half of the time of a page.
@usableFromInline package struct ByteBuffer: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    /// How many bytes were written.
    @usableFromInline package internal(set) var count = 0

    package init(capacity: Int) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    /// A copy of what was written.
    package var bytes: [UInt8] {
        [UInt8](UnsafeBufferPointer(start: start, count: count))
    }

    @inlinable @inline(__always)
    mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    @inline(never) @usableFromInline
    mutating func grow(_ more: Int) {
        let enlarged = max(capacity * 2, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: enlarged)
        moved.update(from: start, count: count)
        start.deallocate()
        start = moved
        capacity = enlarged
    }

    @inlinable @inline(__always)
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    @inlinable @inline(__always)
    package mutating func append(_ source: UnsafePointer<UInt8>, count added: Int) {
        reserve(added)
        (start + count).initialize(from: source, count: added)
        count += added
    }

    /// Appends a short text that is kept as a block; all 16 bytes are copied, only some count.
    @inline(__always)
    mutating func append(_ block: TagTable.Block) {
        reserve(16)
        UnsafeMutableRawPointer(start + count).storeBytes(
            of: block.bytes, as: SIMD16<UInt8>.self)
        count += block.count
    }

    /// Appends text of the program itself, which is markup and must not be escaped.
    @inlinable @inline(__always)
    package mutating func append(_ literal: StaticString) {
        append(literal.utf8Start, count: literal.utf8CodeUnitCount)
    }

    /// Appends a name of a closed list, which needs no escaping.
    @inline(__always)
    mutating func append(name: String) {
        var name = name
        name.withUTF8 { source in
            if let base = source.baseAddress { append(base, count: source.count) }
        }
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { append(base, count: source.count) }
        }
    }

    /// Appends a number in decimal digits.
    package mutating func append(decimal number: Int) {
        var magnitude = number.magnitude
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var first = 20
            repeat {
                first -= 1
                digits[first] = UInt8(truncatingIfNeeded: magnitude % 10) + UInt8(ascii: "0")
                magnitude /= 10
            } while magnitude > 0
            if number < 0 { append(UInt8(ascii: "-")) }
            if let base = digits.baseAddress { append(base + first, count: 20 - first) }
        }
    }
}
