import Domain
import HTTP
import Store

/// Payout runs, by an admin.
struct PayoutHandlers {
    let visit: Visit

    private static let batchesShown = PageLimit(clamping: 10)
    private static let linesShown = PageLimit(clamping: 100)

    func list() async throws -> Response {
        let fields = Fields.form(FormData(fields: visit.query.fields))
        do {
            return visit.page(try await page(try choice(fields)))
        } catch let error as DomainError where error.isAboutTheForm {
            return try await again(fields, error)
        }
    }

    /// Makes the batch that was shown; whoever presses twice, or presses with another, gets one.
    func create() async throws -> Response {
        let principal = try visit.principal()
        let fields = visit.fields
        do {
            let choice = try choice(fields)
            guard let decided = Fingerprint(fields[HireDeedForm.fingerprint]) else {
                throw DomainError.conflict(.changedMeanwhile)
            }
            let batch = try await visit.store.write { transaction in
                try await visit.store.payouts.create(
                    choice, decided: decided, by: principal, at: visit.now, in: transaction)
            }
            return visit.redirect(to: AdminRoute.batch(batch.id).path, notice: .batchMade)
        } catch let error as DomainError where error.isAboutTheForm {
            return try await again(fields, error)
        }
    }

    func show(_ id: PayoutBatchID) async throws -> Response {
        visit.page(try await page(id))
    }

    /// Keeps what the bank did with the lines that were chosen: all of it or nothing.
    func settle(_ id: PayoutBatchID) async throws -> Response {
        let principal = try visit.principal()
        do {
            var chosen: [PayoutID] = []
            if case .form(let form) = visit.fields {
                chosen = form.values(of: "payout").compactMap { PayoutID($0) }
            }
            let answer = try BankAnswer(visit.fields, on: chosen)
            try await visit.store.write { transaction in
                try await visit.store.payoutAnswers.settle(
                    answer.payouts, of: id, failure: answer.failure, note: answer.note,
                    by: principal, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await page(id, input: visit.fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(to: AdminRoute.batch(id).path, notice: .payoutsSettled)
    }

    /// Hands out the file for the bank.
    func file(_ id: PayoutBatchID) async throws -> Response {
        let principal = try visit.principal()
        guard let payer = visit.services.settings.payer else {
            return visit.page(try await page(id), status: .conflict)
        }
        let file = try await visit.store.write { transaction in
            try await visit.store.payoutAnswers.file(
                of: id, from: payer, by: principal, at: visit.now, in: transaction)
        }
        return visit.download(file.bytes, mediaType: file.mediaType, name: file.fileName)
    }

    // MARK: What was sent

    private func choice(_ fields: Fields) throws(DomainError) -> PayoutRun.Choice {
        try PayoutRun.Choice(fields, today: visit.today)
    }

    // MARK: Pages

    private func again(_ fields: Fields, _ error: DomainError) async throws -> Response {
        let today = try PayoutRun.Choice(currency: .eur, cutOff: visit.today)
        let choice = (try? choice(fields)) ?? today
        let page = try await page(choice, input: fields.typed(failure: error))
        return visit.page(page, after: error)
    }

    private func page(
        _ choice: PayoutRun.Choice, input: FormInput = FormInput()
    ) async throws -> AdminPayoutsPage {
        let run = try await visit.store.payouts.preview(choice)
        let batches = try await visit.store.payoutLists.batches(
            after: visit.cursor, limit: Self.batchesShown)
        let names = try await visit.store.payoutLists.names(of: run.skipped.map(\.affiliate))
        return AdminPayoutsPage(
            run: AdminPayoutsPage.Run(
                currency: choice.currency, cutOff: choice.cutOff, minimum: choice.minimum,
                total: try run.total(), fingerprint: run.fingerprint,
                lines: run.lines.map { line in
                    AdminPayoutsPage.Line(
                        affiliate: line.affiliate, holder: line.details.holder,
                        iban: line.details.iban, amount: line.total,
                        commissions: line.commissions.count)
                },
                skipped: run.skipped.map { skipped in
                    AdminPayoutsPage.Skipped(
                        name: names[skipped.affiliate] ?? PersonName(stored: "–"),
                        amount: skipped.amount, reason: skipped.reason)
                }),
            batches: batches.items.map { batch in
                AdminPayoutsPage.Batch(
                    id: batch.id, createdAt: batch.createdAt, count: batch.count,
                    total: batch.total)
            }, isFirst: visit.cursor == nil, nextCursor: batches.next?.text, input: input)
    }

    private func page(
        _ id: PayoutBatchID, input: FormInput = FormInput()
    ) async throws -> AdminBatchPage {
        let batch = try await visit.store.payoutLists.batch(id)
        let lines = try await visit.store.payoutLists.payouts(
            of: id, after: visit.cursor, limit: Self.linesShown)
        return AdminBatchPage(
            batch: id, total: batch.total, hasPayer: visit.services.settings.payer != nil,
            payouts: lines.items.map { payout in
                AdminBatchPage.Payout(
                    id: payout.id, holder: payout.details.holder, iban: payout.details.iban,
                    amount: payout.amount, state: payout.state, failure: payout.failure)
            }, isFirst: visit.cursor == nil, nextCursor: lines.next?.text, input: input)
    }
}

extension Visit {
    /// Answers with a file that browsers keep and do not show.
    func download(_ bytes: [UInt8], mediaType: String, name: String) -> Response {
        var response = Response(.ok)
        response.fields.add(.contentType, mediaType)
        response.body = .bytes(bytes)
        response.fields.add(.contentDisposition, ContentDisposition.attachment(name))
        response.fields.append(isSecure ? SecurityFields.secureFile : SecurityFields.file)
        return response
    }
}
