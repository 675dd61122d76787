import Domain
import EventLoop
import HTTP
import HTTPServer

/// The public pages of one loop in memory, for whoever is not signed in: made once, compressed
/// once, and sent many times.
///
/// `@unchecked Sendable`: confined to its loop.
final class PageCache: @unchecked Sendable {
    /// Which page: a code in the address does not make another one, only another form of it.
    struct Key: Hashable, Sendable {
        let path: String
        let language: Language
        let hasCode: Bool
    }

    /// A page as it is kept.
    private struct Entry {
        let fields: ResponseFields
        let content: [UInt8]
        let plain: PreparedResponse
        let gzip: PreparedResponse?
        /// Where the placeholder of the code stands in the content.
        let codePositions: [Int]
        var freshUntil: MonotonicTime
        let byteCount: Int
    }

    private let loop: EventLoop
    private let freshTime: Duration
    private let staleTime: Duration
    private let bytesMax: Int
    /// Stands in a page for the code by which the visitor came; drawn anew by each process, so that
    /// no text of a page can have it.
    let placeholder: LinkCode

    private var entries: [Key: Entry] = [:]
    private var byteCount = 0
    /// Pages that are being made, and who waits for them.
    private var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]

    init(loop: EventLoop, settings: SiteSettings, placeholder: LinkCode) {
        self.loop = loop
        freshTime = settings.pageFreshTime
        staleTime = settings.pageStaleTime
        bytesMax = settings.pageBytesMax
        self.placeholder = placeholder
    }

    /// What is in memory.
    enum Found {
        case fresh(Response)
        /// Good enough to send while a new one is made.
        case stale(Response)
        case nothing
    }

    /// Looks a page up.
    func find(_ key: Key, code: LinkCode?, for head: RequestHead) -> Found {
        guard let entry = entries[key] else { return .nothing }
        let now = loop.now
        if now < entry.freshUntil { return .fresh(Self.response(entry, code, head)) }
        // One request makes the new page; the others of that moment are not kept waiting.
        if now < entry.freshUntil + staleTime { return .stale(Self.response(entry, code, head)) }
        return .nothing
    }

    /// Makes a page, or waits for whoever is making it already.
    ///
    /// - Parameter make: renders with the placeholder in the place of a code.
    func answer(
        _ key: Key, code: LinkCode?, for head: RequestHead, make: () async -> Response
    ) async -> Response {
        if waiting[key] != nil {
            await withCheckedContinuation { waiting[key]?.append($0) }
            if let entry = entries[key] { return Self.response(entry, code, head) }
        }
        let isFirst = waiting[key] == nil
        if isFirst { waiting[key] = [] }
        let response = await make()
        defer {
            if isFirst, let others = waiting.removeValue(forKey: key) {
                for other in others { other.resume() }
            }
        }
        if keep(response, as: key), let entry = entries[key] {
            return Self.response(entry, code, head)
        }
        // The database is away: an old page is better than none.
        if response.status == .serviceUnavailable, let entry = entries[key] {
            entries[key]?.freshUntil = loop.now + freshTime
            return Self.response(entry, code, head)
        }
        return response
    }

    /// More would hold the loop up for longer than a millisecond or two.
    private static let gzipBytesMax = 131_072

    /// Whether a page is being made at this moment.
    func isMaking(_ key: Key) -> Bool { waiting[key] != nil }

    /// Keeps an answer; false for one that is not for everybody, or not 200.
    private func keep(_ response: Response, as key: Key) -> Bool {
        guard response.status == .ok, case .bytes(let content) = response.body,
            !response.fields.contains(.setCookie)
        else { return false }
        if let old = entries[key], old.content == content, old.fields == response.fields {
            entries[key]?.freshUntil = loop.now + freshTime
            return true
        }
        let gzip = content.count <= Self.gzipBytesMax ? Gzip.compressed(content) : nil
        let entry = Entry(
            fields: response.fields, content: content,
            plain: Self.prepared(response.fields, content, isGzip: false),
            gzip: gzip.map { Self.prepared(response.fields, $0, isGzip: true) },
            codePositions: key.hasCode ? positions(in: content) : [],
            freshUntil: loop.now + freshTime,
            byteCount: 2 * content.count + (gzip?.count ?? 0) + 1_024)
        makeRoom(for: entry.byteCount)
        byteCount += entry.byteCount - (entries.updateValue(entry, forKey: key)?.byteCount ?? 0)
        return true
    }

    private static func prepared(
        _ fields: ResponseFields, _ content: [UInt8], isGzip: Bool
    ) -> PreparedResponse {
        var fields = fields
        if isGzip { fields.add(.contentEncoding, "gzip") }
        // FNV-1a: a tag has to change with the content, not to withstand anybody.
        let hash = content.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
        fields.add(.etag, ETag(hash).text)
        return PreparedResponse(.ok, fields: fields, content: content)
    }

    /// Forgets pages until another one fits: those that are over first, then all.
    private func makeRoom(for count: Int) {
        guard byteCount + count > bytesMax else { return }
        let now = loop.now
        entries = entries.filter { now < $0.value.freshUntil + staleTime }
        byteCount = entries.values.reduce(0) { $0 + $1.byteCount }
        if byteCount + count > bytesMax {
            entries = [:]
            byteCount = 0
        }
    }

    private func positions(in content: [UInt8]) -> [Int] {
        let code = Array(placeholder.text.utf8)
        guard content.count >= code.count else { return [] }
        return (0...(content.count - code.count)).filter { start in
            content[start] == code[0] && content[start..<(start + code.count)].elementsEqual(code)
        }
    }

    private static func response(
        _ entry: Entry, _ code: LinkCode?, _ head: RequestHead
    ) -> Response {
        guard let code else {
            let gzip = AcceptEncoding.allowsGzip(head.fields) ? entry.gzip : nil
            return (gzip ?? entry.plain).response(to: head)
        }
        // Codes are of one length, so the page with another code is as long. It has no tag.
        var content = entry.content
        for start in entry.codePositions {
            content.replaceSubrange(start..<(start + LinkCode.length), with: code.text.utf8)
        }
        return Response(.ok, fields: entry.fields, body: .bytes(content))
    }
}
