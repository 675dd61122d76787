import COpenSSL
import EventLoop

/// The TLS state of one connection over its non-blocking socket; confined to its loop.
package final class TLSStream {
    private let session: OpaquePointer

    /// What a call came to.
    package enum Progress: Equatable {
        /// So many bytes were read or written; 0 for a finished handshake.
        case done(Int)
        /// The call must be repeated when the socket is readable.
        case wantsRead
        /// The call must be repeated when the socket is writable.
        case wantsWrite
        /// The peer has ended the stream.
        case closed
    }

    /// Begins the server's side on an accepted socket, which stays the caller's to close.
    package init(context: TLSContext, descriptor: Int32) throws(TLSError) {
        guard let session = context.makeSession() else {
            throw TLSError.last("making a TLS session")
        }
        self.session = session
        guard SSL_set_fd(session, descriptor) == 1 else {
            throw TLSError.last("attaching the socket")
        }
        SSL_set_accept_state(session)
    }

    /// Begins the client's side on a connecting socket, which stays the caller's to close; with
    /// the context's latest ticket, where it has one.
    package init(context: TLSClientContext, descriptor: Int32) throws(TLSError) {
        guard let session = context.makeSession() else {
            throw TLSError.last("making a TLS session")
        }
        self.session = session
        guard SSL_set_fd(session, descriptor) == 1 else {
            throw TLSError.last("attaching the socket")
        }
        SSL_set_connect_state(session)
    }

    deinit { SSL_free(session) }

    /// Goes on with the handshake.
    package func handshake() throws(TLSError) -> Progress {
        ERR_clear_error()
        let result = SSL_do_handshake(session)
        return result == 1 ? .done(0) : try progress(result, "the handshake")
    }

    /// Reads decrypted bytes. `.done` may leave more behind in memory, so read until `wantsRead`.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(TLSError) -> Progress {
        ERR_clear_error()
        let count = SSL_read(session, buffer.baseAddress, Int32(clamping: buffer.count))
        return count > 0 ? .done(Int(count)) : try progress(count, "reading")
    }

    /// Encrypts and writes a part of `bytes`.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(TLSError) -> Progress {
        if bytes.isEmpty { return .done(0) }
        ERR_clear_error()
        let count = SSL_write(session, bytes.baseAddress, Int32(clamping: bytes.count))
        return count > 0 ? .done(Int(count)) : try progress(count, "writing")
    }

    /// Sends the closing alert where there is room for it; the answer is not awaited (RFC 8446
    /// 6.1 allows that where the protocol above marks its own ends).
    package func close() {
        ERR_clear_error()
        _ = SSL_shutdown(session)
        ERR_clear_error()
    }

    /// True where the client resumed an earlier session.
    package var isResumed: Bool { SSL_session_reused(session) == 1 }

    private func progress(_ result: Int32, _ action: String) throws(TLSError) -> Progress {
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        case SSL_ERROR_ZERO_RETURN: return .closed
        case SSL_ERROR_SYSCALL where ERR_peek_error() == 0: return .closed
        default: throw TLSError.last(action)
        }
    }
}
