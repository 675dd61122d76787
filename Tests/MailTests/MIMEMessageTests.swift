import Domain
import Foundation
import HTML
import Testing

@testable import Mail

@Suite("A mail in the format of the internet")
struct MIMEMessageTests {
    static func mail(
        subject: String = "You won 500 EUR", paragraphs: [String] = ["Hello"],
        unsubscribe: Letter.Link? = nil
    ) throws -> OutgoingMail {
        OutgoingMail(
            id: OutboxID(17),
            from: Sender(name: "Vouch", address: try EmailAddress("vouch@example.com")),
            recipients: [try EmailAddress("ana@example.com")],
            letter: Letter(
                language: .romanian, subject: subject, paragraphs: paragraphs,
                footnote: "Why you get this.", unsubscribe: unsubscribe),
            date: Instant(microseconds: 1_795_348_800_000_000))
    }

    static func text(_ mail: OutgoingMail) -> String {
        String(decoding: MIMEMessage(mail).bytes, as: UTF8.self)
    }

    @Test("it has the fields that mail servers and readers look for")
    func head() throws {
        let head = Self.text(try Self.mail()).split(separator: "\r\n\r\n")[0]
            .split(separator: "\r\n").map(String.init)
        #expect(head.contains("Date: Sun, 22 Nov 2026 12:00:00 +0000"))
        #expect(head.contains("From: Vouch <vouch@example.com>"))
        #expect(head.contains("To: <ana@example.com>"))
        #expect(head.contains("Subject: You won 500 EUR"))
        #expect(head.contains("Message-ID: <outbox-17.vouch@example.com>"))
        #expect(head.contains("Content-Language: ro"))
        #expect(head.contains("Auto-Submitted: auto-generated"))
        #expect(!head.contains { $0.hasPrefix("List-Unsubscribe") })
    }

    @Test("one click ends mails that may be ended (RFC 8058)")
    func unsubscribe() throws {
        let link = Letter.Link(
            label: "No more", url: try #require(URLReference(web: "https://vouch.example/u/1")))
        let text = Self.text(try Self.mail(unsubscribe: link))
        #expect(text.contains("\r\nList-Unsubscribe: <https://vouch.example/u/1>\r\n"))
        #expect(text.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"))
    }

    @Test(
        "a text cannot add a field or end the head",
        arguments: ["a\r\nBcc: x@example.com", "a\nBcc: x", "a\r\n\r\nbody", "a\u{0}b", "a\u{7f}"])
    func injection(subject: String) throws {
        let head = Self.text(try Self.mail(subject: subject)).components(separatedBy: "\r\n\r\n")[0]
        #expect(!head.contains("\r\nBcc"))
        #expect(head.contains("\r\nMIME-Version: 1.0\r\n"))
    }

    @Test("a subject beyond ASCII is made of encoded words of whole characters (RFC 2047)")
    func encodedWords() throws {
        let subject = "Ai câștigat 500 EUR: Ștefăniță Țânțăreanu lucrează la Construcții 🏗"
        let text = Self.text(try Self.mail(subject: subject))
        let field = try #require(
            text.replacing("\r\n ", with: " ").components(separatedBy: "\r\n")
                .first { $0.hasPrefix("Subject: ") })
        var decoded = ""
        for word in field.dropFirst("Subject: ".count).split(separator: " ") {
            #expect(word.count <= 75)
            let content = word.dropFirst("=?utf-8?Q?".count).dropLast(2)
            var bytes: [UInt8] = []
            var rest = Array(content.utf8)[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "=") {
                    let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                    rest = rest.dropFirst(2)
                    bytes.append(try #require(UInt8(digits, radix: 16)))
                } else {
                    bytes.append(byte == UInt8(ascii: "_") ? 32 : byte)
                }
            }
            decoded += try #require(String(validating: bytes, as: UTF8.self))
        }
        #expect(decoded == subject)
    }

