import CLinux
import Glibc
import HTTP

/// Content that stays open: the connection is its reader, as far as its owner knows.
///
/// While nothing is sent it holds no task, no timer and no buffer. It counts as a connection, but
/// no idle time and no count of requests ends it: that is its owner's to decide.
extension Connection: HeldReader {
    /// A reader who lets more than this wait is cut.
    private static let heldBytesMax = 64 << 10
    /// What the kernel keeps for a reader who does not read; by itself it would be megabytes.
    private static let heldSendBufferBytes: Int32 = 32 << 10

    private var isChunked: Bool { request?.version == .http11 }

    /// Begins an answer whose content stays open.
    func hold(_ response: Response, _ content: any HeldContent) {
        if !isChunked { request?.keepsAlive = false }
        let hasContent = request?.isHead == false && !response.status.forbidsContent
        write(response)
        phase = .holding
        countAnswered()
        held = content
        guard hasContent else { return finishHeld(sendingEnd: false) }
        // Who had finished sending before there was an answer has left as well.
        if hasEndOfStream { return close() }
        if worker.isDraining { return end() }
        var size = Self.heldSendBufferBytes
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        flush()
        if phase == .holding { content.opened(self) }
    }

    package func send(_ bytes: [UInt8]) {
        guard phase == .holding, !bytes.isEmpty else { return }
        guard queue.byteCount <= Self.heldBytesMax else { return close(isCut: !isChunked) }
        assert(worker.output.isEmpty, "bytes of another connection")
        if isChunked {
            ResponseHeadWriter.writeChunk(bytes, to: &worker.output)
        } else {
            worker.output.append(contentsOf: bytes)
        }
        flush()
    }

    package func end() {
        guard phase == .holding else { return }
        finishHeld(sendingEnd: true)
    }

    private func finishHeld(sendingEnd: Bool) {
        if sendingEnd, isChunked { ResponseHeadWriter.writeLastChunk(to: &worker.output) }
        letGoOfHeld()
        finishAnswer()
        advance()
    }

    /// Tells the owner that its reader is gone.
    func letGoOfHeld() {
        let content = held
        held = nil
        content?.closed()
    }

    /// Drops an answer that came when its reader had gone.
    func abandon(_ response: Response) {
        if case .held(let content) = response.body { content.closed() }
    }
}
