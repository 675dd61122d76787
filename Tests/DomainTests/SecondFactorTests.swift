import Testing

@testable import Domain

/// What people and apps write for second factors.
@Suite struct SecondFactorTests {
    /// RFC 4648 10, without the padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func `base32 is that of the standard`(text: String, letters: String) {
        #expect(Base32.encoded(Array(text.utf8)) == letters)
        #expect(Base32.decoded(letters) == Array(text.utf8))
        #expect(Base32.decoded(letters.lowercased()) == Array(text.utf8))
    }

    @Test(arguments: ["M", "MZ1", "MZXW6YTBO", "MZXW6=", "MZ", "ä"])
    func `a text that stands for no whole bytes is refused`(letters: String) {
        #expect(Base32.decoded(letters) == nil)
    }

    @Test func `a secret has its length, and reads what it prints`() throws {
        #expect(FactorSecret(bytes: [UInt8](repeating: 1, count: 19)) == nil)
        #expect(FactorSecret(bytes: [UInt8](repeating: 1, count: 21)) == nil)
        let secret = try #require(FactorSecret(bytes: Array(200..<220)))
        #expect(FactorSecret(base32: secret.base32) == secret)
        #expect(FactorSecret(base32: secret.grouped.lowercased()) == secret)
        #expect(FactorSecret(base32: String(repeating: "A", count: 65)) == nil)
    }

    @Test func `codes are six digits`() {
        #expect(OneTimeCode("012345")?.text == "012345")
        #expect(OneTimeCode("012 345")?.text == "012345")
        for text in ["", "12345", "1234567", "12345a", "１２３４５６", "1 2 3 4 5 6  "] {
            #expect(OneTimeCode(text) == nil, "\(text)")
        }
        let flat = { (_: [UInt8]) in [UInt8](repeating: 0, count: 20) }
        // Where every step has the same code, the first that counts is taken.
        let now = Instant(microseconds: 3_000_000_000)
        #expect(OneTimeCode("000000")?.step(at: now, after: nil, mac: flat) == 99)
        #expect(OneTimeCode("000000")?.step(at: now, after: 99, mac: flat) == 100)
        #expect(OneTimeCode("000000")?.step(at: now, after: 101, mac: flat) == nil)
    }

    @Test func `recovery codes are read as people write them`() throws {
        let code = RecoveryCode(random: (0..<16).map { UInt8($0 * 16) })
        #expect(code.text.utf8.count == RecoveryCode.length)
        #expect(code.grouped.utf8.count == RecoveryCode.length + 3)
        #expect(RecoveryCode(code.grouped) == code)
        #expect(RecoveryCode(code.text.uppercased()) == code)
        #expect(RecoveryCode("0123-4567-89ab-cdei")?.text.last == "1")
        #expect(RecoveryCode("O123-4567-89ab-cdeL")?.text == "0123456789abcde1")
        for text in ["", code.text.dropLast() + "", code.text + "0", code.text.dropLast() + "u!"] {
            #expect(RecoveryCode(text) == nil, "\(text)")
        }
        #expect(FactorProof("123 456") == .code(try #require(OneTimeCode("123456"))))
        #expect(FactorProof(code.grouped) == .recovery(code))
        #expect(FactorProof("hello") == nil)
    }
}
