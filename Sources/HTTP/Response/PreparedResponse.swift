/// A complete response, made once and written many times: only the date is patched in, and the
/// fields that depend on the connection are put before the empty line.
package final class PreparedResponse: Sendable {
    /// The status.
    package let status: Status
    /// The validator of the content, if its fields have one.
    package let etag: ETag?
    /// When the content was last changed, if its fields say so.
    package let lastModified: HTTPDate?
    /// How many bytes of content there are.
    package let contentCount: Int
    /// Status line, date, fields, framing, empty line, content.
    private let bytes: [UInt8]
    /// Where the empty line begins.
    private let headEnd: Int
    private let dateStart: Int
    /// The 304 for a client that has this content already; nil without a validator.
    package let notModified: PreparedResponse?

    /// Prepares a response whose status allows content.
    ///
    /// - Parameter fields: all fields but Date, Connection and those of the framing.
    package convenience init(_ status: Status, fields: ResponseFields, content: [UInt8]) {
        self.init(
            status: status, fields: fields, content: content,
            notModified: status == .ok ? Self.notModified(for: fields) : nil)
    }

    private init(
        status: Status, fields: ResponseFields, content: [UInt8], notModified: PreparedResponse?
    ) {
        var bytes: [UInt8] = []
        ResponseHeadWriter.writeStatusLine(status, to: &bytes)
        dateStart = bytes.count
        bytes.append(contentsOf: DateLine(secondsSinceEpoch: 0).bytes)
        bytes.append(contentsOf: fields.bytes)
        let length: ResponseHeadWriter.Framing =
            status.forbidsContent ? .none : .length(content.count)
        ResponseHeadWriter.write(length, to: &bytes)
        headEnd = bytes.count
        bytes.append("\r\n")
        bytes.append(contentsOf: content)
        self.bytes = bytes
        self.status = status
        self.notModified = notModified
        contentCount = content.count
        etag = fields.first(.etag).flatMap { ETag($0) }
        lastModified = fields.first(.lastModified).flatMap { HTTPDate($0) }
    }

    /// The fields that a 304 repeats (RFC 9110 15.4.5).
    private static func notModified(for fields: ResponseFields) -> PreparedResponse? {
        guard fields.contains(.etag) || fields.contains(.lastModified) else { return nil }
        let repeated: [FieldName] = [
            .cacheControl, .contentLocation, .etag, .expires, .lastModified, .vary,
        ]
        var kept = fields
        kept.keep { name in repeated.contains { $0.matches(name) } }
        return PreparedResponse(
            status: .notModified, fields: kept, content: [], notModified: nil)
    }

    /// Appends the response.
    ///
    /// - Parameters:
    ///   - fields: lines to add to those prepared.
    ///   - withContent: false for HEAD, whose head is the same.
    package func write(
        date: DateLine, persistence: ResponseHeadWriter.Persistence = .keepAlive,
        adding fields: ResponseFields = ResponseFields(), withContent: Bool = true,
        to output: inout [UInt8]
    ) {
        let start = output.count
        let isPlain = persistence == .keepAlive && fields.bytes.isEmpty
        if isPlain && withContent {
            output.append(contentsOf: bytes)
        } else {
            output.append(contentsOf: bytes[..<headEnd])
            output.append(contentsOf: fields.bytes)
            ResponseHeadWriter.writeEnd(persistence, to: &output)
            if withContent { output.append(contentsOf: bytes[(headEnd + 2)...]) }
        }
        date.patch(&output, at: start + dateStart)
    }

    /// Appends the head alone, for a caller that sends the content from `withContent`.
    package func writeHead(
        date: DateLine, persistence: ResponseHeadWriter.Persistence = .keepAlive,
        adding fields: ResponseFields = ResponseFields(), to output: inout [UInt8]
    ) {
        write(
            date: date, persistence: persistence, adding: fields, withContent: false, to: &output)
    }

    /// Calls the closure with the content, without a copy.
    package func withContent<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body($0.part((headEnd + 2)..<$0.count)) }
    }

    /// The response for a request of GET or HEAD: this one, its 304, or a 412, as the
    /// preconditions in the head demand.
    package func response(to head: RequestHead) -> Response {
        guard status == .ok, etag != nil || lastModified != nil else {
            return Response(prepared: self)
        }
        switch Preconditions.evaluate(head, etag: etag, lastModified: lastModified) {
        case .proceed: return Response(prepared: self)
        case .notModified: return Response(prepared: notModified ?? self)
        case .failed: return Response(.preconditionFailed)
        }
    }
}
