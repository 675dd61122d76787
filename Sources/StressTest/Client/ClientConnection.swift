import CLinux
import EventLoop
import Glibc
import TLS

/// A connection of the generator with at most one request under way; confined to its lane's loop.
final class ClientConnection: EventHandler {
    private enum State { case connecting, handshaking, open, closed }

    let descriptor: Int32
    let classIndex: Int
    /// Where it is in its pool while it is idle.
    var poolIndex: Int?
    /// Whether an answer has come on it before.
    private(set) var hasServed = false
    private(set) var visit: Visit?
    var isClosed: Bool { state == .closed }
    private unowned let lane: Lane
    private let tls: TLSStream?
    private var state = State.connecting
    private var parser = AnswerParser()
    private var output: [UInt8] = []
    private var written = 0

    /// Begins to connect.
    init(lane: Lane, classIndex: Int, source: UInt16?) throws {
        let plan = lane.plan.classes[classIndex]
        let descriptor = try ClientSocket.connect(to: plan.target, source: source)
        do {
            tls = try plan.tls.map { try TLSStream(context: $0, descriptor: descriptor) }
        } catch {
            closeDescriptor(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.classIndex = classIndex
        self.lane = lane
        do {
            try lane.loop.register(
                descriptor, interest: [.read, .write, .edgeTriggered], handler: self)
        } catch {
            state = .closed
            closeDescriptor(descriptor)
            throw error
        }
    }

    /// Sends a request as soon as the connection is open.
    func send(_ request: [UInt8], for visit: Visit, _ parser: AnswerParser) {
        self.visit = visit
        self.parser = parser
        output = request
        written = 0
        if state == .open { flush() }
    }

    /// Closes the connection; what is under way on it is forgotten.
    func close() {
        if state == .closed { return }
        if state == .open { tls?.close() }
        state = .closed
        visit = nil
        lane.loop.forget(closing: descriptor)
        closeDescriptor(descriptor)
        lane.closed(self)
    }

    // MARK: Events

    func ready(_ readiness: Readiness) {
        if state == .connecting {
            if !readiness.isDisjoint(with: [.error, .hangUp]) { return fail() }
            guard readiness.contains(.writable) else { return }
            state = tls == nil ? .open : .handshaking
        }
        if state == .handshaking { shakeHands() }
        guard state == .open else { return }
        flush()
        read(toTheEnd: !readiness.isDisjoint(with: [.readHangUp, .hangUp, .error]))
    }

    private func shakeHands() {
        guard let tls, let progress = try? tls.handshake() else { return fail() }
        switch progress {
        case .done:
            state = .open
            if tls.isResumed { lane.recorder.connections.resumed += 1 }
        case .wantsRead, .wantsWrite: break
        case .closed: fail()
        }
    }

    /// Writes what there is room for. A connection that takes no more may still hold an answer, so
    /// its error is left to the reading.
    private func flush() {
        while written < output.count {
            let count = output[written...].withUnsafeBytes { write($0) }
            guard let count else { return }
            written += count
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
        if let tls {
            guard case .done(let count) = try? tls.write(bytes) else { return nil }
            return count
        }
        let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        return count >= 0 ? count : nil
    }

    private enum Input { case bytes(Int), nothing, end }

    /// - Parameter toTheEnd: the peer has closed: no further event will tell of what is left.
    private func read(toTheEnd: Bool) {
        let buffer = lane.receiveBuffer
        while state == .open {
            switch receive(buffer) {
            case .bytes(let count):
                take(UnsafeBufferPointer(rebasing: buffer[..<count]))
                // Less than was asked for: the socket is empty, and more is a new event. TLS may
                // hold more in memory.
                if tls == nil, count < buffer.count, !toTheEnd { return }
            case .nothing: return
            case .end: return end()
            }
        }
    }

    private func receive(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Input {
        if let tls {
            switch try? tls.read(into: UnsafeMutableRawBufferPointer(buffer)) {
            case .done(let count): return .bytes(count)
            case .wantsRead, .wantsWrite: return .nothing
            case .closed, nil: return .end
            }
        }
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .nothing : .end
        }
    }

    private func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        // An idle connection has nothing to say.
        guard visit != nil else { return close() }
        switch parser.feed(bytes) {
        case .needsMore: break
        case .malformed: fail(.malformed)
        case .complete(let unread): complete(isUsable: unread == 0 && written == output.count)
        }
    }

    private func complete(isUsable: Bool) {
        guard let visit else { return }
        self.visit = nil
        hasServed = true
        lane.answered(visit, parser.answer, on: self, isUsable: isUsable)
    }

    private func end() {
        if visit == nil { return close() }
        parser.end() ? complete(isUsable: false) : fail()
    }

    /// Tells the lane why the request got no answer.
    private func fail(_ failure: Failure? = nil) {
        let reason: Failure =
            switch state {
            case .connecting: .connect
            case .handshaking: .tls
            case .open, .closed: failure ?? (parser.hasBegun ? .torn : .cut)
            }
        let asking = visit
        close()
        guard let asking else { return }
        lane.failed(asking, reason, mayRetry: hasServed && reason == .cut)
    }
}
