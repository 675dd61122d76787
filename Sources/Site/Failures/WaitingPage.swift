import Domain
import HTML

/// What a person sees who cannot be served now. It is made before anybody is refused, so it says
/// nothing of the request and shows nobody's navigation.
package struct WaitingPage: Page {
    let subject: Subject

    /// What somebody wanted who cannot be served now.
    package enum Subject: Hashable, Sendable, CaseIterable {
        case page
        /// To send a form, of which nothing was taken.
        case form
        /// To send one about money, which is never kept for later.
        case money
        /// To send a form of which nobody knows whether it was taken.
        case unknownOutcome
    }

    package init(_ subject: Subject = .page) { self.subject = subject }

    package func title(_ texts: Texts) -> String { texts.error.title(503) }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.error
        html(.div, .class("narrow-page error-page")) { html in
            html(.h1, text: texts.title(503))
            html(.p, .class("lead"), text: texts.waiting(subject))
            html(.p, .class("actions")) { html in
                // Where a form goes to there need not be a page.
                if subject == .page {
                    html(.a, .class("button"), .href(.here), text: texts.tryAgain)
                }
                html(.a, .class("button quiet"), .href(Links.home), text: texts.toHome)
            }
        }
    }

    /// The document without header and footer: these lead to more that cannot be served now.
    package func bytes(in context: PageContext) -> [UInt8] {
        var html = HTMLPrinter(capacity: 4_096)
        html.document(language: context.texts.language.rawValue) { html in
            html.head(of: self, context)
            html(.body) { html in
                html(.header, .class("site-header")) { html in
                    html(.div, .class("wrap")) { html in
                        html(.a, .class("brand"), .href(Links.home)) { html in
                            html.icon("mark", context)
                            html.text("Vouch")
                        }
                    }
                }
                html(.main, .id("main"), .class("wrap")) { html in body(&html, context) }
            }
        }
        return html.bytes
    }
}
