/// An address that may stand in `href`, `src` and `action`: never a `javascript:` or `data:` URL.
///
/// It holds only the characters of RFC 3986 section 2, everything else is percent-encoded.
package struct URLReference: Hashable, Sendable {
    /// The address as it is written, before HTML escaping.
    package let encoded: String

    init(verified encoded: String) { self.encoded = encoded }

    /// A path on this site with query parameters; all of it is percent-encoded.
    ///
    /// The path is made absolute with exactly one leading slash, so it cannot name another host.
    package init(
        path: String, query: [(name: String, value: String)] = [], fragment: String? = nil
    ) {
        // Almost every address is a path as it should be, and is taken as it is.
        if query.isEmpty, fragment == nil, URLEncoding.isRooted(path, keeping: .path) {
            encoded = path
            return
        }
        var bytes = URLEncoding.rooted(path, keeping: .path)
        for (position, parameter) in query.enumerated() {
            bytes.append(UInt8(ascii: position == 0 ? "?" : "&"))
            URLEncoding.append(parameter.name, keeping: .unreserved, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            URLEncoding.append(parameter.value, keeping: .unreserved, to: &bytes)
        }
        if let fragment {
            bytes.append(UInt8(ascii: "#"))
            URLEncoding.append(fragment, keeping: .path, to: &bytes)
        }
        encoded = String(decoding: bytes, as: UTF8.self)
    }

    /// A path and query on this site that are already percent-encoded, as a route prints them or a
    /// request target holds them; what cannot stand in a URL is encoded all the same.
    package init(target: String) {
        if URLEncoding.isRooted(target, keeping: .anywhere) {
            encoded = target
            return
        }
        let bytes = URLEncoding.rooted(target, keeping: .anywhere)
        encoded = String(decoding: bytes, as: UTF8.self)
    }

    /// An address on the web, or nil when it is not an absolute `http` or `https` URL.
    package init?(web address: String) {
        let scheme = address.prefix { $0 != ":" }.lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let rest = address.utf8.dropFirst(scheme.utf8.count)
        guard rest.starts(with: "://".utf8), let host = rest.dropFirst(3).first,
            URLEncoding.Kept.unreserved.contains(host) || host == UInt8(ascii: "[")
        else { return nil }
        var bytes = Array(scheme.utf8)
        URLEncoding.append(rest, keeping: .anywhere, to: &bytes)
        encoded = String(decoding: bytes, as: UTF8.self)
    }

    /// A place on the same page.
    package static func fragment(_ id: String) -> URLReference {
        var bytes = [UInt8(ascii: "#")]
        URLEncoding.append(id, keeping: .path, to: &bytes)
        return URLReference(verified: String(decoding: bytes, as: UTF8.self))
    }

    /// The page that it stands on, with its query (RFC 3986 4.4).
    package static let here = URLReference(verified: "")

    /// An e-mail address to write to (RFC 6068).
    package static func mail(_ address: String) -> URLReference {
        var bytes = Array("mailto:".utf8)
        URLEncoding.append(address, keeping: .mailbox, to: &bytes)
        return URLReference(verified: String(decoding: bytes, as: UTF8.self))
    }

    /// A telephone number to call (RFC 3966); all but digits and `+` is left out.
    package static func telephone(_ number: String) -> URLReference {
        let digits = number.filter { $0 == "+" || ("0"..."9").contains($0) }
        return URLReference(verified: "tel:" + digits)
    }

    /// The same address on a site given by its origin, such as `https://vouch.example`.
    ///
    /// An origin of another scheme than these two is left out.
    package func absolute(origin: String) -> URLReference {
        guard origin.hasPrefix("https://") || origin.hasPrefix("http://"),
            URLEncoding.isClean(origin, keeping: .anywhere)
        else { return self }
        return URLReference(verified: origin + encoded)
    }
}

private enum URLEncoding {
    /// The bytes that a part of a URL keeps unencoded (RFC 3986 section 2).
    enum Kept: UInt8 {
        case unreserved = 1
        case path = 2
        case mailbox = 4
        case anywhere = 8

        func contains(_ byte: UInt8) -> Bool { URLEncoding.kept[Int(byte)] & rawValue != 0 }

        /// Whether a part keeps all these bytes.
        func containsAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            URLEncoding.kept.withUnsafeBufferPointer { kept in
                for byte in bytes where kept[Int(byte)] & rawValue == 0 { return false }
                return true
            }
        }
    }

    /// For each byte, the parts that keep it, as a sum of `Kept`.
    private static let kept: [UInt8] = {
        var kept = [UInt8](repeating: 0, count: 256)
        let groups: [(String, UInt8)] = [
            ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~", 15),
            ("@+", 14), ("/:,=!$()*;", 10), ("%?#&[]'", 8),
        ]
        for (bytes, parts) in groups {
            for byte in bytes.utf8 { kept[Int(byte)] = parts }
        }
        return kept
    }()

    /// Whether a path has one leading slash and nothing that needs encoding.
    static func isRooted(_ path: String, keeping kept: Kept) -> Bool {
        var path = path
        return path.withUTF8 { bytes in
            guard bytes.first == UInt8(ascii: "/"),
                bytes.count < 2 || bytes[1] != UInt8(ascii: "/")
            else { return false }
            return kept.containsAll(bytes)
        }
    }

    static func isClean(_ text: String, keeping kept: Kept) -> Bool {
        var text = text
        return text.withUTF8 { bytes in kept.containsAll(bytes) }
    }

    /// The path with one leading slash; a second one would name a host (RFC 3986 4.2).
    static func rooted(_ path: String, keeping kept: Kept) -> [UInt8] {
        var bytes = [UInt8(ascii: "/")]
        bytes.reserveCapacity(path.utf8.count + 1)
        append(path.utf8.drop { $0 == UInt8(ascii: "/") }, keeping: kept, to: &bytes)
        return bytes
    }

    static func append(_ text: String, keeping kept: Kept, to bytes: inout [UInt8]) {
        append(text.utf8[...], keeping: kept, to: &bytes)
    }

    static func append(
        _ text: Substring.UTF8View, keeping kept: Kept, to bytes: inout [UInt8]
    ) {
        for byte in text {
            if kept.contains(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexadecimal(byte >> 4))
                bytes.append(hexadecimal(byte & 15))
            }
        }
    }
    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
    }
}
