import Domain
import HTML

/// The page that explains the JSON API and lists its routes.
package struct APIPage: Page {
    let routes: [RouteLine]

    /// One route as a line of the list.
    package struct RouteLine: Sendable {
        package let method: String
        package let path: String
        /// What it does, in English as in the OpenAPI description.
        package let summary: String
        /// Nil when anybody may ask.
        package let role: Role?

        package init(method: String, path: String, summary: String, role: Role?) {
            self.method = method
            self.path = path
            self.summary = summary
            self.role = role
        }
    }

    package init(routes: [RouteLine]) { self.routes = routes }

    package var section: Section { .api }

    package func title(_ texts: Texts) -> String { texts.account.apiTitle }

    package func metadata(_ context: PageContext) -> PageMetadata {
        PageMetadata(description: context.texts.account.apiLead, canonical: Links.api)
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.account
        html.heading(texts.apiTitle, lead: texts.apiLead) { html in
            html(.a, .class("button quiet"), .href(Links.openAPI), text: texts.apiDescription)
        }
        html(.div, .class("reading")) { html in
            html(.p, text: texts.apiSignIn)
            html(.pre) { html in
                html(
                    .code,
                    text: "curl -H 'Authorization: Bearer TOKEN' \(context.origin)/api/v1/jobs")
            }
            html(.p, text: texts.apiErrors)
        }
        html(.h2, text: texts.apiRoutes)
        let table = Table(
            caption: texts.apiRoutes,
            columns: [
                Table.Column(name: texts.apiPath), Table.Column(name: texts.apiWhat),
                Table.Column(name: texts.apiWho),
            ])
        html.table(table, rows: routes) { route, row, html in
            row.header(&html) { html in
                html(.code) { html in
                    html(.span, .class("http-method"), text: route.method)
                    html.text(" " + route.path)
                }
            }
            row.cell(&html) { html in html(.span, .lang("en"), text: route.summary) }
            row.cell(
                &html,
                text: route.role.map(context.texts.value.role) ?? texts.apiAnybody)
        }
    }
}
