import Domain
import HTTP
import Store

/// A company's desk for programs.
struct CompanyAPI {
    let visit: Visit

    func jobs() async throws -> Response {
        let found = try await visit.store.jobs.list(
            of: try visit.company(), after: visit.cursor, limit: visit.limit)
        return visit.json(found) { summary in
            let job = summary.job
            return OwnJobRowResource(
                id: job.id, slug: job.slug, title: job.details.title, state: job.state,
                validThrough: job.details.validThrough)
        }
    }

    func job(_ id: JobID) async throws -> Response {
        let job = try await visit.store.jobs.find(id, for: try visit.principal())
        return visit.json(OwnJobResource(job))
    }

    func createJob() async throws -> Response {
        let form = try JobForm(try visit.sentFields(), today: visit.today)
        let random = visit.services.random.bytes(8)
        return try await visit.write(status: .created) { transaction in
            OwnJobResource(
                try await visit.store.jobs.create(
                    form.details, offer: form.offer, for: try visit.company(), random: random,
                    by: try visit.principal(), at: visit.now, in: transaction))
        }
    }

    func saveJob(_ id: JobID) async throws -> Response {
        let old = try await visit.store.jobs.find(id, for: try visit.principal())
        let form = try JobForm(
            try visit.sentFields(), today: visit.today, old: old.details.validThrough)
        return try await visit.write { transaction in
            OwnJobResource(
                try await visit.store.jobs.edit(
                    id, form.details, offer: form.offer, by: try visit.principal(),
                    at: visit.now, in: transaction))
        }
    }

    func move(_ id: JobID, to state: JobState) async throws -> Response {
        try await visit.write { transaction in
            OwnJobResource(
                try await visit.store.jobs.move(
                    id, to: state, by: try visit.principal(), at: visit.now,
                    in: transaction))
        }
    }

    func candidates(_ id: JobID) async throws -> Response {
        _ = try await visit.store.jobs.find(id, for: try visit.principal())
        let found = try await visit.store.candidates.list(
            of: id, after: visit.cursor, limit: visit.limit)
        return visit.json(found) { candidate in
            CandidateRowResource(
                id: candidate.introduction, name: candidate.name, stage: candidate.stage,
                createdAt: candidate.submittedAt)
        }
    }

    func introduction(_ id: IntroductionID) async throws -> Response {
        let found = try await visit.store.candidates.find(id, for: try visit.principal())
        return visit.json(IntroductionResource(found))
    }

    func moveStage(_ id: IntroductionID) async throws -> Response {
        let move = try StageForm(try visit.sentFields()).move
        return try await visit.write { transaction in
            try await visit.store.stages.move(
                id, move, by: try visit.principal(), at: visit.now, in: transaction)
            return StageResource(id: id, stage: move.target)
        }
    }

    func reportHire(_ id: IntroductionID) async throws -> Response {
        let startsOn = try JobForm.date(try visit.sentFields(), .startsOn)
        return try await visit.write(status: .created) { transaction in
            let hire = try await visit.store.hires.report(
                id, startsOn: startsOn, note: Note(stored: ""), by: try visit.principal(),
                at: visit.now, in: transaction)
            return ReportedHireResource(id: hire, introduction: id, startsOn: startsOn)
        }
    }

    func hires() async throws -> Response {
        let found = try await visit.store.hires.list(
            of: try visit.company(), after: visit.cursor, limit: visit.limit)
        return visit.json(found) { HireResource($0) }
    }
}

extension OwnJobResource {
    init(_ job: Jobs.OwnJob) {
        self.init(
            id: job.id, slug: job.slug, state: job.state, details: job.details,
            offer: job.offer, termsVersion: job.termsVersion)
    }
}

extension IntroductionResource {
    init(_ candidate: Candidates.Candidate) {
        let summary = candidate.summary
        self.init(
            id: summary.introduction, jobID: candidate.job, name: summary.name,
            email: summary.email, phone: summary.phone, message: candidate.message,
            hasCV: summary.hasCV, stage: summary.stage, createdAt: summary.submittedAt,
            history: candidate.steps.map { step in
                Step(
                    at: step.at, from: step.from, to: step.to, reason: step.reason?.rawValue,
                    note: step.note)
            })
    }
}

extension HireResource {
    init(_ hire: Hires.Hire) {
        self.init(
            id: hire.id, introduction: hire.introduction, state: hire.state,
            startsOn: hire.startsOn, candidateName: hire.candidateName, jobTitle: hire.jobTitle,
            companyName: hire.companyName)
    }
}
