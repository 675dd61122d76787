import Domain
import HTTP
import Store

/// An affiliate's desk.
struct AffiliateHandlers {
    let visit: Visit

    private static let commissionsOnDesk = PageLimit(clamping: 10)

    func desk() async throws -> Response {
        let affiliate = try visit.affiliate()
        guard let account = visit.person?.account else { throw DomainError.forbidden }
        let store = visit.store
        let today = visit.today
        // All travel together.
        async let sums = store.commissions.balances(of: affiliate, today: today)
        async let known = store.desks.affiliate(affiliate)
        async let listed = store.commissions.list(
            of: affiliate, limit: Self.commissionsOnDesk, today: today)
        let (balances, figures, commissions) = try await (sums, known, listed)
        return visit.page(
            AffiliateDeskPage(
                name: account.name, balances: AffiliateDeskPage.Balances(balances),
                runningIntroductions: figures.runningIntroductions, clicks: figures.clicks,
                commissions: commissions.items.map {
                    CommissionCard(id: $0.id, explanation: $0.explanation)
                }))
    }

    func jobs() async throws -> Response {
        let filter = JobFilter { visit.query[$0] }
        let found = try await visit.store.publicJobs.list(
            filter.search, after: visit.cursor, today: visit.today)
        let linked = try await visit.store.links.jobs(
            among: found.items.map(\.id), linkedBy: try visit.affiliate())
        let rows = found.items.map { job in
            AffiliateJobsPage.Row(
                slug: job.slug, title: job.title, company: job.companyName,
                location: job.location, offer: job.offer, validThrough: job.validThrough,
                hasLink: linked.contains(job.id))
        }
        return visit.page(
            AffiliateJobsPage(
                filter: filter, jobs: rows, isFirst: visit.cursor == nil,
                nextCursor: found.next?.text))
    }

    func introductions() async throws -> Response {
        let affiliate = try visit.affiliate()
        let store = visit.store
        let isFirst = visit.cursor == nil
        async let asked = isFirst ? store.recommendations.unconfirmed(of: affiliate) : []
        let found = try await store.introductions.list(of: affiliate, after: visit.cursor)
        let rows = found.items.map { introduction in
            AffiliateIntroductionsPage.Row(
                candidate: introduction.candidateName,
                job: JobReference(
                    slug: introduction.jobSlug, title: introduction.jobTitle,
                    company: introduction.companyName),
                stage: introduction.stage, changedAt: introduction.stageChangedAt,
                channel: introduction.channel, promised: introduction.offer.commission,
                rejection: introduction.rejectionReason,
                note: introduction.rejectionNote ?? Note(stored: ""))
        }
        let unconfirmed = try await asked
        return visit.page(
            AffiliateIntroductionsPage(
                introductions: rows,
                unconfirmed: unconfirmed.map {
                    AffiliateIntroductionsPage.Unconfirmed(
                        name: $0.candidateName,
                        job: JobReference(
                            slug: $0.jobSlug, title: $0.jobTitle, company: $0.companyName),
                        stage: $0.stage, rejection: $0.rejectionReason, at: $0.createdAt)
                }, isFirst: visit.cursor == nil,
                nextCursor: found.next?.text))
    }

    func commission(_ id: CommissionID) async throws -> Response {
        let commission = try await visit.store.commissions.find(
            id, of: try visit.affiliate(), today: visit.today)
        return visit.page(CommissionPage(id: id, explanation: commission.explanation))
    }
}

extension AffiliateDeskPage.Balances {
    /// Sums per currency; one that is nothing is left out.
    init(_ balances: [Commissions.Balance]) {
        func sums(_ states: [CommissionState]) -> [Money] {
            balances.compactMap { balance in
                let total = states.reduce(0) { $0 + balance.sum($1).minorUnits }
                return total == 0
                    ? nil : Money(minorUnits: total, currency: balance.currency)
            }
        }
        self.init(
            pending: sums([.pending, .held]), payable: sums([.approved, .processing]),
            paid: sums([.paid]))
    }
}
