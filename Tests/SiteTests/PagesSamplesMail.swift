import Domain
import Store

@testable import Site

extension PagesSamples {
    /// Ending mails, the mailbox of the demo, and how delivery goes.
    var mailPages: [Sample] {
        [
            Sample(
                name: "unsubscribe", page: UnsubscribePage(code: .sample, isDone: false)),
            Sample(name: "unsubscribed", page: UnsubscribePage(code: .sample, isDone: true)),
            Sample(name: "mailbox", page: MailboxPage(mails: [demoMail.entry])),
            Sample(name: "mailbox-empty", page: MailboxPage(mails: [])),
            Sample(name: "mail", page: DemoMailPage(mail: demoMail)),
            Sample(
                name: "mail-delivery",
                page: MailDeliveryPage(
                    state: MailDelivery.State(
                        waiting: 2, oldestWaiting: Self.now, failed: 1, median: 41, slowest: 870),
                    deadLetters: [
                        MailDelivery.DeadLetter(
                            id: OutboxID(3), topic: wrap("commission.won"), recipient: "affiliate",
                            error: wrap("550 5.1.1 no such mailbox"), attempts: 1,
                            failedAt: Self.now)
                    ],
                    suppressed: [
                        MailDelivery.Suppressed(
                            address: EmailAddress(stored: wrap("ana@example.com")),
                            reason: wrap("550 5.1.1 no such mailbox"), since: Self.now)
                    ]), role: .admin),
            Sample(
                name: "mail-delivery-empty",
                page: MailDeliveryPage(
                    state: MailDelivery.State(
                        waiting: 0, oldestWaiting: nil, failed: 0, median: nil, slowest: nil),
                    deadLetters: [], suppressed: []), role: .admin),
        ]
    }

    private var demoMail: DemoMails.Mail {
        DemoMails.Mail(
            id: DemoMailID(4), recipients: wrap("ana@example.com"), subject: wrap("You won"),
            at: Self.now, text: wrap("Hello") + "\n\nhttps://vouch.example/affiliate\n",
            html: "<p>", message: wrap("Subject: You won"))
    }
}
