import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// People named by affiliates: asked first, attributed by their own confirmation, erased otherwise.
@Suite struct `Recommendations by name` {
    private static func token() -> MailToken { MailToken(random: Random.bytes(26)) }

    /// Names a person and gives the token that was mailed.
    private static func recommend(
        _ people: People, _ job: Jobs.OwnJob, _ email: String = "mihai@example.com",
        phone: String? = nil, by account: Account? = nil, at now: Instant = People.now
    ) async throws -> (id: IntroductionID, token: MailToken) {
        let token = token()
        let submission = Recommendations.Submission(
            job: job.slug,
            recommendation: Recommendation(
                name: try PersonName("Mihai Ionescu"), email: try EmailAddress(email),
                phone: try phone.map { try PhoneNumber($0) }, language: .romanian,
                words: try CoverMessage("The calmest engineer I know.")),
            receipt: ReceiptCode(random: Random.bytes(26)), token: token, at: now)
        let principal = (account ?? people.affiliate).principal
        let id = try await people.store.write { transaction in
            try await people.store.recommendations.submit(
                submission, by: principal, in: transaction)
        }
        return (id, token)
    }

    private static func confirm(
        _ token: MailToken, _ people: People, phone: String? = nil, at now: Instant = People.now
    ) async throws -> RecommendationAnswers.Outcome {
        try await people.store.recommendationAnswers.confirm(
            RecommendationAnswers.Confirmation(
                token: token, phone: try phone.map { try PhoneNumber($0) },
                message: try CoverMessage("I am interested."),
                cv: try CVFile(name: "cv.pdf", bytes: Array("%PDF-1.7".utf8)), at: now))
    }

    private static func refuse(
        _ token: MailToken, _ people: People, at now: Instant = People.now
    ) async throws {
        try await people.store.write { transaction in
            try await people.store.recommendationAnswers.refuse(token, at: now, in: transaction)
        }
    }

    private static func isAccepted(_ outcome: RecommendationAnswers.Outcome) -> Bool {
        guard case .accepted = outcome else { return false }
        return true
    }

    /// How many columns still have anything of the person.
    private static func traces(_ people: People) async throws -> Int {
        try await people.store.count(
            """
            SELECT (SELECT count(*) FROM candidate c WHERE c::text ~* 'mihai|7212345')
                + (SELECT count(*) FROM introduction i WHERE i::text ~* 'mihai|calmest|7212345')
                + (SELECT count(*) FROM outbox o WHERE o::text ~* 'mihai|calmest|7212345')
                + (SELECT count(*) FROM cv)
            """)
    }

