import Domain
import HTML

/// The first page: what Vouch is, and the newest jobs.
package struct HomePage: Page {
    let jobs: [JobCard]
    let openJobCount: Int
    let companyCount: Int
    let largestCommission: Money?

    package init(
        jobs: [JobCard], openJobCount: Int, companyCount: Int, largestCommission: Money?
    ) {
        self.jobs = jobs
        self.openJobCount = openJobCount
        self.companyCount = companyCount
        self.largestCommission = largestCommission
    }

    package func title(_ texts: Texts) -> String { texts.home.title }

    package func metadata(_ context: PageContext) -> PageMetadata {
        PageMetadata(description: context.texts.home.lead, canonical: Links.home)
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        hero(&html, context)
        steps(&html, context.texts.home)
        if !jobs.isEmpty {
            html(.section, .class("more")) { html in
                html(.h2, text: context.texts.home.newest)
                html.jobCards(jobs, context)
                html(.p) { html in
                    html(
                        .a, .class("button quiet"), .href(Links.jobs),
                        text: context.texts.home.allJobs)
                }
            }
        }
    }

    private func hero(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.home
        html(.section, .class("hero")) { html in
            html(.p, .class("eyebrow"), text: context.texts.common.tagline)
            html(.h1, text: texts.headline)
            html(.p, .class("lead"), text: texts.lead)
            html(.p, .class("actions")) { html in
                html(.a, .class("button large"), .href(Links.jobs), text: texts.seeJobs)
                html(
                    .a, .class("button large quiet"), .href(Links.signUpAffiliate),
                    text: texts.becomeAffiliate)
                html(
                    .a, .class("button large quiet"), .href(Links.signUpCompany),
                    text: texts.hireWithUs)
            }
            if openJobCount > 0 { figures(&html, context) }
        }
    }

    private func figures(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.dl, .class("figures")) { html in
            html.figure(texts.value.number(openJobCount), texts.home.openJobs)
            html.figure(texts.value.number(companyCount), texts.home.companiesHire)
            if let largestCommission {
                html.figure(texts.value.money(largestCommission), texts.home.promised)
            }
        }
    }

    private func steps(_ html: inout HTMLPrinter, _ texts: HomeTexts) {
        html(.section, .class("steps")) { html in
            html(.h2, text: texts.howItWorks)
            html(.ol) { html in
                for step in texts.steps {
                    html(.li) { html in
                        html(.h3, text: step.title)
                        html(.p, text: step.text)
                    }
                }
            }
            html(.div, .class("card vouch-card")) { html in
                html(.h3, text: texts.promiseTitle)
                html(.p, text: texts.promiseText)
            }
        }
    }
}
