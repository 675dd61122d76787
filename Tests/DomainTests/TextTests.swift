import Testing

@testable import Domain

@Suite struct `Texts people write` {
    @Test func `a name is trimmed`() throws {
        #expect(try PersonName("  Ana Pop\u{A0}").text == "Ana Pop")
    }

    @Test(arguments: ["", "   ", "\u{2003}"])
    func `nothing is missing, not empty`(input: String) {
        #expect(throws: ValidationError(.name, .missing)) { try PersonName(input) }
    }

    @Test(arguments: ["Ana\nPop", "Ana\u{0}", "Ana\u{202E}poP", "Ana\u{1B}[2J"])
    func `a line break or a control character in a name is refused`(input: String) {
        #expect(throws: ValidationError(.name, .malformed)) { try PersonName(input) }
    }

    @Test func `length counts what the database counts`() throws {
        let family = "👩‍👩‍👧"
        let input = String(repeating: family, count: 24)
        #expect(try PersonName(input).text.unicodeScalars.count == 120)
        #expect(throws: ValidationError(.name, .tooLong(max: 120))) {
            try PersonName(input + "a")
        }
    }

    @Test func `a huge text is refused before it is read`() {
        let input = String(repeating: "a", count: 1_000_000)
        #expect(throws: ValidationError(.name, .tooLong(max: 120))) { try PersonName(input) }
    }

    @Test func `a browser's line breaks become one kind`() throws {
        #expect(try Note("one\r\ntwo\rthree\nfour").text == "one\ntwo\nthree\nfour")
    }

    @Test func `a note may be empty`() throws {
        #expect(try Note(" \n ").text.isEmpty)
    }

    @Test func `the complaints of a form are kept in order`() {
        var form = Validation()
        _ = form.read { () throws(ValidationError) in try PersonName("") }
        _ = form.read { () throws(ValidationError) in try EmailAddress("x") }
        let expected = [ValidationError(.name, .missing), ValidationError(.email, .malformed)]
        #expect(throws: DomainError.invalid(expected)) { try form.finish() }
    }
}

@Suite struct `Addresses and codes` {
    @Test(arguments: ["swift-developer-7x2k", "a", "2026"])
    func `a slug is taken from an address`(input: String) {
        #expect(JobSlug(input)?.text == input)
    }

    @Test(arguments: ["", "-a", "a-", "A", "a b", "a/b", "ă", "../etc"])
    func `what cannot be a slug is none`(input: String) {
        #expect(JobSlug(input) == nil)
    }

    @Test func `a slug is made of folded words and a code`() {
        let slug = JobSlug(words: "Contabil-șef, Iași (m/f)", random: [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(slug.text == "contabil-sef-iasi-m-f-12345678")
        #expect(JobSlug(slug.text) == slug)
    }

    @Test func `a title without Latin letters still has a slug`() {
        let slug = JobSlug(words: "日本語", random: [31, 31, 31, 31, 31, 31, 31, 31])
        #expect(slug.text == "zzzzzzzz")
    }

    @Test func `any title gives a slug that is one`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let scalars = (0..<Int.random(in: 0...60, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 32...0x24F, using: &random))
            }
            let words = String(String.UnicodeScalarView(scalars))
            let bytes = (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
            let slug = JobSlug(words: words, random: bytes)
            #expect(JobSlug(slug.text) == slug)
        }
    }

    @Test func `a link's code survives capitals`() {
        let code = LinkCode(random: [0, 9, 10, 31, 32, 100, 200, 255, 7, 8])
        #expect(LinkCode(code.text.uppercased()) == code)
        #expect(LinkCode(code.text + "0") == nil)
        #expect(LinkCode("il0ou12345") == nil)
    }

    @Test(arguments: ["Blog", "newsletter 2026-11", "forum_a.b", "Grup Iași", ""])
    func `a channel is what an affiliate calls it`(input: String) throws {
        #expect(try ChannelName(input).text == input)
    }

    @Test(arguments: ["a<b", "x\ny", "50%"])
    func `a channel has no signs`(input: String) {
        #expect(throws: ValidationError(.channel, .malformed)) { try ChannelName(input) }
    }

    @Test(arguments: [
        ("example.com", "https://example.com"),
        ("http://example.com/a?b", "http://example.com/a?b"),
    ])
    func `a site without a scheme is secure`(input: String, text: String) throws {
        #expect(try WebAddress(input).text == text)
    }

    @Test(arguments: [
        "javascript:alert(1)", "ftp://example.com", "https://", "https://a b.com",
        "https://exa\"mple.com", "localhost",
    ])
    func `what is not a site cannot become a link`(input: String) {
        #expect(throws: ValidationError.self) { try WebAddress(input) }
    }

    @Test(arguments: ["0", "-1", "+1", "01", "1 ", "", "9223372036854775808"])
    func `an id is a plain positive number`(input: String) {
        #expect(JobID(input) == nil)
    }
}

@Suite struct `Searching` {
    @Test(arguments: [
        ("Inginer Șef", "inginer sef"), ("ŢARĂ", "tara"), ("Łódź", "lodz"), ("Straße", "strasse"),
        ("e\u{301}cole", "ecole"), ("日本", "日本"),
    ])
    func `Latin letters lose their marks`(input: String, folded: String) {
        #expect(SearchText.folded(input) == folded)
    }

    @Test func `a question becomes words with open ends`() {
        #expect(SearchText.prefixQuery("C++ dev & 'Iași'") == "c:* & dev:* & iasi:*")
    }

    @Test(arguments: ["", " ", "& | !", "'():*"])
    func `a question without words is none`(input: String) {
        #expect(SearchText.prefixQuery(input) == nil)
    }

    @Test func `a long question is cut`() {
        let question = (1...50).map { "word\($0)" }.joined(separator: " ")
        let query = SearchText.prefixQuery(question)
        #expect(query?.split(separator: "&").count == SearchText.wordsMax)
    }
}
