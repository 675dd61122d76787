import Testing

@testable import Domain

@Suite struct `E-mail addresses` {
    @Test(arguments: [
        "ana@example.com", "a.b+tag@mail.example.co.uk", "x@a-b.ro", " padded@example.com ",
        "o'neil@example.com",
    ])
    func `an address that can be written to is taken`(input: String) throws {
        let address = try EmailAddress(input)
        #expect(!address.text.hasPrefix(" "))
    }

    @Test(arguments: [
        "ana", "ana@", "@example.com", "ana@example", "a..b@example.com", ".a@example.com",
        "ana@-example.com", "ana@example..com", "ana@exa mple.com", "ana@@example.com",
        "ana@1.2.3.4", "ana\r\nBcc: x@example.com", "ană@example.com", "ana@example.c",
    ])
    func `what is no address is refused`(input: String) {
        #expect(throws: ValidationError(.email, .malformed)) { try EmailAddress(input) }
    }

    @Test func `an address longer than a path can be is refused`() {
        let input = String(repeating: "a", count: 250) + "@example.com"
        #expect(throws: ValidationError(.email, .tooLong(max: 254))) { try EmailAddress(input) }
    }

    @Test(arguments: [
        ("Ana.Pop@Gmail.com", "anapop@gmail.com"),
        ("anapop@googlemail.com", "anapop@gmail.com"),
        ("Ana.Pop@Example.com", "ana.pop@example.com"),
        ("a.n.a@notgmail.com", "a.n.a@notgmail.com"),
    ])
    func `case folds everywhere and dots at Gmail only`(input: String, folded: String) throws {
        #expect(try EmailAddress(input).folded == folded)
    }
}

@Suite struct `Telephone numbers` {
    @Test(arguments: [
        "0722 123 456", "+40 722 123 456", "0040722123456", "+40 (0)722-123-456", "0722.123.456",
        "40722123456", "+40 0722 123 456",
    ])
    func `the spellings of one number fold to one`(input: String) throws {
        #expect(try PhoneNumber(input).folded == "+40722123456")
    }

    @Test(arguments: [
        "12345", "call me", "+", "0722 123 456 0722 123 456", "++40722123456", "00 12345",
        "+400 1234",
    ])
    func `what is no number is refused`(input: String) {
        #expect(throws: ValidationError.self) { try PhoneNumber(input) }
    }

    @Test func `a foreign number keeps its country`() throws {
        #expect(try PhoneNumber("+49 30 901820").folded == "+4930901820")
    }
}
