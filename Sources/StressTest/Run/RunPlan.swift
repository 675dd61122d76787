import EventLoop
import TLS

/// A run with all decided: what a profile becomes for one target.
package struct RunPlan: Sendable {
    /// What the caller decides beside the profile.
    package struct Options: Sendable {
        /// Threads of the generator, one for each core that it may have.
        package var threads = 1
        /// Repeats the arrivals and the visitors' choices.
        package var seed: UInt64 = 1
        /// What is meant to be sent before is not counted.
        package var warmUp = Duration.zero
        /// Connections at once, over all threads.
        package var connectionsMax = 1_000
        /// How many of 127.0.0.1, 127.0.0.2, ... connections come from; for a target of 127.0.0.0/8
        /// only. One address has some 28,000 ports.
        package var sources = 1
        /// Part of every `${unique}`: another one for each run against one database.
        package var tag = "0"
        /// Whether TLS sessions are resumed.
        package var resumesTLS = true

        package init() {}
    }

    package let phases: Phases
    package let options: Options
    package let target: Target
    let classes: [ClassPlan]
    /// Sentences about classes that were left out.
    package let notices: [String]

    /// The names of the classes that are played.
    package var classNames: [String] { classes.map(\.name) }

    /// - Parameters:
    ///   - lists: values by list, see `Discovery`.
    ///   - environment: what `${env:NAME}` stands for.
    ///   - isOwn: whether somebody vouches that public addresses may be loaded.
    /// - Throws: `ProfileProblems` where a class that is not optional lacks something,
    ///   `Target.Problem`, `TLSError`.
    package init(
        _ profile: Profile, target: Target, lists: [String: [String]],
        environment: [String: String], isOwn: Bool = false, options: Options
    ) throws {
        phases = profile.phases
        self.options = options
        self.target = target
        var played: [TrafficClass] = []
        var notices: [String] = []
        var problems: [String] = []
        for traffic in profile.classes {
            let missing = PlanBuilder.missing(
                for: traffic, environment: environment, lists: lists,
                of: profile.lists)
            if missing.isEmpty {
                played.append(traffic)
            } else if traffic.isOptional {
                notices.append("left out: \(traffic.name) (\(missing.joined(separator: ", ")))")
            } else {
                problems.append("\(traffic.name): \(missing.joined(separator: ", "))")
            }
        }
        if played.isEmpty, problems.isEmpty { problems = ["no class is left to be played"] }
        guard problems.isEmpty else { throw ProfileProblems(problems) }
        self.notices = notices
        var contexts: [Target: TLSClientContext] = [:]
        classes = try played.map { traffic in
            let own = try traffic.target?.text(in: environment).map {
                try Target($0, isOwn: isOwn)
            }
            let target = own ?? target
            if target.isSecure, contexts[target] == nil {
                contexts[target] = try TLSClientContext(
                    serverName: target.serverName, resumes: options.resumesTLS)
            }
            return Self.plan(
                traffic, rate: Self.rate(of: traffic, in: played, profile.rate), target: target,
                tls: contexts[target],
                PlanBuilder(environment: environment, lists: lists))
        }
    }

    private static func plan(
        _ traffic: TrafficClass, rate: Double, target: Target, tls: TLSClientContext?,
        _ start: PlanBuilder
    ) -> ClassPlan {
        var builder = start
        let (steps, slotCount, choices) = builder.steps(of: traffic, authority: target.authority)
        var isScaled = false
        if case .share = traffic.arrivals { isScaled = true }
        return ClassPlan(
            name: traffic.name, rate: rate, isScaled: isScaled,
            connections: traffic.connections, patience: traffic.patience, target: target, tls: tls,
            steps: steps, slotCount: slotCount, choices: choices)
    }

    private static func rate(
        of traffic: TrafficClass, in all: [TrafficClass], _ rate: Double
    ) -> Double {
        switch traffic.arrivals {
        case .fixed(let own): return own
        case .share(let share), .steady(let share):
            let sum = all.reduce(0.0) { $0 + $1.arrivals.share }
            return rate * share / sum
        }
    }

    /// How often visitors of a class arrive at one of the threads, and when.
    func schedule(of index: Int, lane: Int) -> ArrivalSchedule {
        let plan = classes[index]
        let steady = Phases(steady: phases.length)
        let stream = UInt64(lane) << 32 | UInt64(index) << 1
        return ArrivalSchedule(
            rate: plan.rate / Double(options.threads), phases: plan.isScaled ? phases : steady,
            random: SeededRandom(seed: options.seed, stream: stream))
    }
}

extension TrafficClass.Arrivals {
    /// The share of the profile's rate; 0 where it does not depend on that.
    fileprivate var share: Double {
        switch self {
        case .share(let share), .steady(let share): share
        case .fixed: 0
        }
    }
}
