import Domain
import HTTP
import Store

/// An affiliate's desk for programs.
struct AffiliateAPI {
    let visit: Visit

    func links() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await visit.store.links.list(
            of: try visit.affiliate(), after: query.after, limit: query.limit)
        return visit.json(found) { summary in
            LinkRowResource(
                link: resource(
                    summary.link.code, summary.link.channel, to: summary.jobSlug),
                jobTitle: summary.jobTitle,
                clicks: summary.clicks, introductions: summary.introductions)
        }
    }

    func takeLink() async throws -> Response {
        let fields = try visit.sentFields()
        guard let slug = JobSlug(fields["job"]) else { throw DomainError.notFound(.job) }
        let channel = try LinkHandlers.channel(fields)
        let affiliate = try visit.affiliate()
        let code = LinkCode(random: visit.services.random.bytes(LinkCode.length))
        return try await visit.write { transaction in
            let link = try await visit.store.links.take(
                slug, channel: channel, code: code, for: affiliate, at: visit.now,
                in: transaction)
            return resource(link.code, link.channel, to: slug)
        }
    }

    func recommend(_ slug: JobSlug) async throws -> Response {
        let form = try RecommendationForm(try visit.sentFields(), language: visit.language)
        return try await visit.write { transaction in
            let id = try await RecommendationHandlers(visit: visit).submit(
                form, to: slug, in: transaction)
            return RecommendationResource(id: id, job: slug, createdAt: visit.now)
        }
    }

    func introductions() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await visit.store.introductions.list(
            of: try visit.affiliate(), after: query.after, limit: query.limit)
        return visit.json(found) { AffiliateIntroductionResource(introduction: $0) }
    }

    func introduction(_ id: IntroductionID) async throws -> Response {
        let found = try await visit.store.introductions.find(id, of: try visit.affiliate())
        return visit.json(
            AffiliateIntroductionHistoryResource(
                introduction: found.introduction, steps: found.steps))
    }

    func commissions() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await visit.store.commissions.list(
            of: try visit.affiliate(), after: query.after, limit: query.limit,
            today: visit.today)
        return visit.json(found) {
            CommissionResource(id: $0.id, explanation: $0.explanation)
        }
    }

    func commission(_ id: CommissionID) async throws -> Response {
        let found = try await visit.store.commissions.find(
            id, of: try visit.affiliate(), today: visit.today)
        return visit.json(CommissionResource(id: found.id, explanation: found.explanation))
    }

    func balance() async throws -> Response {
        let balances = AffiliateDeskPage.Balances(
            try await visit.store.commissions.balances(
                of: try visit.affiliate(), today: visit.today))
        return visit.json(
            BalanceResource(
                pending: balances.pending, approved: balances.payable, paid: balances.paid))
    }

    private func resource(
        _ code: LinkCode, _ channel: ChannelName, to job: JobSlug
    ) -> LinkResource {
        LinkResource(
            code: code, url: visit.url(PublicRoute.share(code).path), channel: channel, job: job)
    }
}
