import Domain
import HTTP

/// One page or program that listens.
///
/// `@unchecked Sendable`: confined to the loop of its connection.
final class NewsStream: HeldContent, @unchecked Sendable {
    let listener: NewsListener
    /// Where the desk keeps it.
    let group: Int
    private let desk: NewsDesk
    private var reader: (any HeldReader)?
    private var isClosed = false
    /// What happens while it is looked up what was missed; nil once that is told.
    private var held: [(id: OutboxID, data: [UInt8])]? = []
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
        retryMilliseconds: Int, _ missed: [(id: OutboxID, data: [UInt8])], settled: OutboxID
    ) {
        EventStream.write(retryMilliseconds: retryMilliseconds, to: &first)
        let happened = held ?? []
        held = nil
        for event in missed + happened { tell(event.id, event.data, settled: settled) }
    }

    /// Sends an event, unless it was.
    ///
    /// - Parameter settled: up to here all was told.
    func tell(_ id: OutboxID, _ data: [UInt8], settled: OutboxID) {
        if held != nil {
            held?.append((id, data))
            return
        }
        guard told.insert(id).inserted else { return }
        let mark = NewsMark(settled: max(floor, settled), told: told)
        var event: [UInt8] = []
        EventStream.write(event: "news", id: mark.text, data: data, to: &event)
        send(event)
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
