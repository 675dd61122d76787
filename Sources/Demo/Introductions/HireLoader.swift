import Domain
import Store

/// Reports and records hires one by one, in order of time, as companies and admins do: money is
/// made in one way only.
struct HireLoader: Sendable {
    let loader: DemoLoader
    let jobs: [LoadedJob]
    let people: DemoLoader.People

    private struct Event {
        let at: Instant
        let introduction: IntroductionID
        let sketch: Sketch
        let isRecording: Bool
    }

    /// What was recorded, in order of time.
    func load(
        _ sketches: [Sketch], _ introductions: [IntroductionID]
    ) async throws -> [HireRecording.RecordedHire] {
        let events = events(sketches, introductions)
        var recorded: [HireRecording.RecordedHire] = []
        var due: Set<CalendarDate> = []
        for (index, event) in events.enumerated() {
            if let hire = try await run(event) {
                recorded.append(hire)
                due.formUnion(hire.commissions.map(\.dueOn))
            }
            loader.progress(DemoProgress(step: .hires, done: index + 1, total: events.count))
        }
        try await turnClock(due)
        return recorded
    }

    /// Ends the guarantees that were over before today, each on its day.
    private func turnClock(_ due: Set<CalendarDate>) async throws {
        for day in due.sorted() where Instant(day) < loader.calendar.midnight {
            var isFull = true
            while isFull {
                isFull = try await loader.store.clock.advance(
                    at: Instant(day), in: loader.transaction
                ).isFull
            }
        }
    }

    private func events(_ sketches: [Sketch], _ introductions: [IntroductionID]) -> [Event] {
        var events: [Event] = []
        for (sketch, id) in zip(sketches, introductions) {
            if let at = sketch.reportedAt {
                events.append(
                    Event(at: at, introduction: id, sketch: sketch, isRecording: false))
            }
            if let at = sketch.recordedAt {
                events.append(
                    Event(at: at, introduction: id, sketch: sketch, isRecording: true))
            }
        }
        return events.sorted { ($0.at, $0.introduction) < ($1.at, $1.introduction) }
    }

    /// The hire, where one was recorded.
    private func run(_ event: Event) async throws -> HireRecording.RecordedHire? {
        var random = DemoRandom(seed: event.sketch.seed ^ 2)
        guard let reportedAt = event.sketch.reportedAt else { return nil }
        let startsOn = reportedAt.date.adding(days: random.number(in: 3...16))
        if event.isRecording {
            return try await loader.store.recording.record(
                event.introduction, startsOn: startsOn, by: people.admin, at: event.at,
                in: loader.transaction)
        } else {
            let job = jobs[event.sketch.job]
            _ = try await loader.store.hires.report(
                event.introduction, startsOn: startsOn,
                note: try Note(random.chance(50) ? "Contract signed by both sides." : ""),
                by: people.companies[job.outline.company], at: event.at, in: loader.transaction)
            return nil
        }
    }
}
