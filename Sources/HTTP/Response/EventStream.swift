/// Writes the messages of `text/event-stream` (HTML standard, 9.2 Server-sent events).
package enum EventStream {
    /// The type of the content; it is always UTF-8.
    package static let contentType: StaticString = "text/event-stream"

    /// Appends an event.
    ///
    /// - Parameters:
    ///   - id: what the reader brings along as `Last-Event-ID` when it comes back.
    ///   - data: any bytes of UTF-8; a line end inside of them, of whatever kind, cannot begin a
    ///     field of its own.
    package static func write(
        event name: StaticString, id: String, data: some Collection<UInt8>,
        to output: inout [UInt8]
    ) {
        output.append("event: ")
        output.append(name)
        output.append("\nid: ")
        // A line end would begin another field, and NUL makes readers ignore the id.
        output.append(contentsOf: id.utf8.filter { $0 > 0x1f })
        output.append("\ndata: ")
        var follows = UInt8(0)
        for byte in data {
            let isRestOfLineEnd = byte == lineFeed && follows == carriageReturn
            follows = byte
            if isRestOfLineEnd { continue }
            if byte == lineFeed || byte == carriageReturn {
                output.append("\ndata: ")
            } else {
                output.append(byte)
            }
        }
        output.append("\n\n")
    }

    /// Appends after how many milliseconds a reader who was cut off comes back.
    package static func write(retryMilliseconds: Int, to output: inout [UInt8]) {
        output.append("retry: ")
        output.append(decimal: retryMilliseconds)
        output.append("\n\n")
    }

    /// A comment: it keeps proxies from giving the connection up, and finds out who is gone.
    package static let heartbeat: [UInt8] = Array(":\n\n".utf8)

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
