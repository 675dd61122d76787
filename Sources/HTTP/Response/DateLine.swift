/// The `Date` line of responses, made again only when the second changes. Each loop has its own.
package struct DateLine: Sendable {
    /// The second the line is of.
    package private(set) var secondsSinceEpoch: Int64
    /// `Date: `, 29 bytes, CRLF.
    private(set) var bytes: [UInt8]

    private static let prefix: StaticString = "Date: "
    private static let dateCount = 29

    /// The line of this second.
    package init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
        bytes = Self.line(secondsSinceEpoch)
    }

    /// Moves on to this second; cheap if it is the same.
    @inline(__always)
    package mutating func update(secondsSinceEpoch: Int64) {
        guard secondsSinceEpoch != self.secondsSinceEpoch else { return }
        self = DateLine(secondsSinceEpoch: secondsSinceEpoch)
    }

    private static func line(_ secondsSinceEpoch: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(prefix)
        bytes.append(contentsOf: HTTPDate(secondsSinceEpoch: secondsSinceEpoch).bytes)
        bytes.append("\r\n")
        return bytes
    }

    /// Overwrites the date of a line like this one that begins at `start`.
    func patch(_ output: inout [UInt8], at start: Int) {
        let prefixCount = Self.prefix.utf8.count
        output.withUnsafeMutableBytes { output in
            bytes.withUnsafeBytes { line in
                let date = line[prefixCount..<(prefixCount + Self.dateCount)]
                output[(start + prefixCount)...].copyBytes(from: date)
            }
        }
    }
}
