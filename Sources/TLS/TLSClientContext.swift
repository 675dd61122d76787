import COpenSSL
import Synchronization

/// What TLS clients of one server have in common: the parameters and the latest session ticket.
///
/// It does not check the server's certificate: it is made for load tests, which talk to a server
/// of one's own under whatever name. Nothing that carries a secret may be built upon it.
///
/// `@unchecked Sendable`: the ticket is behind the mutex, and OpenSSL allows connections to be
/// made from one context by many threads.
package final class TLSClientContext: @unchecked Sendable {
    private let context: OpaquePointer
    private let serverName: String?
    private let resumes: Bool
    private let ticket = Mutex<Ticket?>(nil)

    /// - Parameters:
    ///   - serverName: the name that the client asks for (RFC 6066 3); nil for an address.
    ///   - resumes: whether the latest ticket is used again; without it each handshake is full.
    package init(serverName: String?, resumes: Bool) throws(TLSError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_client_method()) else {
            throw TLSError.last("making a TLS context")
        }
        self.context = context
        self.serverName = serverName
        self.resumes = resumes
        vouch_ssl_ctx_client_modes(context)
        guard vouch_ssl_ctx_min_tls12(context) == 1 else {
            throw TLSError.last("choosing TLS versions")
        }
        let protocols: [UInt8] = [8] + Array("http/1.1".utf8)
        guard SSL_CTX_set_alpn_protos(context, protocols, UInt32(protocols.count)) == 0 else {
            throw TLSError.last("choosing the protocol")
        }
        SSL_CTX_sess_set_new_cb(context) { session, given in
            guard let session, let given, let home = SSL_get_ex_data(session, 0) else { return 0 }
            let context = Unmanaged<TLSClientContext>.fromOpaque(home).takeUnretainedValue()
            context.ticket.withLock { $0 = Ticket(pointer: given) }
            // 1: the reference is kept.
            return 1
        }
    }

    deinit { SSL_CTX_free(context) }

    /// A new connection's TLS state. The context must outlive it.
    func makeSession() -> OpaquePointer? {
        guard let session = SSL_new(context) else { return nil }
        SSL_set_ex_data(session, 0, Unmanaged.passUnretained(self).toOpaque())
        if let serverName { _ = vouch_ssl_set_server_name(session, serverName) }
        if resumes {
            // The session takes a reference of its own.
            ticket.withLock { if let ticket = $0 { SSL_set_session(session, ticket.pointer) } }
        }
        return session
    }
}

/// A session that can be resumed; freed with its last owner.
///
/// `@unchecked Sendable`: never changed after `init`, and OpenSSL counts its references atomically.
private final class Ticket: @unchecked Sendable {
    let pointer: OpaquePointer

    init(pointer: OpaquePointer) { self.pointer = pointer }

    deinit { SSL_SESSION_free(pointer) }
}
