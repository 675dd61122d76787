import Domain
import HTTP
import Postgres
import Store

/// Recommending a person by name, and what the person answers.
struct RecommendationHandlers {
    let visit: Visit

    /// Takes the form on the affiliate's page of a job; the same form sent twice is one.
    func recommend(_ slug: JobSlug) async throws -> Response {
        let fields = visit.fields
        do {
            let form = try RecommendationForm(fields, language: visit.language)
            let request = try visit.keyedForm(of: try visit.principal().account)
            _ = try await visit.store.once(request, at: visit.now) { transaction in
                _ = try await submit(form, to: slug, in: transaction)
                return StoredAnswer(status: 303, body: [])
            }
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await LinkHandlers(visit: visit).page(
                slug, recommendation: fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(
            to: AffiliateRoute.introductions.path, notice: .recommendationSent)
    }

    /// The domain call that the form and the API share.
    func submit(
        _ form: RecommendationForm, to slug: JobSlug, in transaction: Transaction
    ) async throws -> IntroductionID {
        let submission = Recommendations.Submission(
            job: slug, recommendation: form.recommendation,
            receipt: ReceiptCode(random: visit.services.random.bytes(ReceiptCode.length)),
            token: visit.newMailToken(), at: visit.now)
        return try await visit.store.recommendations.submit(
            submission, by: try visit.principal(), in: transaction)
    }

    // MARK: - The person's answer

    /// Shows everything that is kept; looking changes nothing.
    func show(_ token: MailToken) async throws -> Response {
        let offer: RecommendationAnswers.Offer
        do {
            offer = try await visit.store.recommendationAnswers.find(token, at: visit.now)
        } catch DomainError.gone(.mailedLink) {
            return visit.linkIsOver(.answerRecommendation)
        }
        guard !offer.isConfirmed else {
            return visit.redirect(to: PublicRoute.receipt(offer.receipt).path)
        }
        return visit.page(page(token, offer))
    }

    func confirm(_ token: MailToken) async throws -> Response {
        let fields = visit.fields
        do {
            let form = try AgreementForm(
                fields, cv: visit.submission?.file(ValidationError.Field.cv.rawValue))
            let outcome = try await visit.store.recommendationAnswers.confirm(
                RecommendationAnswers.Confirmation(
                    token: token, phone: form.phone, message: form.message, cv: form.cv,
                    at: visit.now))
            switch outcome {
            case .accepted(let receipt):
                return visit.redirect(to: PublicRoute.receipt(receipt).path + "?new=1")
            case .duplicate(let match):
                return visit.page(KnownAlreadyPage(match: match), status: .conflict)
            }
        } catch DomainError.gone(.mailedLink) {
            return visit.linkIsOver(.answerRecommendation)
        } catch let error as DomainError where error.isAboutTheForm || error == .gone(.job) {
            return try await again(token, error)
        }
    }

    func refuse(_ token: MailToken) async throws -> Response {
        do {
            try await visit.store.write { transaction in
                try await visit.store.recommendationAnswers.refuse(
                    token, at: visit.now, in: transaction)
            }
        } catch DomainError.gone(.mailedLink) {
            return visit.linkIsOver(.answerRecommendation)
        }
        return visit.redirect(to: PublicRoute.home.path, notice: .recommendationRefused)
    }

    private func again(_ token: MailToken, _ error: DomainError) async throws -> Response {
        do {
            let offer = try await visit.store.recommendationAnswers.find(token, at: visit.now)
            guard !offer.isConfirmed else {
                return visit.redirect(to: PublicRoute.receipt(offer.receipt).path)
            }
            return visit.page(
                page(token, offer, visit.fields.typed(failure: error)),
                after: error)
        } catch DomainError.gone(.mailedLink) {
            return visit.linkIsOver(.answerRecommendation)
        }
    }

    private func page(
        _ token: MailToken, _ offer: RecommendationAnswers.Offer, _ input: FormInput = FormInput()
    ) -> RecommendationPage {
        RecommendationPage(
            token: token,
            job: JobReference(
                slug: offer.jobSlug, title: offer.jobTitle, company: offer.companyName),
            isJobOpen: offer.isJobOpen(on: visit.today),
            kept: RecommendationPage.Kept(
                name: offer.name, email: offer.email, phone: offer.phone,
                language: offer.language, words: offer.words, affiliate: offer.affiliateName,
                since: offer.createdAt, erasedAt: offer.erasedAt),
            input: input)
    }
}
