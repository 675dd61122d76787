import ArgumentParser
import EventLoop
import Foundation
import StressTest

/// What all stress commands share: whom they load, with what, and by what means.
struct StressOptions: ParsableArguments {
    @Option(help: "The server, as scheme, host and port.")
    var target = "http://127.0.0.1:8080"

    @Option(help: "A profile in JSON; without it the built-in one.")
    var profile: String?

    @Option(help: "Visitors a second at 1x, instead of the profile's.")
    var rate: Double?

    @Option(help: "kept, visit or new for every class, instead of the profile's.")
    var connections: ConnectionMode?

    @Option(help: "Only these classes of the profile, separated by commas.")
    var classes: String?

    @Option(help: "Threads of the generator: one for each core that it may have.")
    var threads = 1

    @Option(
        help: "Connections come from so many addresses of 127.0.0.0/16, where the target is there.")
    var sources = 4_000

    @Option(help: "Repeats a run's arrivals and choices.")
    var seed: UInt64 = 1

    @Option(help: "What is meant to be sent before is not counted, as in 1s.")
    var warmUp: String?

    @Flag(help: "Handshake in full for every TLS connection.")
    var fullHandshakes = false

    @Flag(help: "Load an address that is neither this machine's nor of a private network.")
    var iOwnTheTarget = false

    func validate() throws {
        if let rate, !(0.01...1_000_000).contains(rate) {
            throw ValidationError("--rate is not from 0.01 to 1000000")
        }
        guard (1...256).contains(threads) else { throw ValidationError("--threads: 1 to 256") }
        guard (1...60_000).contains(sources) else {
            throw ValidationError("--sources: 1 to 60000")
        }
        if let warmUp, Duration(shortText: warmUp) == nil {
            throw ValidationError("--warm-up is not a time such as 1s")
        }
    }

    /// The profile with what the options change in it.
    func readProfile() throws -> Profile {
        var bytes = Array(Profile.defaultText.utf8)
        if let path = profile {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ProfileProblems(["\(path) cannot be read"])
            }
            bytes = Array(data)
        }
        var profile = try Profile(json: bytes)
        if let rate { profile.rate = rate }
        if let connections {
            for index in profile.classes.indices {
                profile.classes[index].connections = connections
            }
        }
        guard let classes else { return profile }
        let wanted = classes.split(separator: ",").map(String.init)
        let unknown = wanted.filter { name in !profile.classes.contains { $0.name == name } }
        if !unknown.isEmpty {
            throw ProfileProblems(["--classes: there is no \(unknown.joined(separator: ", "))"])
        }
        profile.classes.removeAll { !wanted.contains($0.name) }
        return profile
    }

    /// What is known of the target before the first run.
    func discover(_ profile: Profile) async throws -> Surroundings {
        let environment = ProcessInfo.processInfo.environment
        let (origin, isOwn) = (target, iOwnTheTarget)
        return try await Self.onThread {
            let target = try Target(origin, isOwn: isOwn)
            let lists = try Discovery.fetch(
                profile.lists, from: target, environment: environment)
            return Surroundings(
                target: target, lists: lists, environment: environment,
                connectionsMax: StressRun.raiseDescriptors())
        }
    }

    /// A run's plan.
    func plan(_ profile: Profile, _ surroundings: Surroundings) throws -> RunPlan {
        var options = RunPlan.Options()
        options.threads = threads
        options.seed = seed
        options.sources = sources
        options.warmUp = warmUp.flatMap { Duration(shortText: $0) } ?? .zero
        options.resumesTLS = !fullHandshakes
        options.connectionsMax = surroundings.connectionsMax
        // Two runs against one database must not meet in an address or a key.
        options.tag = String(UInt64(Date().timeIntervalSince1970 * 1_000), radix: 36)
        return try RunPlan(
            profile, target: surroundings.target, lists: surroundings.lists,
            environment: surroundings.environment, isOwn: iOwnTheTarget, options: options)
    }

    /// Runs what blocks on a thread of its own.
    static func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            startThread(name: "stress") { continuation.resume(with: Result(catching: body)) }
        }
    }

    struct Surroundings: Sendable {
        let target: Target
        let lists: [String: [String]]
        let environment: [String: String]
        let connectionsMax: Int
    }
}

extension ConnectionMode: ExpressibleByArgument {}
