import Testing

@testable import HTTP

private func form(
    _ body: String, type: String = "multipart/form-data; boundary=B",
    limits: MultipartForm.Limits = MultipartForm.Limits()
) throws -> MultipartForm {
    guard let type = ContentType(type) else { throw FormError.contentType }
    return try MultipartForm(Array(body.utf8), type: type, limits: limits)
}

private func part(_ disposition: String, _ content: String, type: String? = nil) -> String {
    let typeLine = type.map { "Content-Type: \($0)\r\n" } ?? ""
    return "--B\r\nContent-Disposition: \(disposition)\r\n\(typeLine)\r\n\(content)\r\n"
}

@Suite struct MultipartFormTests {
    @Test func `texts and files are read`() throws {
        let form = try form(
            part("form-data; name=\"name\"", "Ana\r\nPop")
                + part(
                    "form-data; name=\"cv\"; filename=\"CV \u{219}.pdf\"", "%PDF\r\n--\r\n--b\r",
                    type: "Application/PDF; x=y")
                + "--B--\r\n")

        let file = try #require(form.file("cv"))
        #expect(form["name"] == "Ana\r\nPop")
        #expect(form["cv"] == nil)
        #expect(file.filename == "CV \u{219}.pdf")
        #expect(file.contentType == "application/pdf")
        #expect(String(decoding: form.bytes(of: file), as: UTF8.self) == "%PDF\r\n--\r\n--b\r")
    }

    @Test func `a control where no file was chosen has none`() throws {
        let empty = part(
            "form-data; name=\"cv\"; filename=\"\"", "", type: "application/octet-stream")

        #expect(try form(empty + "--B--").files.isEmpty)
    }

    @Test func `an empty text is a text`() throws {
        #expect(try form(part("form-data; name=a", "") + "--B--\r\n")["a"] == "")
    }

    @Test func `a form without parts is empty`() throws {
        #expect(try form("--B--\r\n").texts.fields.isEmpty)
    }

    @Test(arguments: [
        ("a.pdf", "a.pdf"), ("../../etc/passwd", "passwd"), ("C:\\Users\\ana\\cv.pdf", "cv.pdf"),
        ("a%22b%0D%0Ac%20.pdf", "a\"bc%20.pdf"), ("say \\\"hi\\\".pdf", "say \"hi\".pdf"),
        ("100%", "100%"), ("dir/", ""),
    ])
    func `a file's name is only its last component`(sent: String, filename: String) throws {
        let form = try form(part("form-data; name=\"f\"; filename=\"\(sent)\"", "x") + "--B--")

        #expect(form.file("f")?.filename == filename)
    }

    @Test func `a boundary may be quoted`() throws {
        let type = "multipart/form-data; charset=utf-8; boundary=\"a b:c\""

        let form = try form(
            "--a b:c\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--a b:c--", type: type)

        #expect(form["x"] == "1")
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=B",
        "multipart/form-data; boundary=B; boundary=C", "multipart/form-data; boundary=\"B \"",
        "multipart/form-data; boundary=\"" + String(repeating: "b", count: 71) + "\"",
    ])
    func `a type without one good boundary is refused`(type: String) {
        #expect(throws: FormError.contentType) { try form("--B--", type: type) }
    }

    @Test(arguments: [
        "", "--B", "--B-", "--B--x", "--B--\r\nx", "x--B--", "\r\n--B--", "--B\n\r\n--B--",
        "--C\r\n\r\n--C--", "--B\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=a",
        part("form-data; name=a", "1"), part("form-data", "1") + "--B--",
        part("attachment; name=a", "1") + "--B--", part("form-data; name=a; name=b", "1") + "--B--",
        part("form-data; name=\"a", "1") + "--B--", part("form-data name=a", "1") + "--B--",
        "--B\r\nContent-Disposition : form-data; name=a\r\n\r\n1\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\n--B--",
        "--B\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n"
            + "\r\nMQ==\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=a\r\n"
            + "Content-Disposition: form-data; name=b\r\n\r\n1\r\n--B--",
    ])
    func `a malformed structure is refused`(body: String) {
        #expect(throws: FormError.structure) { try form(body) }
    }

    @Test func `a text that is no text is refused`() {
        #expect(throws: FormError.text) { try form(part("form-data; name=a", "\0") + "--B--") }
    }

    @Test func `parts, heads, texts and files are bounded`() {
        var limits = MultipartForm.Limits()
        limits.partsMax = 2
        limits.partHeadBytesMax = 100
        limits.textBytesMax = 3
        limits.fileBytesMax = 4
        let text = part("form-data; name=a", "123")
        let file = part("form-data; name=f; filename=f", "1234")
        let long = "form-data; name=" + String(repeating: "a", count: 100)

        #expect(throws: Never.self) { try form(text + file + "--B--", limits: limits) }
        #expect(throws: FormError.tooManyFields) {
            try form(text + file + text + "--B--", limits: limits)
        }
        #expect(throws: FormError.tooLarge) {
            try form(part("form-data; name=a", "1234") + "--B--", limits: limits)
        }
        #expect(throws: FormError.tooLarge) {
            try form(part("form-data; name=f; filename=f", "12345") + "--B--", limits: limits)
        }
        #expect(throws: FormError.tooLarge) { try form(part(long, "1") + "--B--", limits: limits) }
    }
}
