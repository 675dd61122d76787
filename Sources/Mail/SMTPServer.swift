import Domain
import Foundation

/// The mail server that outgoing mails are handed to, as the settings say.
package struct SMTPServer: Hashable, Sendable {
    /// How the connection is kept from others.
    package enum Encryption: String, Hashable, Sendable, CaseIterable {
        /// TLS or nothing: STARTTLS (RFC 3207) for `smtp`, from the first byte for `smtps`.
        case required
        /// STARTTLS where the server offers it, as to a relay on the same machine.
        case optional
        case off
    }

    /// As libcurl takes it: scheme, host and port, and the name that is said in EHLO.
    let url: String
    let user: String?
    let password: String?
    let encryption: Encryption
    /// PEM file of those who sign the server's certificate; nil for the system's.
    let certificates: String?

    /// Reads `smtp://host:587` or `smtps://user:password@host:465`; user and password are
    /// percent-encoded (RFC 3986 3.2.1).
    ///
    /// - Parameter heloName: the name of this machine in EHLO.
    /// - Returns: nil where the text is something else.
    package init?(
        _ text: String, heloName: String, encryption: Encryption = .required,
        certificates: String? = nil
    ) {
        guard let separator = text.range(of: "://") else { return nil }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "smtp" || scheme == "smtps" else { return nil }
        var rest = text[separator.upperBound...]
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        var user: String?
        var password: String?
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = String(parts[0]).removingPercentEncoding,
                let word = String(parts[1]).removingPercentEncoding, !name.isEmpty
            else { return nil }
            user = name
            password = word
            rest = rest[rest.index(after: at)...]
        }
        let allowed = rest.utf8.allSatisfy { byte in
            byte.isHostByte || byte == UInt8(ascii: ":")
        }
        guard !rest.isEmpty, allowed else { return nil }
        let name = heloName.utf8.allSatisfy(\.isHostByte) ? heloName : "localhost"
        self.url = "\(scheme)://\(rest)/\(name)"
        self.user = user
        self.password = password
        self.encryption = encryption
        self.certificates = certificates
    }
}

extension UInt8 {
    /// What hosts are written with, IPv6 in brackets too.
    fileprivate var isHostByte: Bool {
        isLetterOrDigit || ".-[]".utf8.contains(self)
    }
}