    @Test func `the company sees nothing until the person agrees, then everything`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let (id, token) = try await Self.recommend(people, job)
            let candidates = people.store.candidates
            #expect(try await candidates.list(of: job.id).items.isEmpty)
            await #expect(throws: DomainError.notFound(.introduction)) {
                _ = try await candidates.find(id, for: people.company.principal)
            }
            let asked: SQL = """
                SELECT count(*) FROM outbox WHERE topic = 'recommendation.confirm'
                    AND payload ->> 'token' = \(token) AND introduction_id = \(id)
                """
            #expect(try await people.store.count(asked) == 1)
            #expect(try await people.store.count("SELECT count(*) FROM outbox") == 1)

            let outcome = try await Self.confirm(token, people, phone: "+40721234567")

            #expect(Self.isAccepted(outcome))
            let seen = try await candidates.find(id, for: people.company.principal)
            #expect(seen.summary.stage == .submitted)
            #expect(seen.summary.phone?.text == "+40721234567")
            #expect(seen.recommendation.text == "The calmest engineer I know.")
            #expect(seen.message.text == "I am interested.")
            #expect(seen.cvName?.text == "cv.pdf")
            #expect(seen.steps.map(\.to) == [.unconfirmed, .submitted])
            let own = try await people.store.introductions.list(of: people.affiliateID)
            #expect(own.items.map(\.id) == [id])
        }
    }

    @Test func `agreeing twice is agreeing once`() async throws {
        try await withPeople { people in
            let (_, token) = try await Self.recommend(people, try await people.job())
            let outcomes = try await withThrowingTaskGroup(
                of: RecommendationAnswers.Outcome.self
            ) { group in
                for _ in 0..<4 {
                    group.addTask(executorPreference: people.store.database.loop) {
                        try await Self.confirm(token, people)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(outcomes).count == 1)
            #expect(Self.isAccepted(outcomes[0]))
            let told: SQL = "SELECT count(*) FROM outbox WHERE topic = 'introduction.submitted'"
            #expect(try await people.store.count(told) == 2)
        }
    }

    @Test func `it binds to the best terms since the person was named`() async throws {
        try await withPeople { people in
            let job = try await people.job(euros: 500)
            let (id, token) = try await Self.recommend(people, job)
            for (days, euros) in [(1, 900), (2, 300)] {
                let offer = try TermsOffer(
                    commission: .euros(Int32(euros)), instalments: InstalmentPlan("100"))
                _ = try await people.store.write { transaction in
                    try await people.store.jobs.edit(
                        job.id, job.details, offer: offer,
                        by: people.company.principal, at: People.now.adding(days: days),
                        in: transaction)
                }
            }
            _ = try await Self.confirm(token, people, at: People.now.adding(days: 3))
            let seen = try await people.store.candidates.find(id, for: people.company.principal)
            #expect(seen.offer.commission == .euros(900))
        }
    }

    @Test func `whoever got the confirmation first owns the person`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let other = try await people.store.signUp(affiliate: "bogdan@example.com")
            let first = try await Self.recommend(people, job)
            let second = try await Self.recommend(
                people, job, "MIHAI@example.com", by: other,
                at: People.now.adding(seconds: 60))
            let now = People.now.adding(days: 1)

            #expect(Self.isAccepted(try await Self.confirm(second.token, people, at: now)))
            let late = try await Self.confirm(first.token, people, at: now)

            #expect(late == .duplicate(.email))
            let refusals = try await people.store.introductions.refusals(of: people.affiliateID)
            #expect(refusals.items.map(\.match) == [.email])
            let otherID = try #require(other.principal.affiliate)
            #expect(try await people.store.introductions.refusals(of: otherID).items.isEmpty)
            let kept = try await people.store.recommendations.unconfirmed(of: people.affiliateID)
            #expect(kept.map(\.stage) == [.rejected])
            #expect(kept.map(\.rejectionReason) == [.alreadyKnown])
            #expect(kept.map(\.candidateName.text) == ["–"])
        }
    }

    @Test func `of two recommendations that are confirmed at once, one owns`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            var tokens: [MailToken] = []
            for number in 0..<3 {
                let affiliate = try await people.store.signUp(affiliate: "b\(number)@example.com")
                tokens.append(try await Self.recommend(people, job, by: affiliate).token)
            }
            let outcomes = try await withThrowingTaskGroup(
                of: RecommendationAnswers.Outcome.self
            ) { group in
                for token in tokens {
                    group.addTask(executorPreference: people.store.database.loop) {
                        try await Self.confirm(token, people)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter(Self.isAccepted).count == 1)
            #expect(outcomes.filter { $0 == .duplicate(.email) }.count == 2)
            #expect(try await people.store.count("SELECT count(*) FROM refusal") == 2)
        }
    }

    @Test func `an application that came first wins over a recommendation`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let (_, token) = try await Self.recommend(people, job, phone: "+40721234567")
            _ = try await people.apply(
                to: job, email: "other@example.com", phone: "0040 721 234 567")
            #expect(try await Self.confirm(token, people) == .duplicate(.phone))
            await #expect(throws: DomainError.duplicate(.candidate(.email))) {
                _ = try await Self.recommend(people, job, "other@example.com")
            }
        }
    }

    @Test func `who refuses is erased, and who refuses twice too`() async throws {
        try await withPeople { people in
            let (id, token) = try await Self.recommend(
                people, try await people.job(), phone: "+40721234567")
            #expect(try await Self.traces(people) == 3)
            for _ in 0..<2 { try await Self.refuse(token, people) }
            #expect(try await Self.traces(people) == 0)
            await #expect(throws: DomainError.gone(.mailedLink)) {
                _ = try await Self.confirm(token, people)
            }
            await #expect(throws: DomainError.gone(.mailedLink)) {
                _ = try await people.store.recommendationAnswers.find(token, at: People.now)
            }
            let kept = try await people.store.recommendations.unconfirmed(of: people.affiliateID)
            #expect(kept.map(\.id) == [id])
            #expect(kept.map(\.stage) == [.withdrawn])
            // The mail that had not left yet does not leave any more.
            #expect(try await people.store.outbox.waiting().isEmpty)
        }
    }

    @Test func `what was confirmed is not refused by the same link`() async throws {
        try await withPeople { people in
            let (_, token) = try await Self.recommend(people, try await people.job())
            _ = try await Self.confirm(token, people)
            await #expect(throws: DomainError.conflict(.introductionClosed(.submitted))) {
                try await Self.refuse(token, people)
            }
        }
    }

    @Test func `without an answer for 30 days the person is erased`() async throws {
        try await withPeople { people in
            let (_, token) = try await Self.recommend(people, try await people.job())
            let end = People.now.adding(days: Recommendation.answerDays)
            let answers = people.store.recommendationAnswers
            #expect(try await answers.expire(at: end.adding(seconds: -1)) == 0)
            await #expect(throws: DomainError.gone(.mailedLink)) {
                _ = try await Self.confirm(token, people, at: end)
            }
            #expect(try await answers.expire(at: end) == 1)
            #expect(try await answers.expire(at: end) == 0)
            #expect(try await Self.traces(people) == 0)
            await #expect(throws: DomainError.gone(.mailedLink)) {
                _ = try await answers.find(token, at: end)
            }
        }
    }

    @Test func `nobody is written to more than three times in 30 days`() async throws {
        try await withPeople { people in
            var jobs: [Jobs.OwnJob] = []
            for number in 0..<4 { jobs.append(try await people.job("Developer \(number)")) }
            for job in jobs.prefix(3) {
                // Erasing does not make room.
                try await Self.refuse(try await Self.recommend(people, job).token, people)
            }
            let expected = DomainError.tooMany(
                .recommendationsOfPerson, retryAfterSeconds: 30 * 86_400)
            await #expect(throws: expected) { _ = try await Self.recommend(people, jobs[3]) }
            let later = People.now.adding(days: Recommendation.mailDays)
            _ = try await Self.recommend(people, jobs[3], at: later)
            try await people.store.recommendationAnswers.expire(at: later)
            #expect(try await people.store.count("SELECT count(*) FROM recommendation_mail") == 1)
        }
    }

    @Test func `at once, too, nobody is written to more than three times`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            var affiliates: [Account] = []
            for number in 0..<6 {
                affiliates.append(
                    try await people.store.signUp(affiliate: "b\(number)@example.com"))
            }
            let sent = try await withThrowingTaskGroup(of: Bool.self) { group in
                for affiliate in affiliates {
                    group.addTask(executorPreference: people.store.database.loop) {
                        do {
                            _ = try await Self.recommend(people, job, by: affiliate)
                            return true
                        } catch DomainError.tooMany(.recommendationsOfPerson, _) {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(sent == Recommendation.mailsMax)
        }
    }

    @Test func `an affiliate recommends so many in a day, and nobody twice`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            for number in 0..<Recommendation.perAffiliateMax {
                _ = try await Self.recommend(people, job, "n\(number)@example.com")
            }
            let expected = DomainError.tooMany(.recommendations, retryAfterSeconds: 86_400)
            await #expect(throws: expected) {
                _ = try await Self.recommend(people, job, "one-more@example.com")
            }
            await #expect(throws: DomainError.conflict(.recommendationWaiting)) {
                _ = try await Self.recommend(
                    people, job, "N1@example.com", at: People.now.adding(days: 1))
            }
        }
    }

    @Test func `a closed job takes no recommendation, and no confirmation`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let (_, token) = try await Self.recommend(people, job)
            _ = try await people.move(job, to: .closed)
            await #expect(throws: DomainError.gone(.job)) {
                _ = try await Self.confirm(token, people)
            }
            await #expect(throws: DomainError.gone(.job)) {
                _ = try await Self.recommend(people, job, "other@example.com")
            }
            // It was not used up: what is kept can still be erased.
            try await Self.refuse(token, people)
        }
    }

    @Test func `whose address is not confirmed recommends nobody`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            try await people.store.database.execute(
                "UPDATE account SET email_confirmed_at = NULL WHERE id = \(people.affiliate.id)")
            await #expect(throws: DomainError.conflict(.addressNotConfirmed)) {
                _ = try await Self.recommend(people, job)
            }
        }
    }

    @Test func `who recommends themselves is marked for the admin`() async throws {
        try await withPeople { people in
            let (id, token) = try await Self.recommend(
                people, try await people.job(), "ana@example.com")
            _ = try await Self.confirm(token, people)
            let marked: SQL = "SELECT count(*) FROM self_dealing WHERE introduction_id = \(id)"
            #expect(try await people.store.count(marked) == 1)
        }
    }
}
