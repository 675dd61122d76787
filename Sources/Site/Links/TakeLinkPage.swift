import Domain
import HTML

/// One job for an affiliate: what it pays, their links to it, and the form for another one.
package struct TakeLinkPage: Page {
    let job: JobReference
    let location: Location
    let offer: TermsOffer
    let links: [AffiliateLinksPage.Row]
    let input: FormInput
    let recommendation: FormInput

    /// - Parameters:
    ///   - offer: the terms in force now.
    ///   - links: the affiliate's links to this job, the newest first.
    ///   - input: the form that takes a link.
    ///   - recommendation: the form that names a person.
    package init(
        job: JobReference, location: Location, offer: TermsOffer,
        links: [AffiliateLinksPage.Row], input: FormInput = FormInput(),
        recommendation: FormInput = FormInput()
    ) {
        self.job = job
        self.location = location
        self.offer = offer
        self.links = links
        self.input = input
        self.recommendation = recommendation
    }

    package var section: Section { .affiliateJobs }

    package func title(_ texts: Texts) -> String { texts.affiliate.takeLinkTitle(job.title.text) }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.affiliate.findTitle, Links.affiliateJobs, context)
        html.heading(
            title(texts),
            lead: texts.job.titleAtCompany(job.title.text, job.company.text)
        ) { html in
            html(
                .a, .class("button quiet"), .href(Links.job(job.slug)), text: texts.company.preview)
        }
        html(.div, .class("job-columns")) { html in
            html(.div) { html in
                if !links.isEmpty { ownLinks(&html, context) }
                form(&html, context)
                html.recommendForm(job.slug, recommendation, context)
            }
            html(.aside, .class("job-side")) { html in terms(&html, context) }
        }
    }

    private func ownLinks(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.affiliate
        html(.section, .class("card")) { html in
            html(.h2, text: texts.linksOfJob)
            html(.p, text: texts.shareIt)
            html(.ul, .class("links")) { html in
                for link in links {
                    html(.li) { html in
                        html(
                            .strong,
                            text: link.channel.text.isEmpty ? texts.noChannel : link.channel.text)
                        html.shareLine(link.code, context)
                    }
                }
            }
        }
    }

    private func form(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.affiliate
        let form = Form(input, context)
        html(.section, .class("card")) { html in
            html(.h2, text: texts.takeLink)
            html.errorSummary(form)
            html.postForm(Links.takeLink(job.slug), context) { html in
                html.textField(
                    .channel, form, FieldNote(hint: texts.channelHint, isOptional: true),
                    attributes: [
                        .type("text"), .autocomplete("off"), .maxLength(ChannelName.lengthMax),
                    ])
                html(.button, .type("submit"), text: texts.takeLink)
            }
        }
    }

    private func terms(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.div, .class("card vouch-card")) { html in
            html(.h2, text: texts.affiliate.termsNow)
            html(.p, .class("big-money")) { html in html.money(offer.commission, texts) }
            html(.ul, .class("terms")) { html in
                html(.li, text: texts.job.guarantee(texts.value.days(offer.guaranteeDays)))
                html(.li, text: texts.job.payment(of: offer))
                html(.li, text: texts.job.place(location))
            }
        }
    }
}

extension HTMLPrinter {
    /// The address that an affiliate shares.
    mutating func shareLine(_ code: LinkCode, _ context: PageContext) {
        copyLine(
            Links.share(code).absolute(origin: context.origin).encoded,
            label: context.texts.affiliate.linkReady, context)
    }
}
