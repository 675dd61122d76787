/// A cookie to be set (RFC 6265 4.1), by default for the whole site, out of reach of scripts, and
/// not sent along with other sites' forms.
package struct SetCookie: Sendable {
    /// When a cookie goes along with requests that other sites cause.
    package enum SameSite: Sendable, Hashable {
        case strict, lax
    }

    /// The name, a token.
    package var name: StaticString
    /// The value; octets that a cookie cannot have are percent-encoded, and stay so on reading.
    package var value: String
    /// The paths it is sent to.
    package var path: StaticString = "/"
    /// Seconds it lives; nil ends it with the browser, 0 ends it now.
    package var secondsToLive: Int?
    /// Whether scripts cannot see it.
    package var isHTTPOnly = true
    /// Whether it only travels through TLS.
    package var isSecure: Bool
    /// When it goes along with requests from other sites.
    package var sameSite = SameSite.lax

    /// A cookie.
    package init(
        _ name: StaticString, _ value: String, secondsToLive: Int? = nil, isSecure: Bool
    ) {
        assert(!name.utf8.isEmpty && CharacterClass.token.containsAll(name.utf8))
        self.name = name
        self.value = value
        self.secondsToLive = secondsToLive
        self.isSecure = isSecure
    }

    /// The cookie's end: the browser forgets it.
    package static func removing(_ name: StaticString, isSecure: Bool) -> SetCookie {
        SetCookie(name, "", secondsToLive: 0, isSecure: isSecure)
    }

    /// The value of the Set-Cookie field.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(name)
        bytes.append("=")
        for byte in value.utf8 {
            if CharacterClass.cookieOctet.contains(byte) {
                bytes.append(byte)
            } else {
                PercentCoding.append(escaping: byte, to: &bytes)
            }
        }
        bytes.append("; Path=")
        bytes.append(path)
        if let secondsToLive {
            bytes.append("; Max-Age=")
            bytes.append(decimal: max(0, secondsToLive))
        }
        if isHTTPOnly { bytes.append("; HttpOnly") }
        if isSecure { bytes.append("; Secure") }
        bytes.append(sameSite == .strict ? "; SameSite=Strict" : "; SameSite=Lax")
        return bytes
    }
}

extension ResponseFields {
    /// Appends a Set-Cookie line.
    package mutating func add(_ cookie: SetCookie) { add(.setCookie, cookie.bytes) }
}
