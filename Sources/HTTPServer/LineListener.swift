import CLinux
import EventLoop
import Glibc
import HTTP

/// Answers every connection with one line and closes it, as HAProxy's `agent-check` wants it.
///
/// `@unchecked Sendable`: confined to its loop.
package final class LineListener: EventHandler, @unchecked Sendable {
    private let loop: EventLoop
    private let listener: Listener
    private let line: @Sendable () -> String
    private var isWatching = false

    /// Who comes faster waits in the kernel.
    private static let acceptsPerTurnMax = 16

    /// Opens the socket; nothing is accepted before `start()`.
    ///
    /// - Parameter line: the line with its end, at most some hundred bytes: it is sent in one go to a
    ///   socket whose buffer is empty.
    /// - Throws: `SystemError`, as where the address is taken (`EADDRINUSE`).
    package init(
        loop: EventLoop, address: ListenAddress, line: @escaping @Sendable () -> String
    ) throws(SystemError) {
        self.loop = loop
        self.line = line
        listener = try Listener(address, backlog: 64, sharesPort: false, awaitsData: false)
    }

    /// The address that is listened on, its port resolved.
    package var address: ListenAddress { listener.address }

    package func start() {
        loop.execute { [self] in
            guard !isWatching else { return }
            isWatching =
                (try? loop.register(listener.descriptor, interest: .read, handler: self)) != nil
        }
    }

    package func stop() {
        loop.execute { [self] in
            if isWatching { loop.deregister(listener.descriptor) }
            isWatching = false
            listener.close()
        }
    }

    package func ready(_ readiness: Readiness) {
        for _ in 0..<Self.acceptsPerTurnMax {
            // An error leaves the connection to the next turn.
            guard let next = try? listener.accept() else { return }
            let bytes = Array(line().utf8)
            _ = send(next.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            closeDescriptor(next.descriptor)
        }
    }
}
