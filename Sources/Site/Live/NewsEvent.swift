import Domain
import HTML
import Store

/// A message with what it shows, ready to be written in any language.
struct NewsEvent: Sendable {
    let id: OutboxID
    let affiliate: AffiliateID
    private let content: Content

    private enum Content: Sendable {
        case commissions([CommissionCard])
        case payout(News.Payout)
    }

    /// Looks up what the message tells about; nil where nothing of it is the affiliate's.
    init?(_ item: News.Item, _ commissions: Commissions, today: CalendarDate) async throws {
        id = item.id
        affiliate = item.affiliate
        switch item.subject {
        case .hire(let hire):
            let found = try await commissions.list(of: hire, for: item.affiliate, today: today)
            guard !found.isEmpty else { return nil }
            content = .commissions(
                found.map { CommissionCard(id: $0.id, explanation: $0.explanation) })
        case .commission(let commission):
            do {
                let found = try await commissions.find(
                    commission, of: item.affiliate, today: today)
                content = .commissions(
                    [CommissionCard(id: found.id, explanation: found.explanation)])
            } catch DomainError.notFound {
                return nil
            }
        case .payout(let payout): content = .payout(payout)
        case nil: return nil
        }
    }

    /// What is sent: the cards that the next page will show.
    func data(_ context: PageContext) -> [UInt8] {
        var html = HTMLPrinter(capacity: 1_024)
        switch content {
        case .commissions(let cards): for card in cards { html.commissionCard(card, context) }
        case .payout(let payout): html.payoutCard(payout, context)
        }
        return html.bytes
    }
}

extension HTMLPrinter {
    /// What became of a payout, and why.
    fileprivate mutating func payoutCard(_ payout: News.Payout, _ context: PageContext) {
        let texts = context.texts
        self(.li, .class("win"), .id("payout-\(payout.id)")) { html in
            html(.h3) { html in
                html(
                    .a, .href(Links.affiliatePayouts),
                    text: texts.affiliate.payout(texts.value.money(payout.amount)))
            }
            html(.p) { html in
                html.badge(texts.money.state(payout.state), AdminBatchPage.tone(payout.state))
            }
            if let failure = payout.failure {
                html(.p, .class("next"), text: texts.money.failure(failure))
            }
            if !payout.note.text.isEmpty { html.prose(payout.note.text) }
        }
    }
}
