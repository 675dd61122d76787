import Domain
import Foundation
import HTML
import Store

/// The mails that a demo would have sent, newest first.
package struct MailboxPage: Page {
    let mails: [DemoMails.Entry]

    package init(mails: [DemoMails.Entry]) { self.mails = mails }

    package func title(_ texts: Texts) -> String { texts.mailbox.mailbox }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.mailbox.mailbox, lead: texts.mailbox.mailboxLead)
        if mails.isEmpty {
            html.emptyState(texts.mailbox.noMails, texts.mailbox.noMailsHint, context)
            return
        }
        let table = Table(
            caption: texts.mailbox.mailbox,
            columns: [
                Table.Column(name: texts.mailbox.subject), Table.Column(name: texts.mailbox.to),
                Table.Column(name: texts.mailbox.at),
            ])
        html.table(table, rows: mails) { mail, row, html in
            row.header(&html) { html in
                html(.a, .href(MailRoute.mail(mail.id).link()), text: mail.subject)
            }
            row.cell(&html, text: mail.recipients)
            row.cell(&html) { html in html.moment(mail.at, texts) }
        }
    }
}

/// One of them.
package struct DemoMailPage: Page {
    let mail: DemoMails.Mail

    package init(mail: DemoMails.Mail) { self.mail = mail }

    package func title(_ texts: Texts) -> String { texts.mailbox.mail }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.mailbox
        html.heading(mail.entry.subject, lead: mail.entry.recipients)
        html(.p) { html in html.moment(mail.entry.at, context.texts) }
        html(.section, .class("card")) { html in
            for paragraph in mail.text.components(separatedBy: "\n\n") {
                html(.p) { html in html.lines(paragraph) }
            }
        }
        html(.p) { html in
            html(.a, .href(MailRoute.mailHTML(mail.entry.id).link()), text: texts.asHTML)
        }
        html(.details) { html in
            html(.summary, text: texts.source)
            html(.pre) { html in html(.code, text: mail.message) }
        }
        html(.p) { html in html(.a, .href(MailRoute.mailbox.link()), text: texts.allMails) }
    }
}

extension HTMLPrinter {
    /// Lines of text in which what is an address on the web is a link.
    fileprivate mutating func lines(_ text: String) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if number > 0 { self(.br) }
            if let url = URLReference(web: String(line)), !line.contains(" ") {
                self(.a, .href(url), text: String(line))
            } else {
                self.text(line)
            }
        }
    }
}
