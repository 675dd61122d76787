import EventLoop
import HTTP
import HTTPServer

/// A page as the memory keeps it: made once, compressed once, sent many times.
///
/// Confined to the loop of its memory.
final class KeptPage {
    let subject: PageSubject
    /// Whether it lacks what is left out while there is much to do.
    let isPlain: Bool
    var madeAt: MonotonicTime
    var freshUntil: MonotonicTime
    /// Something that it shows has changed.
    var isSuspect = false
    /// Not made anew before.
    var retryAt: MonotonicTime?
    var readCount = 0

    private let fields: ResponseFields
    private let status: Status
    private let content: [UInt8]
    private let plain: PreparedResponse
    private let gzip: PreparedResponse?
    private let holes: [PageHoles.Hole]

    /// More would hold the loop up for longer than a millisecond or two.
    private static let gzipBytesMax = 131_072

    init(
        _ response: Response, _ content: [UInt8], _ page: SharedPage, holes: [PageHoles.Hole],
        madeAt: MonotonicTime, freshUntil: MonotonicTime
    ) {
        // With holes it is another one for each visitor.
        let isCompressed = holes.isEmpty && content.count <= Self.gzipBytesMax
        let gzip = isCompressed ? Gzip.compressed(content) : nil
        fields = response.fields
        status = response.status
        self.content = content
        plain = Self.prepared(response, content, isGzip: false)
        self.gzip = gzip.map { Self.prepared(response, $0, isGzip: true) }
        subject = page.subject
        isPlain = page.isPlain
        self.holes = holes
        self.madeAt = madeAt
        self.freshUntil = freshUntil
    }

    var byteCount: Int { 2 * content.count + (gzip?.contentCount ?? 0) + 1_024 }

    /// Whether a page that was made anew is the one that is kept.
    func isSame(as response: Response, _ content: [UInt8], _ page: SharedPage) -> Bool {
        self.content == content && fields == response.fields && status == response.status
            && subject == page.subject && isPlain == page.isPlain
    }

    private static func prepared(
        _ response: Response, _ content: [UInt8], isGzip: Bool
    ) -> PreparedResponse {
        var fields = response.fields
        if isGzip { fields.add(.contentEncoding, "gzip") }
        // FNV-1a: a tag has to change with the content, not to withstand anybody.
        let hash = content.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
        fields.add(.etag, ETag(hash).text)
        return PreparedResponse(response.status, fields: fields, content: content)
    }

    /// The page for one visitor; one with holes has no tag.
    func response(_ filling: PageFilling, to head: RequestHead) -> Response {
        guard holes.isEmpty else { return filling.fill(holes, of: content, status, fields) }
        let gzip = AcceptEncoding.allowsGzip(head.fields) ? gzip : nil
        return (gzip ?? plain).response(to: head)
    }
}
