import Glibc

/// Makes a new cluster with the database and the role `vouch`.
struct ClusterMaker {
    let place: ClusterPlace
    let user: ServerUser
    let binaries: ServerBinaries
    let isDurable: Bool

    /// Makes it under another name first: what a crash leaves half done is made anew.
    func make() throws(EmbeddedPostgresError) {
        let path = place.unfinishedCluster
        Files.remove(path)
        try Files.makeDirectory(path, mode: 0o700)
        try user.own(path)
        // Only the socket's directory decides who may connect; there is no other way in.
        var options = [
            "-D", path, "-U", "vouch", "--auth-local=trust", "--auth-host=reject",
            "--encoding=UTF8", "--locale=\(locale)",
        ]
        if !isDurable { options.append("--no-sync") }
        try run("initdb", options, input: nil)
        try run("postgres", ["--single", "-D", path, "postgres"], input: "CREATE DATABASE vouch;")
        guard rename(path, place.cluster) == 0 else {
            throw Files.failure("rename", path)
        }
    }

    /// Orders by code point, as a program does, but knows the case of all letters; without
    /// that locale only ASCII has case.
    private var locale: String {
        guard let known = newlocale(1 << LC_CTYPE, "C.UTF-8", nil) else { return "C" }
        freelocale(known)
        return "C.UTF-8"
    }

    private func run(
        _ program: String, _ arguments: [String], input: String?
    ) throws(EmbeddedPostgresError) {
        let inputPath = input == nil ? nil : "\(place.log).input"
        if let input, let inputPath { try write(input, to: inputPath) }
        defer { if let inputPath { unlink(inputPath) } }
        let child = try ChildProcess(
            ChildProcess.Options(
                path: "\(binaries.directory)/\(program)", arguments: arguments,
                directory: place.unfinishedCluster, user: user, inputPath: inputPath,
                outputPath: place.log, deathSignal: SIGKILL))
        guard child.waitForEnd(milliseconds: 120_000), child.status == 0 else {
            child.signal(SIGKILL)
            throw EmbeddedPostgresError(
                "\(program) failed. Its last words in \(place.log):\n"
                    + Files.tail(place.log, lines: 10))
        }
    }

    private func write(_ text: String, to path: String) throws(EmbeddedPostgresError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.failure("write", path) }
        defer { close(descriptor) }
        let bytes = Array((text + "\n").utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw Files.failure("write", path)
        }
    }
}
