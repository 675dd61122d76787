import COpenSSL
import Synchronization

/// The server's certificate, key and TLS parameters, which can be replaced while it runs.
///
/// TLS 1.2 and 1.3 only, ALPN `http/1.1`, stateless session tickets (RFC 5077, RFC 8446 4.6.1)
/// whose keys live in memory: a reload or a restart makes new ones, and a client that holds an
/// older ticket then does a full handshake.
///
/// `@unchecked Sendable`: the only state is the OpenSSL context behind the mutex, and OpenSSL
/// allows connections to be made from one context by many threads.
package final class TLSContext: @unchecked Sendable {
    private let certificateFile: String
    private let keyFile: String
    private let current: Mutex<OwnedContext>

    /// Reads a PEM certificate chain (server's own first) and its PEM key.
    ///
    /// - Throws: `TLSError` where a file cannot be read or the key does not fit.
    package init(certificateFile: String, keyFile: String) throws(TLSError) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        current = Mutex(try OwnedContext(certificateFile: certificateFile, keyFile: keyFile))
    }

    /// Reads both files again; on an error the certificate in use stays.
    package func reload() throws(TLSError) {
        let fresh = try OwnedContext(certificateFile: certificateFile, keyFile: keyFile)
        current.withLock { $0 = fresh }
    }

    /// A new connection's TLS state under the certificate in force now.
    func makeSession() -> OpaquePointer? {
        current.withLock { SSL_new($0.pointer) }
    }
}

/// An `SSL_CTX` that is freed with its last reference; sessions hold references of their own.
///
/// `@unchecked Sendable`: never changed after `init`.
private final class OwnedContext: @unchecked Sendable {
    let pointer: OpaquePointer

    init(certificateFile: String, keyFile: String) throws(TLSError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_server_method()) else {
            throw TLSError.last("making a TLS context")
        }
        pointer = context
        vouch_ssl_ctx_server_modes(context)
        guard vouch_ssl_ctx_min_tls12(context) == 1,
            SSL_CTX_set_cipher_list(context, Self.cipherList) == 1
        else { throw TLSError.last("choosing TLS versions and ciphers") }
        // One ticket per full handshake instead of two: the second saves a browser little and
        // costs an encryption and 250 bytes on every connection.
        SSL_CTX_set_num_tickets(context, 1)
        guard SSL_CTX_use_certificate_chain_file(context, certificateFile) == 1 else {
            throw TLSError.last("reading the certificate \(certificateFile)")
        }
        guard SSL_CTX_use_PrivateKey_file(context, keyFile, SSL_FILETYPE_PEM) == 1 else {
            throw TLSError.last("reading the key \(keyFile)")
        }
        guard SSL_CTX_check_private_key(context) == 1 else {
            throw TLSError.last("fitting the key to the certificate")
        }
        SSL_CTX_set_alpn_select_cb(context, selectProtocol, nil)
    }

    deinit { SSL_CTX_free(pointer) }

    /// TLS 1.2 suites with forward secrecy and authenticated encryption only (RFC 9325 4.2).
    private static let cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20"
}

/// Chooses `http/1.1` where the client offers it; a client that offers only other protocols is
/// refused (RFC 7301 3.2), one that offers none speaks HTTP/1.1 anyway.
private func selectProtocol(
    _ session: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ chosenLength: UnsafeMutablePointer<UInt8>?, _ offered: UnsafePointer<UInt8>?,
    _ offeredLength: UInt32, _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let offered, let chosen, let chosenLength else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    let wanted = Array("http/1.1".utf8)
    var index = 0
    while index < Int(offeredLength) {
        let length = Int(offered[index])
        guard index + 1 + length <= Int(offeredLength) else { break }
        let name = UnsafeBufferPointer(start: offered + index + 1, count: length)
        if name.elementsEqual(wanted) {
            chosen.pointee = offered + index + 1
            chosenLength.pointee = UInt8(length)
            return SSL_TLSEXT_ERR_OK
        }
        index += 1 + length
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
