import EmbeddedPostgres

/// Runs an installed program to its end, found by name, with nothing of this process's
/// environment; blocks.
package func runProgram(_ name: String, _ arguments: [String]) throws {
    let directory = try TemporaryDirectory()
    let output = "\(directory.path)/output"
    let child = try ChildProcess(
        ChildProcess.Options(
            path: "/usr/bin/env", arguments: [name] + arguments, directory: directory.path,
            environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"], outputPath: output))
    guard child.waitForEnd(milliseconds: 60_000), child.status == 0 else {
        child.signal(9)
        throw TestFailure("\(name) failed: \(TemporaryDirectory.read(output) ?? "")")
    }
}
