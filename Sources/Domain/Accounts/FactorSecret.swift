/// What an authenticator app and this site share.
package struct FactorSecret: Hashable, Sendable {
    package let bytes: [UInt8]

    /// 160 bits, as RFC 4226 4 recommends.
    package static let length = 20
    package static let issuer = "Vouch"

    /// Takes bytes of a cryptographic source; nil unless there are `length` of them.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = Array(bytes)
    }

    /// Takes the letters that apps show, in either case, with or without spaces.
    package init?(base32 text: String) {
        guard text.utf8.count <= 64, let bytes = Base32.decoded(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 32 letters (RFC 4648 6).
    package var base32: String { Base32.encoded(bytes) }

    /// The letters in groups of four, to be typed.
    package var grouped: String { base32.grouped(by: 4, separator: " ") }

    /// What a QR code says to an app, which lists it under the site's name and the address.
    package func uri(for email: EmailAddress) -> String {
        "otpauth://totp/\(Self.issuer):\(Self.escaped(email.text))?secret=\(base32)"
            + "&issuer=\(Self.issuer)&algorithm=SHA1&digits=\(OneTimeCode.digits)"
            + "&period=\(OneTimeCode.stepSeconds)"
    }

    /// Everything but unreserved characters percent-encoded (RFC 3986 2.3).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 0x80,
                scalar.properties.isAlphabetic || "0123456789-._~".contains(Character(scalar))
            {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }
}

/// Bytes as text of 32 letters (RFC 4648 6), without padding.
enum Base32 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(letters[Int(buffer >> bits & 31)])
            }
        }
        if bits > 0 { text.append(letters[Int(buffer << (5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the same in either case and with spaces; nil for anything else.
    static func decoded(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for letter in text.uppercased().utf8 where letter != UInt8(ascii: " ") {
            guard let value = letters.firstIndex(of: letter) else { return nil }
            buffer = buffer << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        // Two texts must not mean the same bytes: the bits left over are fewer than five, and zero.
        return bits < 5 && buffer & ((1 << bits) - 1) == 0 ? bytes : nil
    }
}

extension String {
    /// The text cut into groups of so many characters.
    func grouped(by size: Int, separator: String) -> String {
        var result = ""
        for (position, character) in enumerated() {
            if position > 0, position % size == 0 { result += separator }
            result.append(character)
        }
        return result
    }
}
