import Foundation

/// Something that a test's surroundings should have had.
struct Missing: Error, CustomStringConvertible {
    let description: String
}

/// The value, or an error in place of a trap.
func require<Value>(
    _ value: Value?, _ what: String = "a value", line: Int = #line
) throws -> Value {
    guard let value else { throw Missing(description: "\(what) is missing (line \(line))") }
    return value
}

/// A new folder for one test.
func makeFolder(_ prefix: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "\(prefix)-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

/// Where screenshots are kept: `VOUCH_ARTIFACTS`, or `.build/artifacts` of the checkout.
func artifactsFolder() throws -> URL {
    let folder =
        ProcessInfo.processInfo.environment["VOUCH_ARTIFACTS"].map { URL(filePath: $0) }
        ?? repository.appending(path: ".build/artifacts")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

/// The root of the checkout.
let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// Asks again and again until the condition holds; an error after a minute.
func waitUntil(_ what: String, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            throw Missing(description: "in a minute it was not so that \(what)")
        }
        try await Task.sleep(for: .milliseconds(50))
    }
}

/// The environment of the tests without settings of the program, and with these.
func environmentLines(_ own: [String: String]) -> [String] {
    ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("VOUCH_") }
        .merging(own) { _, own in own }.map { "\($0.key)=\($0.value)" }
}
