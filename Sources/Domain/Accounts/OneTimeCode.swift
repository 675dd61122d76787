/// Six digits that change every half minute (TOTP, RFC 6238 with SHA-1, the way every
/// authenticator app has it).
///
/// The MAC itself is made where the cryptography is; here are the steps and the digits.
package struct OneTimeCode: Hashable, Sendable {
    package let number: UInt32

    package static let digits = 6
    private static let limit: UInt32 = 1_000_000
    package static let stepSeconds: Int64 = 30
    /// Steps before and after the present one whose codes count too: clocks differ, people type.
    package static let stepsAround: Int64 = 1

    /// Takes six digits, with spaces as apps show them; nil for anything else.
    package init?(_ input: String) {
        let bytes = input.utf8.filter { $0 != UInt8(ascii: " ") }
        guard bytes.count == Self.digits, input.utf8.count <= 2 * Self.digits,
            bytes.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        number = bytes.reduce(0) { $0 * 10 + UInt32($1 - 0x30) }
    }

    /// The code that a MAC of 20 bytes stands for (dynamic truncation, RFC 4226 5.3).
    package init(mac: [UInt8]) {
        let offset = Int((mac.last ?? 0) & 15)
        let word = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        number = (word & 0x7FFF_FFFF) % Self.limit
    }

    /// The digits, as a person types them.
    package var text: String {
        let digits = String(number)
        return String(repeating: "0", count: Self.digits - digits.utf8.count) + digits
    }

    /// The step that a moment is in.
    package static func step(at now: Instant) -> Int64 { now.secondsSinceEpoch / stepSeconds }

    /// What is signed for a step: its number in eight bytes, highest first.
    package static func message(of step: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
    }

    /// The step that the code is of, within the window around now; nil when it is of none.
    ///
    /// - Parameters:
    ///   - last: the last step a code was taken of: that one and those before count no more, so that
    ///     nobody can use a code that was looked over a shoulder.
    ///   - mac: HMAC-SHA-1 by the secret.
    package func step(
        at now: Instant, after last: Int64?, mac: ([UInt8]) -> [UInt8]
    ) -> Int64? {
        let present = Self.step(at: now)
        var found: Int64?
        // All steps are looked at, so that the time taken does not tell which one it was.
        for step in (present - Self.stepsAround)...(present + Self.stepsAround)
        where OneTimeCode(mac: mac(Self.message(of: step))) == self && step > last ?? -1 {
            found = found ?? step
        }
        return found
    }
}
