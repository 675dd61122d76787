import Domain
import Testing

@testable import Site

/// Codes by the published examples.
@Suite struct OneTimeCodeTests {
    private static let secret = FactorSecret(bytes: Array("12345678901234567890".utf8))

    /// RFC 4226, appendix D.
    @Test func `codes of counters are those of the standard`() throws {
        let secret = try #require(Self.secret)
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ]
        for (counter, code) in codes.enumerated() {
            let mac = secret.mac(OneTimeCode.message(of: Int64(counter)))
            #expect(OneTimeCode(mac: mac).text == code)
        }
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
        (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func `codes of moments are those of the standard`(seconds: Int64, code: String) throws {
        let secret = try #require(Self.secret)
        let moment = Instant(microseconds: seconds * 1_000_000)
        #expect(secret.code(at: moment).text == code)
        let typed = try #require(OneTimeCode(code))
        let step = OneTimeCode.step(at: moment)
        #expect(typed.step(at: moment, after: nil, mac: secret.mac) == step)
        #expect(typed.step(at: moment, after: step - 1, mac: secret.mac) == step)
        #expect(typed.step(at: moment, after: step, mac: secret.mac) == nil)
    }

    @Test func `a picture of the key is what a camera reads`() throws {
        let secret = try #require(Self.secret)
        let uri = secret.uri(for: try EmailAddress("ana+hr@example.com"))
        #expect(
            uri == "otpauth://totp/Vouch:ana%2Bhr%40example.com"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Vouch&algorithm=SHA1"
                + "&digits=6&period=30")
        let code = try #require(QRCode(uri))
        // ISO/IEC 18004: 17 + 4 x version modules on a side, three finder patterns in the corners.
        #expect((code.size - 17) % 4 == 0)
        for (row, column) in [(0, 0), (0, code.size - 7), (code.size - 7, 0)] {
            let corner = code.modules[(row * code.size + column)...].prefix(7)
            #expect(corner.allSatisfy { $0 })
        }
        #expect(
            !code.modules[code.modules.count - 1 - 7 * code.size..<code.modules.count]
                .suffix(7).allSatisfy { $0 })
        #expect(code.path.count { $0 == "M" } > code.size)
        #expect(QRCode(String(repeating: "x", count: 4_000)) == nil)
    }
}
