import Domain
import HTML

/// What a mail says to a person, before it is a message of any format.
package struct Letter: Hashable, Sendable {
    /// Something to be opened in a browser.
    package struct Link: Hashable, Sendable {
        package let label: String
        /// Absolute.
        package let url: URLReference

        package init(label: String, url: URLReference) {
            self.label = label
            self.url = url
        }
    }

    package let language: Language
    package let subject: String
    package let paragraphs: [String]
    /// The one thing that the reader may want to do.
    package let action: Link?
    /// Why the reader gets this.
    package let footnote: String
    /// Where one click ends mails of this kind (RFC 8058); nil for those about an account or money.
    package let unsubscribe: Link?

    package init(
        language: Language, subject: String, paragraphs: [String], action: Link? = nil,
        footnote: String, unsubscribe: Link? = nil
    ) {
        self.language = language
        self.subject = subject
        self.paragraphs = paragraphs
        self.action = action
        self.footnote = footnote
        self.unsubscribe = unsubscribe
    }
}

/// A letter with everything that delivering it needs.
package struct OutgoingMail: Hashable, Sendable {
    package let id: OutboxID
    package let from: Sender
    /// One or more; colleagues see each other.
    package let recipients: [EmailAddress]
    package let letter: Letter
    /// When what it tells about happened: a repeat carries the same.
    package let date: Instant

    package init(
        id: OutboxID, from: Sender, recipients: [EmailAddress], letter: Letter, date: Instant
    ) {
        self.id = id
        self.from = from
        self.recipients = recipients
        self.letter = letter
        self.date = date
    }

    /// The same for every try, so that a repeat is recognised (RFC 5322 3.6.4).
    package var messageID: String { "<outbox-\(id).vouch@\(from.domain)>" }
}

/// Whom mails come from.
package struct Sender: Hashable, Sendable {
    package let name: String
    package let address: EmailAddress

    package init(name: String, address: EmailAddress) {
        self.name = name
        self.address = address
    }

    var domain: Substring {
        let text = address.text
        return text.lastIndex(of: "@").map { text[text.index(after: $0)...] } ?? text[...]
    }
}
