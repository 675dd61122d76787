import Domain
import HTML

/// The state of this instance in plain words.
package struct StatusPage: Page {
    let facts: StatusFacts
    let at: Instant

    /// - Parameter at: when the facts were looked at.
    package init(facts: StatusFacts, at: Instant) {
        self.facts = facts
        self.at = at
    }

    package func title(_ texts: Texts) -> String { texts.status.title }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.status
        html.heading(texts.sentence(facts.summary), lead: texts.lead(facts.summary))
        html(.section, .class("card")) { html in
            html(.dl, .class("facts")) { html in
                html.fact(texts.site, text: texts.site(facts))
                html.fact(texts.database, text: texts.database(facts.isDatabaseReachable))
                html.fact(texts.mail, text: texts.mail(facts.mailDelayMinutes))
                if facts.keptCount > 0 || !facts.isKeeping {
                    html.fact(texts.kept, text: texts.kept(facts, context.texts.spool))
                }
                html.fact(texts.lookedAt) { html in html.moment(at, context.texts) }
            }
        }
    }
}
