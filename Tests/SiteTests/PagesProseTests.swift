import Testing

@testable import Site

@Suite struct PagesProseTests {
    @Test func `paragraphs, lists and headings come out of plain text`() {
        let text = "One\ntwo\n\nYou will:\n\n- a\n* b\nAfter\n• c\n\nEnd:"

        #expect(
            Prose.blocks(of: text) == [
                .paragraph(["One", "two"]), .heading("You will"), .list(["a", "b"]),
                .paragraph(["After"]), .list(["c"]), .paragraph(["End:"]),
            ])
    }

    @Test func `spaces and carriage returns at the ends of lines are dropped`() {
        #expect(
            Prose.blocks(of: "  One \t\r\n \r\n two ") == [
                .paragraph(["One"]), .paragraph(["two"]),
            ])
        #expect(Prose.blocks(of: " \n \n").isEmpty)
        #expect(Prose.blocks(of: "").isEmpty)
    }

    @Test func `a summary ends between words and counts letters, not bytes`() {
        #expect(Prose.summary(of: "unu  doi\n\ntrei", lengthMax: 7) == "unu doi…")
        #expect(Prose.summary(of: "țară și șah", lengthMax: 11) == "țară și șah")
        #expect(Prose.summary(of: "   ", lengthMax: 5) == "")
    }
}
