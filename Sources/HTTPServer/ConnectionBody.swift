import EventLoop
import HTTP

/// A body that is arriving.
struct IncomingBody {
    let head: RequestHead
    let bytesMax: Int
    /// Nil where the request is answered already and its body only has to pass.
    let work: (@Sendable (Request) async -> Response)?
    var bytes: [UInt8] = []
    var remaining: Int
    var decoder: ChunkedDecoder?
    /// Bytes set apart in the shared bound.
    var held = 0
}

extension Connection {
    /// A body that follows an answered request is dropped up to this size, so that the connection
    /// can be kept; beyond it closing is cheaper for both.
    private static let discardBytesMax = 64 << 10
    /// Memory that is set apart for a body before any of it is here.
    private static let reservedBytesMax = 64 << 10

    /// Begins to read the body of an accepted request.
    func receiveBody(
        _ head: RequestHead, bytesMax: Int,
        _ work: @escaping @Sendable (Request) async -> Response
    ) {
        var body = IncomingBody(head: head, bytesMax: bytesMax, work: work, remaining: 0)
        switch head.framing {
        case .none: return
        case .length(let length):
            guard length <= bytesMax else { return refuseBody(head) }
            // Room is taken as the bytes come, so that an announcement alone takes none.
            guard worker.shared.hasRoom(forBody: length) else {
                return refuse(.serviceUnavailable, "too many bodies at once", head: head)
            }
            body.remaining = length
            body.bytes.reserveCapacity(min(length, Self.reservedBytesMax))
        case .chunked: body.decoder = ChunkedDecoder()
        }
        if head.expectsContinue {
            ResponseHeadWriter.writeContinue(to: &worker.output)
        }
        incoming = body
        phase = .body
        arrival.restart(worker.loop.now)
        if body.decoder == nil, body.remaining == 0 { finishBody() }
    }

    private func refuseBody(_ head: RequestHead) {
        let response = worker.handler.refusal(
            .contentTooLarge, reason: "the body is too large", head: head,
            isSecure: tls != nil)
        respondBeforeBody(response, head)
    }

    /// Answers a request whose body, if it has one, was not read.
    func respondBeforeBody(_ response: Response, _ head: RequestHead) {
        switch head.framing {
        case .none:
            write(response)
            finishAnswer()
        case .length(let length) where length <= Self.discardBytesMax && !head.expectsContinue:
            write(response)
            guard length > 0 else { return finishAnswer() }
            incoming = IncomingBody(head: head, bytesMax: 0, work: nil, remaining: length)
            phase = .body
            arrival.restart(worker.loop.now)
        default:
            request?.keepsAlive = false
            lingersAfterAnswer = true
            write(response)
            finishAnswer()
        }
    }

    /// Takes bytes of the body; returns how many.
    func processBody(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        if incoming?.decoder != nil { return processChunks(bytes) }
        guard var body = incoming else { return bytes.count }
        incoming = nil
        let count = min(bytes.count, body.remaining)
        let holds = body.work == nil || hold(count, &body)
        if holds, body.work != nil { body.bytes.append(contentsOf: bytes[0..<count]) }
        body.remaining -= count
        arrival.bytes += count
        let (isComplete, head) = (body.remaining == 0, body.head)
        incoming = body
        guard holds else {
            refuse(.serviceUnavailable, "too many bodies at once", head: head)
            return bytes.count
        }
        if isComplete { finishBody() }
        return count
    }

    private func processChunks(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard var body = incoming, var decoder = body.decoder else { return bytes.count }
        incoming = nil
        let before = body.bytes.count
        let (consumed, outcome) = decoder.decode(bytes, into: &body.bytes, limit: body.bytesMax)
        arrival.bytes += consumed
        let holds = hold(body.bytes.count - before, &body)
        body.decoder = decoder
        let head = body.head
        incoming = body
        guard holds else {
            refuse(.serviceUnavailable, "too many bodies at once", head: head)
            return bytes.count
        }
        switch outcome {
        case .needsMore: return consumed
        case .complete:
            finishBody()
            return consumed
        case .tooLarge:
            refuse(.contentTooLarge, "the body is too large", head: head)
        case .malformed:
            refuse(.badRequest, "a chunk is malformed", head: head)
        }
        return bytes.count
    }

    private func finishBody() {
        guard var body = incoming else { return }
        guard let work = body.work else { return finishAnswer() }
        let bytes = body.bytes
        // What is held stays counted until the answer is made: the handler has the bytes.
        body.bytes = []
        incoming = body
        run(work, worker.request(body.head, body: bytes, of: self))
    }

    private func hold(_ count: Int, _ body: inout IncomingBody) -> Bool {
        guard count > 0 else { return true }
        guard worker.shared.holdBody(count) else { return false }
        body.held += count
        return true
    }

    /// Gives back what the body held.
    func releaseBody() {
        if let held = incoming?.held, held > 0 { worker.shared.releaseBody(held) }
        incoming = nil
    }
}
