import Glibc

/// An installed PostgreSQL server.
struct ServerBinaries {
    let directory: String

    /// The major version from the folder's place, or nil where the place does not tell.
    let majorVersion: Int?

    /// Finds the newest server, or the one of the version that an existing cluster has.
    static func find(version: Int?) throws(EmbeddedPostgresError) -> ServerBinaries {
        let found = candidates()
        guard let version else {
            if let newest = found.first { return newest }
            throw EmbeddedPostgresError(
                "PostgreSQL's server is not installed (looked in /usr/lib/postgresql, in PATH, "
                    + "and where pg_config points). Install it (Debian: apt-get install "
                    + "postgresql), or name a server with VOUCH_DATABASE_URL.")
        }
        if let match = found.first(where: { $0.majorVersion == version }) { return match }
        // What lies elsewhere may be of that version; the server itself checks at start.
        if let other = found.first(where: { $0.majorVersion == nil }) { return other }
        throw EmbeddedPostgresError(
            "The database files are of PostgreSQL \(version), which is not installed. Install "
                + "it (Debian: apt-get install postgresql-\(version)).")
    }

    private static func candidates() -> [ServerBinaries] {
        var found = versioned(below: "/usr/lib/postgresql", suffix: "/bin")
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        var others = path.split(separator: ":").map(String.init)
        if let configured = directoryFromConfigurationTool() { others.append(configured) }
        for directory in others where isServer(directory) {
            if !found.contains(where: { $0.directory == directory }) {
                found.append(ServerBinaries(directory: directory, majorVersion: nil))
            }
        }
        return found
    }

    private static func versioned(below root: String, suffix: String) -> [ServerBinaries] {
        Files.names(in: root)
            .compactMap { name in
                guard let version = Int(name), isServer("\(root)/\(name)\(suffix)") else {
                    return nil
                }
                return ServerBinaries(
                    directory: "\(root)/\(name)\(suffix)", majorVersion: version)
            }
            .sorted { ($0.majorVersion ?? 0) > ($1.majorVersion ?? 0) }
    }

    private static func isServer(_ directory: String) -> Bool {
        access("\(directory)/postgres", X_OK) == 0 && access("\(directory)/initdb", X_OK) == 0
    }

    private static func directoryFromConfigurationTool() -> String? {
        guard let stream = popen("pg_config --bindir 2>/dev/null", "r") else { return nil }
        defer { pclose(stream) }
        var buffer = [CChar](repeating: 0, count: 4_096)
        guard fgets(&buffer, Int32(buffer.count), stream) != nil else { return nil }
        let line = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
