import EmbeddedPostgres
import Glibc
import TestSupport
import Testing

/// A cluster in a directory of its own.
private struct Place {
    let parent: TemporaryDirectory
    let data: String

    init(_ name: String = "data") throws {
        parent = try TemporaryDirectory()
        data = "\(parent.path)/\(name)"
    }

    func server(durable: Bool = false) -> EmbeddedPostgres {
        EmbeddedPostgres(dataDirectory: data, durable: durable)
    }
}

/// The ids of the servers that work in the directory or below it.
private func servers(in directory: String) -> [pid_t] {
    TemporaryDirectory.names(in: "/proc").compactMap { pid_t($0) }.filter { process in
        guard let path = realpath("/proc/\(process)/cwd", nil) else { return false }
        defer { free(path) }
        return String(cString: path).hasPrefix(directory)
    }
}

@Suite struct EmbeddedPostgresTests {
    @Test func `a stopped cluster keeps its data and leaves no process`() throws {
        let place = try Place()
        let first = place.server()
        try Statement.run("CREATE TABLE kept (a int)", on: first.start())
        first.stop()
        let left = servers(in: place.data)
        let second = place.server()
        try Statement.run("INSERT INTO kept VALUES (1)", on: second.start())
        second.stop()
        #expect(left == [])
        #expect(servers(in: place.data) == [])
    }

    @Test func `a cluster whose server was killed starts again with its data`() throws {
        let place = try Place()
        let first = place.server(durable: true)
        try Statement.run("CREATE TABLE kept (a int)", on: first.start())
        first.kill()
        let second = place.server(durable: true)
        try Statement.run("INSERT INTO kept VALUES (1)", on: second.start())
        second.stop()
        #expect(servers(in: place.data) == [])
    }

    @Test func `a second user of the directory shares the server and does not stop it`() throws {
        let place = try Place()
        let owner = place.server()
        _ = try owner.start()
        let guest = place.server()
        let connectionString = try guest.start()
        guest.stop()
        try Statement.run("SELECT 1", on: connectionString)
        owner.stop()
        #expect(servers(in: place.data) == [])
    }

    @Test(arguments: [
        "a path with spaces", "quote'and\"comma,", String(repeating: "long", count: 30),
    ])
    func `the directory may have any name`(name: String) throws {
        let place = try Place(name)
        let server = place.server()
        try Statement.run("SELECT 1", on: server.start())
        server.stop()
        #expect(servers(in: place.data) == [])
    }

    @Test(.enabled(if: geteuid() == 0, "only root starts the server as another user"))
    func `a place that the server's user cannot enter is replaced by one it can`() throws {
        let place = try Place()
        chmod(place.parent.path, 0o700)
        let server = place.server()
        try Statement.run("CREATE TABLE kept (a int)", on: server.start())
        server.stop()
        let again = place.server()
        try Statement.run("INSERT INTO kept VALUES (1)", on: again.start())
        again.stop()
        let location = try String(
            #require(TemporaryDirectory.read("\(place.data)/location")).dropLast())
        #expect(location.hasPrefix("/var/lib/vouch/"))
        #expect(servers(in: location) == [])
        TemporaryDirectory.remove(location)
    }

    @Test func `nobody else may enter the directory of the socket`() throws {
        let place = try Place()
        let server = place.server()
        _ = try server.start()
        var information = stat()
        stat("\(place.data)/socket", &information)
        server.stop()
        #expect(information.st_mode & 0o777 == 0o700)
    }
}
