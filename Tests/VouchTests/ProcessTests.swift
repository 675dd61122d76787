import EmbeddedPostgres
import Foundation
import Glibc
import Testing

/// The program as its operators meet it: starting, stopping, crashing, and being told nonsense.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ProcessTests {
    @Test func `a second start keeps the data, and stopping is clean`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await RunningVouch(dataFolder: folder)
        let jobs = try await PlainHTTP.request(
            "GET", first.address.appending(path: "api/v1/jobs")
        ).text
        #expect(first.stop() == 0)
        let second = try await RunningVouch(dataFolder: folder)
        let again = try await PlainHTTP.request(
            "GET", second.address.appending(path: "api/v1/jobs")
        ).text
        #expect(second.stop(SIGINT) == 0)
        #expect(jobs.contains("items"))
        #expect(again == jobs)
        #expect(try processes(mentioning: folder.path).isEmpty)
    }

    @Test func `after a crash it starts again and leaves nothing behind`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await RunningVouch(dataFolder: folder)
        first.crash()
        let second = try await RunningVouch(dataFolder: folder)
        #expect(second.stop() == 0)
        #expect(try processes(mentioning: folder.path).isEmpty)
    }

    @Test func `its PostgreSQL is started again when it is killed`() async throws {
        try await withVouch { vouch in
            try vouch.killDatabase()
            // The answer may be 503 for a moment, and then is what it was; never anything else.
            try await waitUntil("the database is back") {
                let answer = try await PlainHTTP.request(
                    "GET", vouch.address.appending(path: "api/v1/jobs"))
                #expect([200, 503].contains(answer.status))
                return answer.status == 200 && vouch.printed.contains("runs again")
            }
        }
    }

    @Test func `an address that is taken is said, and the exit status tells`() async throws {
        try await withVouch([]) { vouch in
            let folder = try makeFolder("vouch data")
            defer { try? FileManager.default.removeItem(at: folder) }
            let address = "127.0.0.1:\(try require(vouch.address.port))"
            let (status, output) = try await RunningVouch.command(
                ["serve", "--listen", address], data: folder)
            #expect(status == 1)
            #expect(output.contains("another program listens on \(address)"))
            #expect(try processes(mentioning: folder.path).isEmpty)
        }
    }

    @Test func `all problems with the settings are told at once, with status 78`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (status, output) = try await RunningVouch.command(
            ["serve", "--threads", "many", "--frobnicate", "1"], data: folder,
            environment: ["VOUCH_LISTNE": "x", "VOUCH_IDLE_TIME_MAX": "soon"])
        #expect(status == 78)
        for word in ["threads", "--frobnicate", "VOUCH_LISTNE", "idleTimeMax"] {
            #expect(output.contains(word))
        }
    }

    @Test func `an issuer of invoices is named wholly, or not at all`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (status, output) = try await RunningVouch.command(
            ["serve", "--issuer-country", "XX"], data: folder,
            environment: ["VOUCH_ISSUER_IBAN": "RO00", "VOUCH_ISSUER_VAT_RATE": "10001"])
        #expect(status == 78)
        for word in [
            "issuerName is not set", "issuerAddress is not set", "issuerTaxID is not set",
            "issuerCountry is not a European country", "issuerIBAN is not an account",
            "issuerVatRate",
        ] {
            #expect(output.contains(word), "\(word)")
        }
    }

    @Test func `the file of settings is in step with the program`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (_, output) = try await RunningVouch.command(["settings", "--yaml"], data: folder)
        let file = repository.appending(path: "config/vouch.yaml")
        #expect(try String(contentsOf: file, encoding: .utf8) == output)
    }

    @Test func `the file of settings as it comes can be named`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (status, output) = try await RunningVouch.command(
            ["settings", "--config", "config/vouch.yaml"], data: folder)
        #expect(status == 0, "\(output)")
    }

    @Test func `a closed terminal stops it, but not a reload by the service manager`()
        async throws
    {
        let alone = try await RunningVouch()
        #expect(alone.stop(SIGHUP) == 0)
        alone.remove()
        let managed = try await RunningVouch(
            environment: ["NOTIFY_SOCKET": "/nowhere/to be heard"])
        defer { managed.remove() }
        Glibc.kill(managed.processIdentifier, SIGHUP)
        #expect(try await PlainHTTP.request("GET", managed.address).status == 200)
        #expect(managed.stop() == 0)
    }

    @Test func `a secret is never printed`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = String(repeating: "hush", count: 10)
        let (status, output) = try await RunningVouch.command(
            ["settings"], data: folder,
            environment: ["VOUCH_SECRET": secret, "VOUCH_DATABASE_URL": "host=hush-hush"])
        #expect(status == 0)
        #expect(!output.contains("hush"))
        #expect(output.contains("secret: (secret)"))
    }

    @Test func `out of descriptors it sheds, and serves again when there are some`() async throws {
        let vouch = try await RunningVouch(
            environment: ["VOUCH_THREADS": "1"], prefix: ["prlimit", "--nofile=64:64"])
        defer { vouch.remove() }
        let port = try require(vouch.address.port)
        let crowd = (0..<200).map { _ in connected(to: UInt16(port)) }
        for descriptor in crowd where descriptor >= 0 { close(descriptor) }
        try await waitUntil("it serves again") {
            (try? await PlainHTTP.request("GET", vouch.address))?.status == 200
        }
        #expect(vouch.stop() == 0)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
    func `it works as an ordinary user too`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        chmod(folder.path, 0o777)
        // A copy, because the checkout may lie where another user cannot reach.
        let place = try makeFolder("vouch program")
        defer { try? FileManager.default.removeItem(at: place) }
        chmod(place.path, 0o755)
        for name in ["Public", "Migrations"] {
            try FileManager.default.copyItem(
                at: repository.appending(path: name), to: place.appending(path: name))
        }
        let program = place.appending(path: "vouch")
        try FileManager.default.copyItem(at: RunningVouch.executable, to: program)
        let vouch = try await RunningVouch(
            dataFolder: folder.appending(path: "var"), program: program,
            environment: ["VOUCH_RESOURCES": place.path],
            prefix: ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"])
        #expect(vouch.stop() == 0)
        #expect(try processes(mentioning: folder.path).isEmpty)
    }
}

/// A connected socket, or -1.
private func connected(to port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return descriptor
}

/// The command lines of running processes that mention a text, but not those of this process.
private func processes(mentioning text: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc")
        .filter { Int32($0) != nil && Int32($0) != getpid() }
        .compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }
        .filter { $0.contains(text) }
}
