import COpenSSL

/// Why a certificate cannot be used, or why a connection's TLS failed.
package struct TLSError: Error, CustomStringConvertible {
    /// What was being done.
    package let action: String
    /// OpenSSL's own words for it, the oldest error of the thread's queue; empty where the
    /// queue was.
    package let reason: String

    package init(action: String, reason: String) {
        self.action = action
        self.reason = reason
    }

    /// The action and OpenSSL's reason.
    package var description: String {
        reason.isEmpty ? "\(action) failed" : "\(action) failed: \(reason)"
    }

    /// Takes the oldest error of this thread's queue and empties the queue.
    static func last(_ action: String) -> TLSError {
        let code = ERR_get_error()
        defer { ERR_clear_error() }
        guard code != 0 else { return TLSError(action: action, reason: "") }
        var buffer = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &buffer, buffer.count)
        let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return TLSError(action: action, reason: String(decoding: text, as: UTF8.self))
    }
}
