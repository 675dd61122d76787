import Domain
import HTML

/// What somebody sees whose application was kept because the database could not take it.
package struct KeptApplicationPage: Page {
    let receipt: ReceiptCode

    package init(receipt: ReceiptCode) { self.receipt = receipt }

    package func title(_ texts: Texts) -> String { texts.spool.keptTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.spool
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.keptTitle, lead: texts.keptLead)
            html(.section, .class("card")) { html in
                html(.p, text: texts.keepAddress)
                html.copyLine(
                    Links.keptReceipt(receipt).absolute(origin: context.origin).encoded,
                    label: texts.address, context)
            }
            html(.p, .class("actions")) { html in
                html(.a, .class("button"), .href(Links.keptReceipt(receipt)), text: texts.look)
                html(
                    .a, .class("button quiet"), .href(Links.jobs),
                    text: context.texts.common.jobs)
            }
        }
    }
}

/// What became of an application that was kept.
package struct KeptReceiptPage: Page {
    let receipt: ReceiptCode
    let state: State

    /// Where it stands.
    package enum State: Hashable, Sendable {
        case waits(since: Instant)
        /// In the database, as the application with this receipt; the moment where it is known here.
        case arrived(ReceiptCode, at: Instant?)
        /// An admin decides about it.
        case setAside(SpoolReason)
        case notTaken(SpoolReason)
        /// Another instance may have it.
        case unknown
    }

    package init(receipt: ReceiptCode, state: State) {
        self.receipt = receipt
        self.state = state
    }

    package func title(_ texts: Texts) -> String { texts.spool.receiptTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.spool
        html(.div, .class("narrow-page")) { html in
            html.heading(texts.receiptTitle, lead: lead(texts))
            facts(&html, context)
            if case .arrived(let application, _) = state {
                html(.p, .class("actions")) { html in
                    html(
                        .a, .class("button"), .href(Links.receipt(application)),
                        text: texts.toApplication)
                }
            } else {
                html(.section, .class("card")) { html in
                    html(.p, text: texts.keepAddress)
                    html.copyLine(
                        Links.keptReceipt(receipt).absolute(origin: context.origin).encoded,
                        label: texts.address, context)
                }
                html(.p, .class("actions")) { html in
                    html(
                        .a, .class("button"), .href(Links.keptReceipt(receipt)),
                        text: texts.again)
                    html(
                        .a, .class("button quiet"), .href(Links.jobs),
                        text: context.texts.common.jobs)
                }
            }
        }
    }

    private func facts(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        switch state {
        case .waits(let since):
            html(.dl, .class("facts card")) { html in
                html.fact(texts.spool.keptAt) { html in html.moment(since, texts) }
            }
        case .arrived(_, let moment?):
            html(.dl, .class("facts card")) { html in
                html.fact(texts.spool.arrivedAt) { html in html.moment(moment, texts) }
            }
        case .setAside(let reason), .notTaken(let reason):
            html(.dl, .class("facts card")) { html in
                html.fact(texts.spool.why, text: texts.spool.reason(reason))
            }
        case .arrived(_, nil), .unknown: break
        }
    }

    private func lead(_ texts: SpoolTexts) -> String {
        switch state {
        case .waits: texts.waits
        case .arrived: texts.arrived
        case .setAside: texts.lookedAt
        case .notTaken: texts.notTaken
        case .unknown: texts.unknown
        }
    }
}
