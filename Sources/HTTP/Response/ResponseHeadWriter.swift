/// Writes response heads (RFC 9112 4) into a buffer.
package enum ResponseHeadWriter {
    /// How the end of the content is told (RFC 9112 6.3).
    package enum Framing: Sendable, Hashable {
        /// `Content-Length`.
        case length(Int)
        /// `Transfer-Encoding: chunked`.
        case chunked
        /// No field: there is no content (1xx, 204, 304), or it ends with the connection.
        case none
    }

    /// What is said about the connection after this response.
    package enum Persistence: Sendable, Hashable {
        /// Nothing: HTTP/1.1 persists by itself.
        case keepAlive
        /// `Connection: keep-alive`, for a client of HTTP/1.0 that asked for it.
        case keepAliveStated
        /// `Connection: close`.
        case close
    }

    /// Appends a whole head, empty line included.
    package static func write(
        _ status: Status, _ fields: ResponseFields, framing: Framing, persistence: Persistence,
        date: DateLine, to output: inout [UInt8]
    ) {
        writeStatusLine(status, to: &output)
        output.append(contentsOf: date.bytes)
        output.append(contentsOf: fields.bytes)
        write(framing, to: &output)
        writeEnd(persistence, to: &output)
    }

    /// Appends `HTTP/1.1 100 Continue`, which has no fields.
    package static func writeContinue(to output: inout [UInt8]) {
        output.append("HTTP/1.1 100 Continue\r\n\r\n")
    }

    /// Appends a chunk (RFC 9112 7.1); nothing for no bytes, which would end the content.
    package static func writeChunk(_ bytes: [UInt8], to output: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        output.append(contentsOf: String(bytes.count, radix: 16).utf8)
        output.append("\r\n")
        output.append(contentsOf: bytes)
        output.append("\r\n")
    }

    /// Appends the last chunk and the end of the trailer section.
    package static func writeLastChunk(to output: inout [UInt8]) {
        output.append("0\r\n\r\n")
    }

    /// How to frame the content of a response: `version` is the request's.
    package static func framing(
        _ status: Status, length: Int?, version: HTTPVersion
    ) -> Framing {
        if status.forbidsContent { return .none }
        if let length { return .length(length) }
        return version == .http11 ? .chunked : .none
    }

    static func writeStatusLine(_ status: Status, to output: inout [UInt8]) {
        if let line = status.statusLine { return output.append(line) }
        output.append("HTTP/1.1 ")
        output.append(decimal: Int(status.code))
        output.append(" \r\n")
    }

    static func write(_ framing: Framing, to output: inout [UInt8]) {
        switch framing {
        case .length(let length):
            output.append("Content-Length: ")
            output.append(decimal: length)
            output.append("\r\n")
        case .chunked: output.append("Transfer-Encoding: chunked\r\n")
        case .none: break
        }
    }

    static func writeEnd(_ persistence: Persistence, to output: inout [UInt8]) {
        switch persistence {
        case .keepAlive: output.append("\r\n")
        case .keepAliveStated: output.append("Connection: keep-alive\r\n\r\n")
        case .close: output.append("Connection: close\r\n\r\n")
        }
    }
}
