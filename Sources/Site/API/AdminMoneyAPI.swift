import Domain
import HTTP
import Store

/// The admin's part of the money path for programs.
struct AdminMoneyAPI {
    let visit: Visit

    // MARK: Hires

    /// What a decision would do; nothing is done.
    func hireDecision(_ id: HireID) async throws -> Response {
        _ = try visit.listQuery()
        let principal = try visit.principal()
        return try await visit.aboutParameters { fields in
            let form = try HireDeedForm(fields)
            return visit.json(
                HireConsequencesResource(
                    consequences: try await visit.store.hireEnding.preview(
                        form.deed, on: id, by: principal, today: visit.today)))
        }
    }

    /// Does what the preview showed.
    func decideHire(_ id: HireID) async throws -> Response {
        let fields = try visit.sentFields()
        let form = try HireDeedForm(fields)
        let decided = try Self.fingerprint(fields)
        let principal = try visit.principal()
        return try await visit.write { transaction in
            DecidedHireResource(
                outcome: try await visit.store.hireEnding.perform(
                    form.deed, on: id, decided: decided, by: principal, at: visit.now,
                    in: transaction))
        }
    }

    // MARK: Commissions

    func commissions() async throws -> Response {
        let query = try visit.listQuery()
        let state = query["state"].flatMap { CommissionState(rawValue: $0) } ?? .pending
        let found = try await visit.store.commissions.waiting(
            in: state, after: query.after, limit: query.limit)
        return visit.json(found) { AdminCommissionResource(row: $0, state: state) }
    }

    func decideCommissions() async throws -> Response {
        let content = try visit.sentContent()
        let fields = Fields.json(of: content)
        let (deed, note) = try AdminCommissionHandlers.decision(fields)
        let ids: [CommissionID] = Self.ids(content["commissions"])
        let principal = try visit.principal()
        return try await visit.write { transaction in
            DecidedCommissionsResource(
                changed: try await visit.store.commissionDeeds.decide(
                    deed, on: ids, note: note, by: principal, at: visit.now, in: transaction))
        }
    }

    func grantCommission(_ id: HireID) async throws -> Response {
        let content = try visit.sentContent()
        let sent = content["amount"]
        guard let currency = sent?["currency"]?.text.flatMap({ Currency(rawValue: $0) }) else {
            throw DomainError.invalid([ValidationError(.amount, .unsupported)])
        }
        // As a person would type it, so that the same rules read it.
        let amount = Money(minorUnits: sent?["minor_units"]?.integer ?? 0, currency: currency)
        let fields = Fields.json(of: content, with: [.amount: amount.decimal])
        let form = try GrantForm(fields, to: id, in: currency)
        let principal = try visit.principal()
        return try await visit.write(
            at: { _ in APIRoute.hire(id).path },
            { transaction in
                GrantedCommissionResource(
                    id: try await visit.store.commissionDeeds.add(
                        form.grant, by: principal, at: visit.now, in: transaction),
                    grant: form.grant)
            })
    }

    // MARK: Payouts

    func payoutRun() async throws -> Response {
        let query = try visit.listQuery()
        return try await visit.aboutParameters { fields in
            let named = Fields.json([
                ValidationError.Field.commissionCurrency.rawValue:
                    .text(query["currency"] ?? ""),
                ValidationError.Field.cutOff.rawValue: .text(fields[.cutOff]),
            ])
            let run = try await visit.store.payouts.preview(
                try PayoutRun.Choice(named, today: visit.today))
            let names = try await visit.store.payoutLists.names(
                of: run.skipped.map(\.affiliate))
            return visit.json(
                PayoutRunResource(run: run, total: try run.total(), names: names))
        }
    }

    func batches() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await visit.store.payoutLists.batches(
            after: query.after, limit: query.limit)
        return visit.json(found) { BatchResource(batch: $0) }
    }

    /// Makes the batch that was shown.
    func createBatch() async throws -> Response {
        let content = try visit.sentContent()
        let fields = Fields.json(
            of: content, with: [.commissionCurrency: content["currency"]?.text ?? ""])
        let choice = try PayoutRun.Choice(fields, today: visit.today)
        let decided = try Self.fingerprint(fields)
        let principal = try visit.principal()
        return try await visit.write(
            at: { APIRoute.batch($0.batch.id).path },
            { transaction in
                BatchResource(
                    batch: try await visit.store.payouts.create(
                        choice, decided: decided, by: principal, at: visit.now,
                        in: transaction))
            })
    }

    func batch(_ id: PayoutBatchID) async throws -> Response {
        visit.json(BatchResource(batch: try await visit.store.payoutLists.batch(id)))
    }

    func batchPayouts(_ id: PayoutBatchID) async throws -> Response {
        let query = try visit.listQuery()
        _ = try await visit.store.payoutLists.batch(id)
        let found = try await visit.store.payoutLists.payouts(
            of: id, after: query.after, limit: query.limit)
        return visit.json(found) { AdminPayoutResource(payout: $0) }
    }

    /// Hands out the file for the bank; the same one each time, so that no key is needed.
    func batchFile(_ id: PayoutBatchID) async throws -> Response {
        _ = try visit.sentKey()
        _ = try visit.sentContent()
        let principal = try visit.principal()
        guard let payer = visit.services.settings.payer else {
            throw Unacceptable(status: .conflict, code: "payer_missing")
        }
        let file = try await visit.store.write { transaction in
            try await visit.store.payoutAnswers.file(
                of: id, from: payer, by: principal, at: visit.now, in: transaction)
        }
        return visit.download(file.bytes, mediaType: file.mediaType, name: file.fileName)
    }

    func settlePayouts(_ id: PayoutBatchID) async throws -> Response {
        let content = try visit.sentContent()
        let answer = try BankAnswer(
            .json(of: content), on: Self.ids(content["payouts"]))
        let principal = try visit.principal()
        return try await visit.write { transaction in
            try await visit.store.payoutAnswers.settle(
                answer.payouts, of: id, failure: answer.failure, note: answer.note,
                by: principal, at: visit.now, in: transaction)
            return BatchResource(
                batch: try await visit.store.payoutLists.batch(id, in: transaction))
        }
    }

    // MARK: What was sent

    private static func fingerprint(_ fields: Fields) throws(DomainError) -> Fingerprint {
        guard let decided = Fingerprint(fields[HireDeedForm.fingerprint]) else {
            throw .conflict(.changedMeanwhile)
        }
        return decided
    }

    /// What is no key names nothing, and is looked for in vain.
    private static func ids<Tag>(_ value: JSONValue?) -> [ID<Tag>] {
        (value?.list ?? []).compactMap(\.integer).map { ID<Tag>($0) }
    }
}

extension Fields {
    /// The members of an object that was sent, with some put into the form that rules read.
    static func json(
        of content: JSONValue, with others: [ValidationError.Field: String] = [:]
    ) -> Fields {
        guard case .object(var members) = content else { return .json([:]) }
        for (field, text) in others { members[field.rawValue] = .text(text) }
        return .json(members)
    }
}

extension Visit {
    /// Answers a read whose values stand in the query: what rules refuse is said of its parameters.
    func aboutParameters(
        _ answer: (Fields) async throws -> Response
    ) async throws -> Response {
        do {
            return try await answer(.form(FormData(fields: query.fields)))
        } catch DomainError.invalid(let errors) {
            throw RefusedRequest(
                complaints: errors.map { error in
                    Complaint(place: .parameter(error.field.rawValue), reason: .value(error))
                })
        }
    }
}
