import CLinux
import EventLoop
import Glibc
import HTTP
import TLS

extension Connection {
    /// Bodies up to this size are copied behind their head and leave with it in one call; the
    /// copy of 32 KiB costs less than a second system call.
    private static let copiedBytesMax = 32 << 10
    /// A stream's producer waits while more than this waits for its reader.
    private static let streamBytesMax = 64 << 10

    /// Puts a whole answer behind what was written before.
    func write(_ response: Response) {
        note(response.standing)
        let request =
            request ?? RequestInProgress(head: nil, keepsAlive: false, begin: worker.loop.now)
        let closes =
            !request.keepsAlive || response.closesConnection || closesAfterAnswer
            || worker.isDraining
        if response.closesConnection, request.keepsAlive { lingersAfterAnswer = true }
        if closes { self.request?.keepsAlive = false }
        let persistence: ResponseHeadWriter.Persistence =
            closes ? .close : request.version == .http10 ? .keepAliveStated : .keepAlive
        if case .prepared(let prepared) = response.body {
            return write(
                prepared, adding: response.fields, persistence, withContent: !request.isHead)
        }
        ResponseHeadWriter.write(
            response.status, response.fields,
            framing: ResponseHeadWriter.framing(
                response.status, length: response.body.length, version: request.version),
            persistence: persistence, date: worker.date, to: &worker.output)
        if case .bytes(let bytes) = response.body, !request.isHead,
            !response.status.forbidsContent
        {
            writeContent(bytes)
        }
    }

    private func write(
        _ prepared: PreparedResponse, adding fields: ResponseFields,
        _ persistence: ResponseHeadWriter.Persistence, withContent: Bool
    ) {
        let copies = prepared.contentCount <= Self.copiedBytesMax
        prepared.write(
            date: worker.date, persistence: persistence, adding: fields,
            withContent: withContent && copies, to: &worker.output)
        if withContent, !copies {
            queueOutput()
            beginDeparture()
            queue.append(prepared)
        }
    }

    private func writeContent(_ bytes: [UInt8]) {
        if bytes.count <= Self.copiedBytesMax {
            worker.output.append(contentsOf: bytes)
        } else {
            queueOutput()
            beginDeparture()
            queue.append(bytes)
        }
    }

    /// Moves the gathered bytes, but for those that are sent, to the connection's own queue.
    private func queueOutput(from sent: Int = 0) {
        if sent < worker.output.count {
            beginDeparture()
            queue.append(Array(worker.output[sent...]))
        }
        worker.output.removeAll(keepingCapacity: true)
        // An unusually large answer must not keep its buffer for good.
        if worker.output.capacity > 1 << 20 { worker.output = [] }
    }

    /// The reader's rate counts from the moment that something waits for it.
    private func beginDeparture() {
        if queue.isEmpty { departure.restart(worker.loop.now) }
    }

    /// Sends as much as the socket takes.
    func flush() {
        guard phase != .closed else { return }
        if queue.isEmpty, !isBlocked { sendGathered() } else { queueOutput() }
        guard phase != .closed else { return }
        if !isBlocked { sendQueue() }
        guard phase != .closed else { return }
        afterFlush()
    }

    /// Sends straight from the worker's buffer and keeps only what the socket did not take.
    private func sendGathered() {
        var sent = 0
        let total = worker.output.count
        if total == 0 { return }
        while sent < total, !isBlocked {
            let outcome = worker.output.withUnsafeBytes {
                send(UnsafeRawBufferPointer(rebasing: $0[sent...]))
            }
            switch outcome {
            case .sent(let count): sent += count
            case .blocked: isBlocked = true
            case .failed: return close()
            }
        }
        queueOutput(from: sent)
    }

    private func sendQueue() {
        while !queue.isEmpty {
            switch queue.withFirst({ send($0) }) {
            case .sent(let count):
                queue.drop(count)
                departure.bytes += count
            case .blocked:
                isBlocked = true
                return
            case .failed: return close()
            }
        }
    }

