import Domain
import HTML

/// Everybody an affiliate brought, with the stage they reached and the reason when it ended.
package struct AffiliateIntroductionsPage: Page {
    let introductions: [Row]
    let unconfirmed: [Unconfirmed]
    let isFirst: Bool
    let nextCursor: String?

    /// One introduction of the list.
    package struct Row: Sendable {
        package let candidate: PersonName
        package let job: JobReference
        package let stage: Stage
        package let changedAt: Instant
        package let channel: ChannelName?
        /// The whole commission under the terms bound to the introduction.
        package let promised: Money
        package let rejection: RejectionReason?
        /// What the company wrote with the last step.
        package let note: Note

        package init(
            candidate: PersonName, job: JobReference, stage: Stage, changedAt: Instant,
            channel: ChannelName?, promised: Money, rejection: RejectionReason?, note: Note
        ) {
            self.candidate = candidate
            self.job = job
            self.stage = stage
            self.changedAt = changedAt
            self.channel = channel
            self.promised = promised
            self.rejection = rejection
            self.note = note
        }
    }

    /// A recommendation that the person has not agreed to.
    package struct Unconfirmed: Sendable {
        /// A dash once the person is erased.
        package let name: PersonName
        package let job: JobReference
        package let stage: Stage
        package let rejection: RejectionReason?
        package let at: Instant

        package init(
            name: PersonName, job: JobReference, stage: Stage, rejection: RejectionReason?,
            at: Instant
        ) {
            self.name = name
            self.job = job
            self.stage = stage
            self.rejection = rejection
            self.at = at
        }
    }

    package init(
        introductions: [Row], unconfirmed: [Unconfirmed] = [], isFirst: Bool = true,
        nextCursor: String?
    ) {
        self.introductions = introductions
        self.unconfirmed = unconfirmed
        self.isFirst = isFirst
        self.nextCursor = nextCursor
    }

    package var section: Section { .affiliateIntroductions }

    package func title(_ texts: Texts) -> String { texts.affiliate.introductionsTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.affiliate.introductionsTitle, lead: texts.affiliate.introductionsLead)
        if introductions.isEmpty {
            html.emptyState(
                texts.affiliate.noIntroductions, texts.affiliate.noIntroductionsHint,
                action: (texts.common.myLinks, Links.affiliateLinks), context)
        } else {
            table(&html, context)
        }
        html.pagination(
            first: isFirst ? nil : Links.affiliateIntroductions,
            next: nextCursor.map { Links.affiliateIntroductions(after: $0) }, texts)
        if !unconfirmed.isEmpty { unconfirmedTable(&html, context) }
    }

    private func unconfirmedTable(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.h2, text: texts.recommendation.waitingTitle)
        html(.p, text: texts.recommendation.waitingLead)
        let table = Table(
            caption: texts.recommendation.waitingTitle,
            columns: [
                Table.Column(name: texts.affiliate.person),
                Table.Column(name: texts.affiliate.job),
                Table.Column(name: texts.affiliate.stage),
                Table.Column(name: texts.recommendation.recommendedOn),
            ])
        html.table(table, rows: unconfirmed) { entry, row, html in
            row.header(&html) { html in html.text(entry.name.text) }
            row.cell(&html) { html in
                html.text(entry.job.title.text)
                html(.span, .class("sub"), text: entry.job.company.text)
            }
            row.cell(&html) { html in
                html.badge(entry.stage, texts)
                if let rejection = entry.rejection {
                    html(.span, .class("sub"), text: texts.value.rejection(rejection))
                }
            }
            row.cell(&html) { html in html.date(ZonedTime(entry.at).date, texts) }
        }
    }

    private func table(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.affiliate.introductionsTitle,
            columns: [
                Table.Column(name: texts.affiliate.person),
                Table.Column(name: texts.affiliate.job),
                Table.Column(name: texts.affiliate.stage),
                Table.Column(name: texts.affiliate.changed),
                Table.Column(name: texts.affiliate.channel),
                Table.Column(name: texts.affiliate.promised, isNumeric: true),
            ])
        html.table(table, rows: introductions) { introduction, row, html in
            row.header(&html) { html in html.text(introduction.candidate.text) }
            row.cell(&html) { html in
                html.text(introduction.job.title.text)
                html(.span, .class("sub"), text: introduction.job.company.text)
            }
            row.cell(&html) { html in
                html.badge(introduction.stage, texts)
                if let rejection = introduction.rejection {
                    html(.span, .class("sub"), text: texts.value.rejection(rejection))
                }
                if !introduction.note.text.isEmpty {
                    html(.span, .class("sub note"), text: introduction.note.text)
                }
            }
            row.cell(&html) { html in html.date(ZonedTime(introduction.changedAt).date, texts) }
            row.cell(
                &html, text: introduction.channel.map { $0.text.isEmpty ? "–" : $0.text } ?? "–")
            row.cell(&html) { html in html.money(introduction.promised, texts) }
        }
    }
}
