import Domain
import HTML

/// What a person sees when a request was not answered as they meant it.
package struct ErrorPage: Page {
    let status: Int
    let error: DomainError?
    let requestID: String?

    /// - Parameters:
    ///   - error: what the rules answered, when it was they who refused.
    ///   - requestID: what to name when asking about a failure of ours.
    package init(status: Int, error: DomainError? = nil, requestID: String? = nil) {
        self.status = status
        self.error = error
        self.requestID = requestID
    }

    package func title(_ texts: Texts) -> String { texts.error.title(status) }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.error
        html(.div, .class("narrow-page error-page")) { html in
            html(.p, .class("error-code"), .ariaHidden, text: String(status))
            html(.h1, text: texts.title(status))
            html(.p, .class("lead"), text: error.map(texts.sentence) ?? texts.advice(status))
            if let requestID {
                html(.p, .class("muted")) { html in
                    html.text(texts.requestNumber + " ")
                    html(.code, text: requestID)
                }
            }
            html(.p, .class("actions")) { html in
                if status == 401 {
                    html(
                        .a, .class("button"), .href(Links.signIn),
                        text: context.texts.common.signIn)
                }
                if status == 503 || status == 500 {
                    html(
                        .a, .class("button"), .href(URLReference(target: context.target)),
                        text: texts.tryAgain)
                }
                html(.a, .class("button quiet"), .href(Links.jobs), text: context.texts.common.jobs)
                html(.a, .class("button quiet"), .href(Links.home), text: texts.toHome)
            }
        }
    }
}
