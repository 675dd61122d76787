import EventLoop
import HTTP

/// The last answers to programs that asked for what everybody may read: sent again only while there
/// can be no new one.
///
/// `@unchecked Sendable`: confined to its loop.
final class AnswerMemory: @unchecked Sendable {
    private static let bytesMax = 8 << 20
    /// Longer ones are asked by nobody whom others follow.
    private static let targetBytesMax = 300

    private let loop: EventLoop
    private let times: PageCache.Times
    private var entries = SegmentedLRU<String, (response: Response, madeAt: MonotonicTime)>(
        bytesMax: bytesMax)

    init(loop: EventLoop, times: PageCache.Times) {
        self.loop = loop
        self.times = times
    }

    /// Keeps an answer, in the place of the one before; anything but a success is none.
    func keep(_ response: Response, to head: RequestHead) {
        guard case .bytes(let content) = response.body, response.status == .ok,
            let target = Self.target(head)
        else { return }
        entries.insert(
            (response, loop.now), for: target,
            byteCount: content.count + response.fields.bytes.count + 512)
    }

    /// The last answer; nil when it is too old.
    func find(_ head: RequestHead) -> Response? {
        guard let target = Self.target(head), let entry = entries.find(target),
            loop.now < entry.madeAt + times.error
        else { return nil }
        return entry.response
    }

    private static func target(_ head: RequestHead) -> String? {
        let target = head.target.pathAndQuery
        return target.utf8.count <= targetBytesMax ? target : nil
    }
}
