import Domain
import HTML

// What stands around every page: the head, the header with its navigation, the footer.

extension HTMLPrinter {
    mutating func head(of page: some Page, _ context: PageContext) {
        let metadata = page.metadata(context)
        let title = page.title(context.texts)
        self(.head) { html in
            html(.meta, .charset("utf-8"))
            html(
                .meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
            html(.title) { html in
                html.text(title)
                html.text(" · Vouch")
            }
            html.searchMetadata(metadata, title: title, context)
            html(.meta, .name("color-scheme"), .content("light dark"))
            html.resources(page.section, context)
        }
    }

    private mutating func searchMetadata(
        _ metadata: PageMetadata, title: String, _ context: PageContext
    ) {
        guard let canonical = metadata.canonical?.absolute(origin: context.origin) else {
            self(.meta, .name("robots"), .content("noindex"))
            return
        }
        self(.link, .rel("canonical"), .href(canonical))
        self(.meta, .property("og:url"), .contentURL(canonical))
        self(.meta, .property("og:type"), .content(metadata.kind))
        self(.meta, .property("og:site_name"), .content("Vouch"))
        self(.meta, .property("og:title"), .content(title))
        let image = Links.asset("preview.png", version: "").absolute(origin: context.origin)
        self(.meta, .property("og:image"), .contentURL(image))
        self(
            .meta, .property("og:locale"),
            .content(context.texts.language == .romanian ? "ro_RO" : "en_GB"))
        guard let description = metadata.description else { return }
        self(.meta, .name("description"), .content(description))
        self(.meta, .property("og:description"), .content(description))
    }

    private mutating func resources(_ section: Section, _ context: PageContext) {
        let version = context.assetVersion
        self(.link, .rel("stylesheet"), .href(Links.asset("vouch.css", version: version)))
        // Visitors, who come in spikes, do not fetch what only the desks need.
        if context.viewer != nil || section == .api {
            self(.link, .rel("stylesheet"), .href(Links.asset("desk.css", version: version)))
        }
        self(
            .link, .rel("icon"), .type("image/svg+xml"),
            .href(Links.asset("icon.svg", version: version)))
        self(
            .link, .rel("alternate"), .type("application/atom+xml"),
            .title(context.texts.common.feed), .href(Links.jobFeed))
        script(source: Links.asset("vouch.js", version: version))
    }

    mutating func frame(
        _ section: Section, _ context: PageContext, content: (inout HTMLPrinter) -> Void
    ) {
        self(.body) { html in
            html(
                .a, .class("skip"), .href(.fragment("main")),
                text: context.texts.common.skipToContent)
            html.siteHeader(section, context)
            html.deskNavigation(section, context)
            html(.main, .id("main"), .class("wrap"), .tabIndex(-1)) { html in
                html.notice(context)
                html.news(context)
                html.confirmationBanner(section, context)
                content(&html)
            }
            html.siteFooter(context)
        }
    }

    private mutating func notice(_ context: PageContext) {
        guard let notice = context.notice else { return }
        self(.p, .class("notice"), .role("status")) { html in
            html.icon("check", context)
            html(.span, text: context.texts.common.notice(notice))
        }
    }

    /// Where the script puts what happens while the page is open; without it the next page tells.
    private mutating func news(_ context: PageContext) {
        let source: URLReference
        switch context.viewer?.role {
        case .affiliate: source = Links.affiliateEvents
        case .company: source = Links.companyEvents
        case .admin, nil: return
        }
        self(
            .ul, .class("wins"), .id("news"), .ariaLive("polite"),
            .ariaLabel(context.texts.affiliate.news), .dataEvents(source)
        ) { _ in }
    }

    /// On the first page of a desk and where the address matters, until it is confirmed.
    private mutating func confirmationBanner(_ section: Section, _ context: PageContext) {
        let places: [Section] = [
            .account, .companyOverview, .affiliateOverview, .affiliatePayouts, .adminOverview,
        ]
        guard context.viewer?.isConfirmed == false, places.contains(section) else { return }
        self(.div, .class("notice info")) { html in
            html(.div) { html in
                html(.p, text: context.texts.mailed.pleaseConfirm)
                html.sendConfirmationForm(context)
            }
        }
    }

    /// Asks for the link that confirms an address once more.
    mutating func sendConfirmationForm(_ context: PageContext) {
        postForm(Links.sendConfirmation, context, style: "plain") { html in
            html(
                .button, .type("submit"), .class("quiet small"),
                text: context.texts.mailed.sendAgain)
        }
    }

    private mutating func siteHeader(_ section: Section, _ context: PageContext) {
        let texts = context.texts.common
        self(.header, .class(context.viewer == nil ? "site-header" : "site-header signed-in")) {
            html in
            html(.div, .class("wrap")) { html in
                html(.a, .class("brand"), .href(Links.home)) { html in
                    html.icon("mark", context)
                    html.text("Vouch")
                }
                html(.nav, .class("site-nav"), .ariaLabel(texts.mainNavigation)) { html in
                    html(.ul) { html in
                        html.entry(texts.jobs, Links.jobs, isHere: section == .jobs)
                        if context.viewer == nil { html.visitorEntries(section, texts) }
                    }
                }
                html.headerTools(section, context)
            }
        }
    }

    private mutating func visitorEntries(_ section: Section, _ texts: CommonTexts) {
        entry(
            texts.forCompanies, Links.signUpCompany, isHere: section == .signUpCompany)
        entry(
            texts.forAffiliates, Links.signUpAffiliate, isHere: section == .signUpAffiliate)
    }

    private mutating func headerTools(_ section: Section, _ context: PageContext) {
        let texts = context.texts.common
        self(.div, .class("header-tools")) { html in
            html.languageSwitch(context)
            guard let viewer = context.viewer else {
                html(
                    .a, .class("button small"), .href(Links.signIn),
                    .when(section == .signIn, .ariaCurrent("page")), text: texts.signIn)
                return
            }
            html(
                .a, .class("viewer"), .href(Links.account),
                .when(section == .account, .ariaCurrent("page")),
                .title(texts.signedIn(as: viewer.name.text))
            ) { html in
                html.icon("person", context)
                html(.span, text: viewer.name.text)
            }
            html(.form, .method(.post), .action(Links.signOut)) { html in
                html.csrf(context)
                html(.button, .class("quiet small"), .type("submit"), text: texts.signOut)
            }
        }
    }

    private mutating func languageSwitch(_ context: PageContext) {
        let texts = context.texts
        self(.nav, .class("language-switch"), .ariaLabel(texts.common.language)) { html in
            for language in Language.allCases where language != texts.language {
                html(
                    .a, .href(Links.language(language, backTo: context.target)),
                    .lang(language.rawValue), .hrefLang(language.rawValue), .rel("nofollow"),
                    .title(texts.value.language(language)), text: texts.value.language(language))
            }
        }
    }

    private mutating func entry(_ text: String, _ link: URLReference, isHere: Bool) {
        self(.li) { html in
            html(.a, .href(link), .when(isHere, .ariaCurrent("page")), text: text)
        }
    }

    private mutating func deskNavigation(_ section: Section, _ context: PageContext) {
        guard let viewer = context.viewer else { return }
        let texts = context.texts.common
        self(.nav, .class("desk-nav"), .ariaLabel(texts.deskNavigation)) { html in
            html(.ul, .class("wrap")) { html in
                for (name, link, place) in Self.deskEntries(viewer.role, context.texts) {
                    html.entry(name, link, isHere: section == place)
                }
            }
        }
    }

    private static func deskEntries(
        _ role: Role, _ all: Texts
    ) -> [(String, URLReference, Section)] {
        let texts = all.common
        let money = all.money
        return switch role {
        case .company:
            [
                (texts.overview, Links.company, .companyOverview),
                (texts.myJobs, Links.companyJobs, .companyJobs),
                (texts.hires, Links.companyHires, .companyHires),
                (all.dispute.listTitle, DisputeRoute.list.link(), .disputes),
                (all.invoice.title, Links.companyInvoices, .companyInvoices),
                (texts.companyPage, Links.companyProfile, .companyProfile),
            ]
        case .affiliate:
            [
                (texts.overview, Links.affiliate, .affiliateOverview),
                (texts.findJobs, Links.affiliateJobs, .affiliateJobs),
                (texts.myLinks, Links.affiliateLinks, .affiliateLinks),
                (texts.myIntroductions, Links.affiliateIntroductions, .affiliateIntroductions),
                (money.myMoney, Links.affiliatePayouts, .affiliatePayouts),
                (all.dispute.listTitle, DisputeRoute.list.link(), .disputes),
            ]
        case .admin:
            [
                (texts.overview, Links.admin, .adminOverview),
                (texts.hires, Links.adminHires, .adminHires),
                (money.commissions, Links.adminCommissions(.pending), .adminCommissions),
                (money.payouts, Links.adminPayouts, .adminPayouts),
                (all.dispute.listTitle, DisputeRoute.list.link(), .disputes),
                (money.waiting, Links.adminWaiting, .adminWaiting),
                (all.spool.listTitle, Links.adminSpool, .adminSpool),
                (texts.companies, Links.adminCompanies, .adminCompanies),
                (all.admin.adminsTitle, Links.admins, .adminAdmins),
                (all.mailbox.delivery, MailRoute.delivery.link(), .adminMails),
                (all.admin.auditTitle, Links.adminAudit, .adminAudit),
                (all.admin.booksTitle, Links.adminBooks, .adminBooks),
                (all.overload.title, Links.adminOverload, .adminOverload),
            ]
        }
    }

    private mutating func siteFooter(_ context: PageContext) {
        let texts = context.texts.common
        self(.footer, .class("site-footer")) { html in
            html(.div, .class("wrap")) { html in
                html(.p, text: texts.footerPromise)
                html(.nav, .ariaLabel(texts.footerNavigation)) { html in
                    html(.ul) { html in
                        html.entry(texts.jobs, Links.jobs, isHere: false)
                        html.entry(texts.forCompanies, Links.signUpCompany, isHere: false)
                        html.entry(texts.forAffiliates, Links.signUpAffiliate, isHere: false)
                        html.entry(texts.api, Links.api, isHere: false)
                        html.entry(texts.feed, Links.jobFeed, isHere: false)
                    }
                }
                html(.p, .class("muted"), text: texts.timesAreRomanian)
            }
        }
    }
}
