import Foundation

/// What a run came to.
package struct RunReport: Sendable, Encodable {
    /// One phase of it.
    package struct PhaseFigures: Sendable, Encodable {
        package let factor: Double
        /// How long it was counted: without the warm-up.
        package let seconds: Double
        package let all: Figures
        /// The classes that the phases multiply, together.
        package let scaled: Figures
        package let classes: [Figures]
    }

    /// What the generator says of itself.
    package struct Generator: Sendable, Encodable {
        package let threads: Int
        package let seed: UInt64
        /// Milliseconds from when a request was meant to be sent to when the generator began to.
        package let lagP50: Double
        package let lagP99: Double
        package let lagLongest: Double
        package let connectionsOpened: Int
        package let connectionsOpenMax: Int
        package let connectionsAllowed: Int
        package let sessionsResumed: Int
        package let requestsRetried: Int
        /// Unsent because the generator came to them after the visitors' patience.
        package let requestsOverslept: Int
        /// Visitors who were on their way when the run was cut short.
        package let visitsUnfinished: Int
    }

    /// 100 ms of one class, in the order of `TimelineFigures.columns`.
    package struct TimelineFigures: Sendable, Encodable {
        package let slotMilliseconds: Int
        package let columns: [String]
        package let classes: [String: [[Double]]]
    }

    package let target: String
    package let generator: Generator
    /// Whether the run was ended before its time.
    package let isCutShort: Bool
    package let all: Figures
    /// The classes that the phases multiply, together: what capacity is measured by.
    package let scaled: Figures
    package let classes: [Figures]
    package let phases: [PhaseFigures]
    package let timeline: TimelineFigures
    /// What makes the figures doubtful, and which classes were left out.
    package let warnings: [String]

    /// Above this the figures speak of the generator.
    package static let lagP99Max = Duration.milliseconds(5)

    init(_ plan: RunPlan, _ recorder: Recorder, isCutShort: Bool) {
        self.isCutShort = isCutShort
        target = (plan.target.isSecure ? "https://" : "http://") + plan.target.authority
        let names = plan.classNames
        // What was not reached does not dilute what was.
        let length = isCutShort ? recorder.length : plan.phases.length
        let phases = plan.phases.list.indices.map {
            Self.phase($0, plan, recorder, length: length)
        }
        self.phases = phases
        let seconds = phases.reduce(0) { $0 + $1.seconds }
        let tallies = names.indices.map { index in
            Self.sum(recorder.tallies.map { $0[index] })
        }
        all = Figures("all", Self.sum(tallies), seconds: seconds)
        scaled = Figures("scaled", Self.scaled(tallies, plan), seconds: seconds)
        classes = zip(names, tallies).map { Figures($0, $1, seconds: seconds) }
        timeline = Self.timeline(names, recorder.timelines)
        generator = Self.generator(plan, recorder)
        warnings = plan.notices + Self.warnings(generator, all)
    }

    private static func phase(
        _ index: Int, _ plan: RunPlan, _ recorder: Recorder, length: Duration
    ) -> PhaseFigures {
        let start = plan.phases.start(of: index)
        let end = max(start, min(start + plan.phases.list[index].length, length))
        let seconds = (end - max(start, min(plan.options.warmUp, end))).inSeconds
        let tallies = recorder.tallies[index]
        var whole = Timeline()
        var multiplied = Timeline()
        for (timeline, traffic) in zip(recorder.timelines, plan.classes) {
            whole.merge(timeline)
            if traffic.isScaled { multiplied.merge(timeline) }
        }
        func figures(_ name: String, _ tally: Tally, _ timeline: Timeline) -> Figures {
            Figures(
                name, tally, seconds: seconds,
                settledAfter: timeline.settled(from: start, to: end, within: Outcome.promptWithin))
        }
        return PhaseFigures(
            factor: plan.phases.list[index].factor, seconds: seconds,
            all: figures("all", sum(tallies), whole),
            scaled: figures("scaled", scaled(tallies, plan), multiplied),
            classes: plan.classNames.indices.map {
                figures(plan.classNames[$0], tallies[$0], recorder.timelines[$0])
            })
    }

    private static func scaled(_ tallies: [Tally], _ plan: RunPlan) -> Tally {
        sum(zip(tallies, plan.classes).filter { $1.isScaled }.map { $0.0 })
    }

    private static func sum(_ tallies: [Tally]) -> Tally {
        tallies.reduce(into: Tally()) { $0.merge($1) }
    }

    private static func generator(_ plan: RunPlan, _ recorder: Recorder) -> Generator {
        Generator(
            threads: plan.options.threads, seed: plan.options.seed,
            lagP50: recorder.lag.value(at: 0.5).inMilliseconds,
            lagP99: recorder.lag.value(at: 0.99).inMilliseconds,
            lagLongest: recorder.lag.longest.inMilliseconds,
            connectionsOpened: recorder.connections.opened,
            connectionsOpenMax: recorder.connections.openMax,
            connectionsAllowed: plan.options.connectionsMax,
            sessionsResumed: recorder.connections.resumed,
            requestsRetried: recorder.connections.retried,
            requestsOverslept: recorder.overslept, visitsUnfinished: recorder.unfinished)
    }

    private static func warnings(_ generator: Generator, _ all: Figures) -> [String] {
        var found: [String] = []
        if generator.lagP99 > lagP99Max.inMilliseconds {
            found.append(
                "the generator was late (99 of 100 within \(Int(generator.lagP99)) ms): the figures "
                    + "speak of it too; give it more cores, or ask less")
        }
        let short = all.unsent - generator.requestsOverslept
        if short > 0 {
            found.append(
                "\(short) requests were not sent for want of descriptors or ports; raise "
                    + "'ulimit -n', or --sources")
        }
        return found
    }

    private static func timeline(_ names: [String], _ timelines: [Timeline]) -> TimelineFigures {
        let rows = timelines.map { timeline in
            timeline.slots.map { slot in
                Outcome.allCases.map { Double(slot[$0]) } + [
                    slot.latency.value(at: 0.5).inMilliseconds,
                    slot.latency.value(at: 0.99).inMilliseconds,
                ]
            }
        }
        return TimelineFigures(
            slotMilliseconds: Int(Timeline.slotLength.inMilliseconds),
            columns: ["good", "late", "refused", "failed", "gaveUp", "unsent", "p50", "p99"],
            classes: Dictionary(uniqueKeysWithValues: zip(names, rows)))
    }

    /// The report as JSON.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(self)) + [0x0A]
    }
}
