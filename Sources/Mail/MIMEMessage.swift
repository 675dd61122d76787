import Domain
import HTML

/// A mail in the format of the internet: RFC 5322, with a text and an HTML part (RFC 2046 5.1.4),
/// both quoted-printable, so that it passes any server.
package struct MIMEMessage {
    /// The whole message, each line ended by CR LF.
    package let bytes: [UInt8]
    /// The part for readers without HTML.
    package let text: String
    /// The part for the others.
    package let html: [UInt8]

    package init(_ mail: OutgoingMail) {
        text = Self.text(of: mail.letter)
        html = Self.html(of: mail.letter)
        // "=_" never occurs in quoted-printable text (RFC 2045 6.7), so no text can hold it.
        let boundary = "=_vouch-\(mail.id)"
        var message = Self.head(of: mail)
        message += "MIME-Version: 1.0\r\n"
        message += "Content-Type: multipart/alternative; boundary=\"\(boundary)\"\r\n\r\n"
        for (type, part) in [("plain", Array(text.utf8)), ("html", html)] {
            message += "--\(boundary)\r\n"
            message += "Content-Type: text/\(type); charset=utf-8\r\n"
            message += "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            message += QuotedPrintable.encoded(part)
            message += "\r\n"
        }
        message += "--\(boundary)--\r\n"
        bytes = Array(message.utf8)
    }

    private static func head(of mail: OutgoingMail) -> String {
        let letter = mail.letter
        var head = ""
        func add(_ name: String, _ value: String) { head += "\(name): \(value)\r\n" }
        add("Date", MailDate.text(mail.date))
        add("From", "\(EncodedWord.phrase(mail.from.name)) <\(mail.from.address.text)>")
        add("To", mail.recipients.map { "<\($0.text)>" }.joined(separator: ",\r\n "))
        add("Subject", EncodedWord.unstructured(letter.subject))
        add("Message-ID", mail.messageID)
        add("Content-Language", letter.language.rawValue)
        // RFC 3834 5: nobody's holiday answers to this.
        add("Auto-Submitted", "auto-generated")
        if let unsubscribe = letter.unsubscribe {
            // RFC 8058 3.1.
            add("List-Unsubscribe", "<\(unsubscribe.url.encoded)>")
            add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
        }
        return head
    }

    private static func text(of letter: Letter) -> String {
        var blocks = letter.paragraphs
        if let action = letter.action { blocks.append("\(action.label):\n\(action.url.encoded)") }
        blocks.append("-- \n\(letter.footnote)")
        if let unsubscribe = letter.unsubscribe {
            blocks.append("\(unsubscribe.label):\n\(unsubscribe.url.encoded)")
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func html(of letter: Letter) -> [UInt8] {
        var printer = HTMLPrinter(capacity: 4_096)
        printer.document(language: letter.language.rawValue) { html in
            html(.head) { html in
                html(.meta, .charset("utf-8"))
                html(.title, text: letter.subject)
            }
            html(.body) { html in
                for paragraph in letter.paragraphs {
                    html(.p) { html in
                        for (number, line) in paragraph.split(
                            separator: "\n", omittingEmptySubsequences: false
                        ).enumerated() {
                            if number > 0 { html(.br) }
                            html.text(line)
                        }
                    }
                }
                if let action = letter.action {
                    html(.p) { html in
                        html(.strong) { html in html.link(action) }
                    }
                }
                html(.hr)
                html(.p) { html in html(.small, text: letter.footnote) }
                if let unsubscribe = letter.unsubscribe {
                    html(.p) { html in html(.small) { html in html.link(unsubscribe) } }
                }
            }
        }
        return printer.bytes
    }
}

extension HTMLPrinter {
    fileprivate mutating func link(_ link: Letter.Link) {
        self(.a, .href(link.url), text: link.label)
    }
}
