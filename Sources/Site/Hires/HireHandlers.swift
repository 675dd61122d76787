import Domain
import HTTP
import Store

/// The hires before an admin.
struct HireHandlers {
    let visit: Visit

    private static let recordedShown = PageLimit(clamping: 20)

    func list() async throws -> Response {
        let hires = visit.store.hires
        async let waiting = hires.reported(limit: PageLimit(clamping: PageLimit.max))
        let recorded = try await hires.recorded(limit: Self.recordedShown)
        let reported = try await waiting
        return visit.page(
            AdminHiresPage(
                reported: reported.items.map { AdminHireRow($0) },
                recorded: recorded.items.map { AdminHireRow($0) }))
    }

    func show(_ id: HireID) async throws -> Response {
        visit.page(try await page(id, key: visit.newIdempotencyKey()))
    }

    /// Records a reported hire. The form's key makes one answer of two sendings, the hire itself
    /// makes one hire of two forms.
    func record(_ id: HireID) async throws -> Response {
        let principal = try visit.principal()
        let hire = try await visit.store.hires.find(id)
        let path = AdminRoute.hire(id).path
        do {
            let key: IdempotencyKey
            do {
                key = try IdempotencyKey(visit.fields[.idempotencyKey])
            } catch {
                throw DomainError.invalid([error])
            }
            let request = KeyedRequest(
                account: principal.account, key: key,
                hash: Digest.sha256(Array("record \(id)".utf8)))
            _ = try await visit.store.once(request, at: visit.now) { transaction in
                _ = try await visit.store.recording.record(
                    hire.introduction, startsOn: hire.startsOn, by: principal, at: visit.now,
                    in: transaction)
                return StoredAnswer(status: 303, location: path, body: [])
            }
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await page(
                id, key: visit.newIdempotencyKey(), input: FormInput(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(to: path, notice: .hireRecorded)
    }

    // MARK: - By hand

    /// A candidate whose hire the company has not reported; with a first day, what recording does.
    func handRecordForm(_ id: IntroductionID) async throws -> Response {
        let fields = Fields.form(FormData(fields: visit.query.fields))
        let page = try await handPage(id, input: fields.typed())
        guard !fields[.startsOn].isEmpty else { return visit.page(page) }
        do {
            return visit.page(page.showing(try startsOn(fields)))
        } catch {
            return visit.page(
                try await handPage(id, input: fields.typed(failure: error)), after: error)
        }
    }

    /// Records it; the same again gives the same hire.
    func handRecord(_ id: IntroductionID) async throws -> Response {
        let principal = try visit.principal()
        let fields = visit.fields
        _ = try await visit.store.candidates.find(id, for: principal)
        do {
            let day = try startsOn(fields)
            let hire = try await visit.store.write { transaction in
                try await visit.store.recording.record(
                    id, startsOn: day, by: principal, at: visit.now, in: transaction)
            }
            return visit.redirect(to: AdminRoute.hire(hire.id).path, notice: .hireRecorded)
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                try await handPage(id, input: fields.typed(failure: error)), after: error)
        }
    }

    private func startsOn(_ fields: Fields) throws(DomainError) -> CalendarDate {
        do throws(ValidationError) {
            return try JobForm.date(fields, .startsOn)
        } catch {
            throw .invalid([error])
        }
    }

    private func handPage(
        _ id: IntroductionID, input: FormInput = FormInput()
    ) async throws -> HandRecordPage {
        let candidate = try await visit.store.candidates.find(
            id, for: try visit.principal())
        return HandRecordPage(
            introduction: id, candidate: candidate.summary.name, job: candidate.jobTitle,
            affiliate: candidate.summary.affiliateName, offer: candidate.offer,
            stage: candidate.summary.stage,
            history: candidate.steps.map { HistoryRow($0, texts: visit.texts) }, input: input)
    }

    private func page(
        _ id: HireID, key: String, input: FormInput = FormInput()
    ) async throws -> RecordHirePage {
        let hire = try await visit.store.hires.find(id)
        let candidate = try await visit.store.candidates.find(
            hire.introduction, for: try visit.principal())
        let isBrought = hire.affiliateName != nil
        return RecordHirePage(
            hire: AdminHireRow(hire),
            terms: isBrought ? (hire.termsVersion, hire.offer) : nil,
            schedule: isBrought
                ? CommissionSchedule(offer: hire.offer, startsOn: hire.startsOn) : nil,
            history: candidate.steps.map { HistoryRow($0, texts: visit.texts) },
            idempotencyKey: key, input: input)
    }
}

extension AdminHireRow {
    init(_ hire: Hires.Hire) {
        self.init(
            id: hire.id, candidate: hire.candidateName, job: hire.jobTitle,
            company: hire.companyName, affiliate: hire.affiliateName, state: hire.state,
            reportedAt: hire.reportedAt ?? hire.recordedAt ?? hire.introducedAt,
            startsOn: hire.startsOn,
            commission: hire.affiliateName == nil ? nil : hire.offer.commission,
            flags: hire.flags)
    }
}
