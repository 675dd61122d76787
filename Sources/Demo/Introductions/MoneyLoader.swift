import Domain
import Store

/// What became of the money of the hires: accounts to be paid to, a run that was paid but for one
/// payout, something held, and a dispute that waits for an answer.
///
/// The demo affiliate has no account yet: to name one is the first thing to try.
struct MoneyLoader: Sendable {
    let loader: DemoLoader
    let people: DemoLoader.People

    private var store: Store { loader.store }

    func load(_ hires: [HireRecording.RecordedHire]) async throws {
        try await nameAccounts()
        for currency in Currency.allCases { try await pay(in: currency) }
        try await hold(hires)
        try await dispute(hires)
    }

    private func moment(daysAgo days: Int) -> Instant {
        loader.calendar.midnight.adding(days: -days).adding(seconds: 36_000)
    }

    /// Most affiliates have said where they are paid.
    private func nameAccounts() async throws {
        for (index, affiliate) in people.affiliates.enumerated() where index != Showcase.affiliate {
            var random = DemoRandom(seed: loader.seed, stream: 11, index: index)
            guard random.chance(80) else { continue }
            let details = PayoutDetails(
                holder: try AccountHolder(people.affiliateNames[index].text),
                iban: try iban(&random),
                country: .romania,
                taxID: try TaxID("RO\(random.number(in: 1_000_000...9_999_999))"))
            _ = try await store.payoutAccounts.set(
                details, by: affiliate, at: moment(daysAgo: 120), in: loader.transaction)
        }
    }

    /// A number that no bank gave out, with the check digits that make it one (ISO 13616).
    private func iban(_ random: inout DemoRandom) throws -> IBAN {
        let account = (0..<16).map { _ in "\(random.below(10))" }.joined()
        for check in 2...98 {
            let digits = check < 10 ? "0\(check)" : "\(check)"
            if let iban = try? IBAN("RO\(digits)DEMO\(account)") { return iban }
        }
        throw DemoError.unusable(account)
    }

    /// A run of last week: the bank has paid all of it but the first payout.
    private func pay(in currency: Currency) async throws {
        let choice = try PayoutRun.Choice(
            currency: currency, cutOff: moment(daysAgo: 7).date)
        let transaction = loader.transaction
        let run = try await store.payouts.preview(choice, in: transaction)
        guard !run.lines.isEmpty else { return }
        let batch = try await store.payouts.create(
            choice, decided: run.fingerprint, by: people.admin, at: moment(daysAgo: 6),
            in: transaction)
        let payer = PaymentFile.Payer(
            name: try AccountHolder("Vouch Demo"), iban: try IBAN("RO49AAAA1B31007593840000"))
        _ = try await store.payoutAnswers.file(
            of: batch.id, from: payer, by: people.admin, at: moment(daysAgo: 6),
            in: transaction)
        for (index, payout) in try await store.payouts.payouts(of: batch.id, in: transaction)
            .enumerated()
        {
            if index == 0, run.lines.count > 1 {
                try await store.payoutAnswers.failed(
                    payout, because: .accountClosed, note: Note(stored: ""), by: people.admin,
                    at: moment(daysAgo: 4), in: transaction)
            } else {
                try await store.payoutAnswers.paid(
                    payout, by: people.admin, at: moment(daysAgo: 4), in: transaction)
            }
        }
    }

    /// What is due in the future, newest hire first.
    private func pending(
        _ hires: [HireRecording.RecordedHire]
    ) -> [(hire: HireRecording.RecordedHire, commission: CommissionID)] {
        hires.reversed().compactMap { hire in
            hire.commissions.last { $0.dueOn > loader.calendar.today }.map { (hire, $0.id) }
        }
    }

    private func hold(_ hires: [HireRecording.RecordedHire]) async throws {
        let own = people.affiliates[Showcase.affiliate].affiliate
        guard let found = pending(hires).first(where: { $0.hire.affiliate != own }) else { return }
        _ = try await store.commissionDeeds.decide(
            .hold(.other), on: [found.commission],
            note: try Note("We are waiting for the signed contract."), by: people.admin,
            at: moment(daysAgo: 1), in: loader.transaction)
    }

    /// The demo company says that it knew somebody before.
    private func dispute(_ hires: [HireRecording.RecordedHire]) async throws {
        let company = people.companies[Showcase.company]
        guard let found = pending(hires).first(where: { $0.hire.company == company.company })
        else { return }
        let opening = Disputes.Opening(
            subject: .commission(found.commission), reason: .alreadyKnown,
            text: try DisputeText(
                "This candidate wrote to us at a fair in spring, before the introduction."),
            amount: nil)
        _ = try await store.disputes.open(
            opening, by: company, at: moment(daysAgo: 1), in: loader.transaction)
    }
}
