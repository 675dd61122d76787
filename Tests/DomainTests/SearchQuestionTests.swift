import Testing

@testable import Domain

@Suite struct `What an admin looks for` {
    @Test(arguments: ["", "   ", "\u{2003}"])
    func `nothing is no question`(input: String) throws {
        #expect(try SearchQuestion(input) == nil)
    }

    @Test(arguments: ["Ana\u{0}", "a\nb", "\u{202E}x"])
    func `control characters are refused`(input: String) {
        #expect(throws: ValidationError(.search, .malformed)) { try SearchQuestion(input) }
    }

    @Test func `a question has a length`() throws {
        #expect(try SearchQuestion(String(repeating: "a", count: 200)) != nil)
        #expect(throws: ValidationError(.search, .tooLong(max: 200))) {
            try SearchQuestion(String(repeating: "a", count: 201))
        }
    }

    @Test func `what LIKE reads as a pattern is a letter like any other`() throws {
        #expect(try SearchQuestion("a_b%c\\")?.emailPrefix == "a\\_b\\%c\\\\%")
        #expect(try SearchQuestion("Ana@X.ro")?.emailPrefix == "ana@x.ro%")
        #expect(try SearchQuestion("ab")?.emailPrefix == nil)
        #expect(try SearchQuestion("two words")?.emailPrefix == nil)
    }

    @Test func `numbers, references and ends of accounts are told apart`() throws {
        let number = try #require(try SearchQuestion(" #12 "))
        #expect(number.number == 12)
        #expect(try SearchQuestion("-5")?.number == nil)
        #expect(try SearchQuestion("0")?.number == nil)
        #expect(try SearchQuestion("99999999999999999999")?.number == nil)
        #expect(try SearchQuestion("3000 0007")?.ibanTail == "70000003%")
        #expect(try SearchQuestion("abc")?.ibanTail == nil)
        #expect(try SearchQuestion("a%00")?.ibanTail == nil)
        #expect(try SearchQuestion("rf18 v202")?.reference == "RF18V202")
        #expect(try SearchQuestion("vouch-p7")?.payout == 7)
        #expect(try SearchQuestion("vouch-p07")?.payout == nil)
    }

    @Test func `words lose their marks as those of names do`() throws {
        #expect(try SearchQuestion("Ștefan POP & | !x")?.words == "stefan:* & pop:* & x:*")
    }
}
