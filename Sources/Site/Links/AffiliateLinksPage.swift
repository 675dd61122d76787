import Domain
import HTML

/// All links of an affiliate, with what came of them.
package struct AffiliateLinksPage: Page {
    let links: [Row]
    let isFirst: Bool
    let nextCursor: String?
    let leftOut: Set<LeftOut>

    /// One link of the list.
    package struct Row: Sendable {
        package let code: LinkCode
        package let channel: ChannelName
        package let job: JobReference
        package let visibility: JobVisibility
        package let clicks: Int
        package let introductions: Int

        package init(
            code: LinkCode, channel: ChannelName, job: JobReference, visibility: JobVisibility,
            clicks: Int, introductions: Int
        ) {
            self.code = code
            self.channel = channel
            self.job = job
            self.visibility = visibility
            self.clicks = clicks
            self.introductions = introductions
        }
    }

    /// - Parameter leftOut: what the list does without at the moment.
    package init(
        links: [Row], isFirst: Bool = true, nextCursor: String?, leftOut: Set<LeftOut> = []
    ) {
        self.links = links
        self.isFirst = isFirst
        self.nextCursor = nextCursor
        self.leftOut = leftOut
    }

    package var section: Section { .affiliateLinks }

    package func title(_ texts: Texts) -> String { texts.affiliate.linksTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.affiliate.linksTitle, lead: texts.affiliate.linksLead) { html in
            html(.a, .class("button"), .href(Links.affiliateJobs), text: texts.common.findJobs)
        }
        if links.isEmpty {
            html.emptyState(
                texts.affiliate.noLinks, texts.affiliate.noLinksHint,
                action: (texts.common.findJobs, Links.affiliateJobs), context)
        } else {
            html.leftOut(.clicks, of: leftOut, context)
            table(&html, context)
        }
        html.pagination(
            first: isFirst ? nil : Links.affiliateLinks,
            next: nextCursor.map { Links.affiliateLinks(after: $0) }, texts)
    }

    private func table(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.affiliate.linksTitle,
            columns: [
                Table.Column(name: texts.affiliate.job),
                Table.Column(name: texts.affiliate.channel),
                Table.Column(name: texts.affiliate.clicks, isNumeric: true),
                Table.Column(name: texts.affiliate.introductions, isNumeric: true),
                Table.Column(name: texts.affiliate.link),
            ])
        html.table(table, rows: links) { link, row, html in
            row.header(&html) { html in
                html(.a, .href(Links.takeLink(link.job.slug)), text: link.job.title.text)
                html(.span, .class("sub"), text: link.job.company.text)
                if !link.visibility.isOpen { html.badge(link.visibility, texts) }
            }
            row.cell(
                &html,
                text: link.channel.text.isEmpty ? texts.affiliate.noChannel : link.channel.text)
            row.cell(&html, text: texts.value.number(link.clicks))
            row.cell(&html, text: texts.value.number(link.introductions))
            row.cell(&html) { html in html.shareLine(link.code, context) }
        }
    }
}
