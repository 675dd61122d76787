import Domain
import HTTP

/// One page or program that listens.
///
/// `@unchecked Sendable`: confined to the loop of its connection.
final class NewsStream: HeldContent, @unchecked Sendable {
    /// A message as it is sent.
    typealias Message = (id: OutboxID, data: [UInt8])

    let listener: NewsListener
    /// Where the desk keeps it.
    let group: Int
    private let desk: NewsDesk
    private var reader: (any HeldReader)?
    private var isClosed = false
    /// What happens while it is looked up what was missed; nil once that is told.
    private var held: [Message]? = []
    /// Told already, as far as that is not settled: it may come again from the desk, which reads
    /// on its own, and the reader must not be told again after coming back.
    private var told: Set<OutboxID>
    /// Up to here the reader says it was told; the desk, which is careful, may be behind that.
    private let floor: OutboxID
    /// Sent as soon as the head is.
    private var first: [UInt8] = []

    /// Beyond this the page has to be loaded.
    private static let firstBytesMax = 256 << 10

    init(
        _ desk: NewsDesk, _ listener: NewsListener, group: Int, after mark: NewsMark?
    ) {
        self.desk = desk
        self.listener = listener
        self.group = group
        told = mark?.told ?? []
        floor = mark?.settled ?? OutboxID(0)
    }

    /// Tells what was missed, and then what happened meanwhile.
    func begin(
        retryMilliseconds: Int, _ missed: [Message], settled: OutboxID
    ) {
        EventStream.write(retryMilliseconds: retryMilliseconds, to: &first)
        let happened = held ?? []
        held = nil
        tell(missed + happened, settled: settled)
    }

    /// Sends the messages that were not sent yet.
    ///
    /// The mark of each says nothing of those behind it: the connection may end between them.
    ///
    /// - Parameter settled: with the last of them, all up to here was told.
    func tell(_ messages: [Message], settled: OutboxID) {
        if held != nil {
            held? += messages
            return
        }
        var waiting = told
        let new = messages.filter { waiting.insert($0.id).inserted }
        var bounds: [OutboxID] = []
        var bound = settled
        for message in new.reversed() {
            bounds.append(bound)
            bound = min(bound, OutboxID(message.id.rawValue - 1))
        }
        for (message, bound) in zip(new, bounds.reversed()) {
            told.insert(message.id)
            let mark = NewsMark(settled: max(floor, bound), told: told)
            var event: [UInt8] = []
            EventStream.write(event: "news", id: mark.text, data: message.data, to: &event)
            send(event)
        }
    }

    /// Sends a sign of life; what is settled cannot come twice any more.
    func beat(settled: OutboxID?) {
        if let settled, !told.isEmpty { told = told.filter { $0 > settled } }
        reader?.send(EventStream.heartbeat)
    }

    /// Ends the stream: whoever listens may not any more.
    func end() { reader?.end() }

    private func send(_ bytes: [UInt8]) {
        if let reader { return reader.send(bytes) }
        if first.count < Self.firstBytesMax { first += bytes }
    }

    func opened(_ reader: any HeldReader) {
        self.reader = reader
        let bytes = first
        first = []
        reader.send(bytes)
    }

    func closed() {
        guard !isClosed else { return }
        isClosed = true
        reader = nil
        desk.remove(self)
    }
}