    /// What became of bytes given to the socket.
    private enum SendOutcome {
        case sent(Int)
        /// The socket takes none now; it will tell.
        case blocked
        /// The peer is gone; the caller closes, once it holds no buffer of the connection.
        case failed
    }

    private static let sendFlags = Int32(MSG_NOSIGNAL)

    private func send(_ bytes: UnsafeRawBufferPointer) -> SendOutcome {
        do {
            guard let tls else {
                let count = try nonBlockingCall("send") {
                    Glibc.send(descriptor, bytes.baseAddress, bytes.count, Self.sendFlags)
                }
                return count.map { .sent($0) } ?? .blocked
            }
            switch try tls.write(bytes) {
            case .done(let count): return .sent(count)
            case .wantsRead, .wantsWrite: return .blocked
            case .closed: return .failed
            }
        } catch {
            return .failed
        }
    }

    private func afterFlush() {
        if !queue.isEmpty {
            if phase == .idle || phase == .head {
                // The next request waits until this reader has taken its answer.
                phase = .writing
                deadline = nil
            }
            if queue.byteCount < Self.streamBytesMax { resumeStream() }
            return
        }
        resumeStream()
        guard phase == .writing else { return }
        if closesAfterAnswer { finish() } else { awaitRequest() }
    }

    /// The last byte is in the kernel: closes, or listens on a while, so that bytes which the
    /// peer is still sending do not turn the answer into a reset (RFC 9112 9.6). Bytes that are
    /// known to be in the kernel would do that too.
    private func finish() {
        guard lingersAfterAnswer || (tls == nil && mayHaveMore) else { return close() }
        phase = .lingering
        pending = []
        deadline = worker.loop.now + worker.settings.lingerTimeMax
        tls?.close()
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    // MARK: Streams

    /// Sends an answer whose length is not known: chunked, or to HTTP/1.0 until the close.
    func stream(
        _ response: Response, _ produce: @Sendable (any BodyWriter) async throws -> Void
    ) async {
        let isChunked = request?.version == .http11
        if !isChunked { request?.keepsAlive = false }
        let hasContent = request?.isHead == false && !response.status.forbidsContent
        write(response)
        flush()
        guard hasContent, phase != .closed else { return }
        do {
            try await produce(StreamWriter(connection: self, isChunked: isChunked))
            if isChunked {
                var end: [UInt8] = []
                ResponseHeadWriter.writeLastChunk(to: &end)
                try await send(stream: end)
            }
        } catch {
            // The length was not announced, so only a cut tells the reader that it is short.
            close(isCut: !isChunked)
        }
    }

    /// Sends bytes of a stream and waits while its reader is behind.
    fileprivate func send(stream bytes: [UInt8]) async throws {
        guard phase != .closed else { throw ConnectionClosed() }
        assert(worker.output.isEmpty, "bytes of another connection")
        worker.output.append(contentsOf: bytes)
        flush()
        guard phase != .closed else { throw ConnectionClosed() }
        streamedBytes += bytes.count
        if queue.byteCount > Self.streamBytesMax {
            streamedBytes = 0
            try await withCheckedThrowingContinuation { streamWaiters.append($0) }
        } else if streamedBytes > Self.streamBytesMax {
            // A quick reader never makes its producer wait; others of the loop would.
            streamedBytes = 0
            await Task.yield()
        }
    }

    private func resumeStream() {
        guard !streamWaiters.isEmpty else { return }
        let waiters = streamWaiters
        streamWaiters = []
        for waiter in waiters { waiter.resume() }
    }
}

/// The producer's side of a streamed answer.
private struct StreamWriter: BodyWriter {
    let connection: Connection
    let isChunked: Bool

    func write(_ bytes: [UInt8]) async throws {
        if bytes.isEmpty { return }
        guard isChunked else { return try await connection.send(stream: bytes) }
        var chunk: [UInt8] = []
        ResponseHeadWriter.writeChunk(bytes, to: &chunk)
        try await connection.send(stream: chunk)
    }
}