    @Test("lines are of 76 bytes at most, and come back as they were")
    func quotedPrintable() {
        let texts = [
            String(repeating: "ă", count: 100), String(repeating: "x", count: 76),
            String(repeating: "x", count: 77), "ends in a space \nnext", "a=b", ".\n..\n", "",
            String(repeating: "word ", count: 40) + "\n\n-- \nend", "\ttab",
        ]
        for text in texts {
            let encoded = QuotedPrintable.encoded(Array(text.utf8))
            #expect(encoded.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 })
            #expect(!encoded.contains(" \r\n"))
            #expect(Self.decoded(encoded) == text)
        }
    }

    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 13 { continue }
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            let next = Array(rest.prefix(2))
            rest = rest.dropFirst(2)
            if next == [13, 10] { continue }
            bytes.append(UInt8(String(decoding: next, as: UTF8.self), radix: 16) ?? 63)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("what people wrote cannot be taken for a part of the message, nor for markup")
    func parts() throws {
        let mail = try Self.mail(paragraphs: ["--=_vouch-17--\n<script>alert(1)</script>"])
        let text = Self.text(mail)
        #expect(text.components(separatedBy: "\r\n--=_vouch-17").count == 4)
        #expect(text.components(separatedBy: "\r\n--=_vouch-17--\r\n").count == 2)
        #expect(!text.contains("<script>alert(1)</script>\r\n</p>"))
        let html = String(decoding: MIMEMessage(mail).html, as: UTF8.self)
        #expect(html.contains("&lt;script>") || html.contains("&lt;script&gt;"))
    }

    @Test("waits grow to four hours, and give up after four to five days")
    func backoff() {
        #expect(Backoff.seconds(after: 1, random: 1) == 30)
        #expect(Backoff.seconds(after: 1, random: 0) == 15)
        #expect(Backoff.seconds(after: 4, random: 1) == 240)
        #expect(Backoff.seconds(after: 1_000, random: 1) == 14_400)
        let total = (1..<Backoff.attemptsMax).reduce(0) {
            $0 + Backoff.seconds(after: $1, random: 1)
        }
        #expect((4 * 86_400 - 43_200...5 * 86_400).contains(total))
    }

    @Test(
        "who is at fault follows from the command that was refused",
        arguments: [
            (["MAIL FROM:<a@b.c>"], "451 4.3.0 later", "deferred"),
            (["MAIL FROM:<a@b.c>"], "550 no such sender", "unavailable"),
            (["AUTH PLAIN"], "535 5.7.8 wrong", "unavailable"),
            (["MAIL FROM:<a@b.c>", "RCPT TO:<x@y.z>"], "550 5.1.1 unknown", "address"),
            (["MAIL FROM:<a@b.c>", "RCPT TO:<x@y.z>"], "550 unknown", "address"),
            (["MAIL FROM:<a@b.c>", "RCPT TO:<x@y.z>"], "552 5.2.2 full", "address"),
            (["MAIL FROM:<a@b.c>", "RCPT TO:<x@y.z>"], "550 5.7.1 blocked", "message"),
            (["MAIL FROM:<a@b.c>", "RCPT TO:<x@y.z>"], "450 4.2.1 busy", "deferred"),
            (["RCPT TO:<x@y.z>", "DATA"], "554 5.6.0 spam", "message"),
            (["RCPT TO:<x@y.z>", "DATA"], "452 4.3.1 no space", "deferred"),
            (["RCPT TO:<x@y.z>", "DATA"], "", "deferred"),
            ([], "", "unavailable"),
        ] as [([String], String, String)])
    func transcript(lines: [String], reply: String, expected: String) {
        var transcript = SMTPTranscript()
        for line in lines { transcript.sent(line + "\r\n") }
        if !reply.isEmpty { transcript.received(reply + "\r\n") }
        let kind =
            switch transcript.outcome("libcurl's words") {
            case .accepted: "accepted"
            case .deferred: "deferred"
            case .refusedAddress(let address, _): address.text == "x@y.z" ? "address" : "wrong"
            case .refusedMessage: "message"
            case .unavailable: "unavailable"
            }
        #expect(kind == expected)
    }

    @Test("an address of a mail server is taken or refused as a whole")
    func server() throws {
        let plain = try #require(
            SMTPServer("smtp://mail.example.com:587", heloName: "vouch.example"))
        #expect(plain.url == "smtp://mail.example.com:587/vouch.example")
        #expect(plain.user == nil)
        let full = try #require(SMTPServer("smtps://u%40x:p%3Aw@[::1]:465/", heloName: "a b"))
        #expect(full.url == "smtps://[::1]:465/localhost")
        #expect(full.user == "u@x")
        #expect(full.password == "p:w")
        for wrong in [
            "", "http://mail.example.com", "smtp://", "smtp://user@host", "smtp://a b",
            "smtp://h/p",
            "smtp://:x@h", "smtp://h?x", "mail.example.com:25",
        ] {
            #expect(SMTPServer(wrong, heloName: "x") == nil, "\(wrong)")
        }
    }
}
