import Domain
import HTML
import Store

/// A message with what it shows, ready to be written in any language.
struct NewsEvent: Sendable {
    let id: OutboxID
    let reader: News.Reader
    private let content: Content

    private enum Content: Sendable {
        case commissions([CommissionCard])
        case payout(News.Payout)
        case candidate(News.Candidate)
        case invoice(Invoices.Invoice, InvoiceStanding)
    }

    /// Looks up what the message tells about; nil where nothing of it is the reader's.
    init?(_ item: News.Item, _ store: Store, today: CalendarDate) async throws {
        id = item.id
        reader = item.reader
        guard let subject = item.subject else { return nil }
        let found: Content?
        switch item.reader {
        case .affiliate(let affiliate):
            found = try await Self.find(subject, of: affiliate, store, today: today)
        case .company(let company):
            found = try await Self.find(subject, of: company, store, today: today)
        }
        guard let found else { return nil }
        content = found
    }

    private static func find(
        _ subject: News.Subject, of affiliate: AffiliateID, _ store: Store, today: CalendarDate
    ) async throws -> Content? {
        switch subject {
        case .hire(let hire):
            let found = try await store.commissions.list(of: hire, for: affiliate, today: today)
            return found.isEmpty
                ? nil
                : .commissions(
                    found.map { CommissionCard(id: $0.id, explanation: $0.explanation) })
        case .commission(let commission):
            do {
                let found = try await store.commissions.find(
                    commission, of: affiliate, today: today)
                return .commissions(
                    [CommissionCard(id: found.id, explanation: found.explanation)])
            } catch DomainError.notFound {
                return nil
            }
        case .payout(let payout): return .payout(payout)
        case .introduction, .invoice: return nil
        }
    }

    private static func find(
        _ subject: News.Subject, of company: CompanyID, _ store: Store, today: CalendarDate
    ) async throws -> Content? {
        switch subject {
        case .invoice(let number):
            do {
                let found = try await store.invoices.find(number, of: company).invoice
                return .invoice(found, found.standing(on: today))
            } catch DomainError.notFound {
                return nil
            }
        case .introduction, .hire:
            return try await store.news.candidate(subject, of: company).map(Content.candidate)
        case .commission, .payout: return nil
        }
    }

    /// What is sent: for a page the cards that the next one will show, for a program an object.
    func data(_ form: NewsForm, _ context: PageContext) -> [UInt8] {
        form == .program ? json(today: context.today) : html(context)
    }

    private func html(_ context: PageContext) -> [UInt8] {
        var html = HTMLPrinter(capacity: 1_024)
        switch content {
        case .commissions(let cards): for card in cards { html.commissionCard(card, context) }
        case .payout(let payout): html.payoutCard(payout, context)
        case .candidate(let candidate): html.candidateCard(candidate, context)
        case .invoice(let invoice, let standing): html.invoiceCard(invoice, standing, context)
        }
        return html.bytes
    }

    private func json(today: CalendarDate) -> [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            switch content {
            case .commissions(let cards):
                json.member("kind", "commission")
                json.member(
                    "commissions",
                    cards.map { CommissionResource(id: $0.id, explanation: $0.explanation) })
            case .payout(let payout):
                json.member("kind", "payout")
                json.member("payout_id", payout.id)
                json.member("amount", payout.amount)
                json.member("state", payout.state.rawValue)
                json.member("failure", payout.failure?.rawValue)
                json.member("note", payout.note.text)
            case .candidate(let candidate):
                json.member("kind", "candidate")
                json.member("introduction_id", candidate.introduction)
                json.member("candidate_name", candidate.name.text)
                json.member("job_title", candidate.job.text)
                json.member("stage", candidate.stage.rawValue)
                json.member("affiliate_name", candidate.affiliate?.text)
                json.member("hire_state", candidate.hire?.rawValue)
            case .invoice(let invoice, _):
                json.member("kind", "invoice")
                json.member("invoice", InvoiceResource(invoice: invoice, today: today))
            }
        }
        return json.finish()
    }
}

extension HTMLPrinter {
    /// Where a candidate of the company has come to.
    fileprivate mutating func candidateCard(
        _ candidate: News.Candidate, _ context: PageContext
    ) {
        let texts = context.texts
        self(.li, .class("win"), .id("introduction-\(candidate.introduction)")) { html in
            html(.h3) { html in
                html(
                    .a, .href(Links.introduction(candidate.introduction)),
                    text: candidate.name.text)
            }
            html(.p) { html in
                html.badge(candidate.stage, texts)
                if let hire = candidate.hire { html.badge(hire, texts) }
            }
            html(.p, text: candidate.job.text)
            html(
                .p, .class("muted"),
                text: candidate.affiliate.map { texts.company.broughtBy($0.text) }
                    ?? texts.company.cameAlone)
        }
    }

    /// What is to be paid now.
    fileprivate mutating func invoiceCard(
        _ invoice: Invoices.Invoice, _ standing: InvoiceStanding, _ context: PageContext
    ) {
        let texts = context.texts
        let number = invoice.number.text
        self(.li, .class("win"), .id("invoice-\(number)")) { html in
            html(.h3) { html in
                html(
                    .a, .href(Links.companyInvoice(invoice.number)),
                    text: invoice.amount.isPositive
                        ? texts.invoice.invoice(number) : texts.invoice.creditNote(number))
            }
            html(.p) { html in
                html.badge(standing, texts)
                html.text(" ")
                html.money(invoice.total, texts)
            }
            html(.p, .class("muted")) { html in
                html.text(texts.invoice.dueOn + ": ")
                html.date(invoice.dueOn, texts)
            }
        }
    }

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
