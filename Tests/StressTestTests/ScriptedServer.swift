import CLinux
import EventLoop
import Glibc
import StressTest
import Synchronization
import TestSupport

/// A server that does with each connection what a test says, on a blocking thread of its own.
///
/// `@unchecked Sendable`: what changes is behind mutexes.
final class ScriptedServer: @unchecked Sendable {
    let origin: String
    private let listener: Int32
    private let counts = Mutex(Counts())
    private let finished = ThreadGate()

    struct Counts {
        var accepted = 0
        var requests = 0
        /// Connections that the client closed while a request waited for its answer.
        var abandoned = 0
        var open = 1
        var requestTexts: [String] = []
    }

    /// - Parameter script: what is done with a connection; it is closed afterwards.
    init(_ script: @escaping @Sendable (ScriptedConnection) -> Void) throws {
        let port = try freePort()
        origin = "http://127.0.0.1:\(port)"
        listener = try systemCall("socket") { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let listener = listener
        try systemCall("bind") {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        try systemCall("listen") { listen(listener, 1_024) }
        startThread(name: "scripted") { [self] in
            while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
                change {
                    $0.accepted += 1
                    $0.open += 1
                }
                startThread(name: "connection") { [self] in
                    script(ScriptedConnection(descriptor, self))
                    closeDescriptor(descriptor)
                    leave()
                }
            }
            leave()
        }
    }

    /// What was counted so far.
    var seen: Counts { counts.withLock { $0 } }

    func change(_ change: (inout Counts) -> Void) { counts.withLock { change(&$0) } }

    /// Takes no more connections, waits until the last one is over, and says what was counted.
    func stop() async throws -> Counts {
        shutdown(listener, Int32(SHUT_RDWR))
        try await onThread { [finished] in finished.wait() }
        closeDescriptor(listener)
        return seen
    }

    private func leave() {
        let isLast = counts.withLock { counts in
            counts.open -= 1
            return counts.open == 0
        }
        if isLast { finished.open() }
    }
}

/// The server's side of a connection.
struct ScriptedConnection {
    private let descriptor: Int32
    private let server: ScriptedServer

    init(_ descriptor: Int32, _ server: ScriptedServer) {
        self.descriptor = descriptor
        self.server = server
        // A client that never closes must fail the test, not hang it.
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// The next request's head and content; nil when the client has closed.
    func request() -> String? {
        var bytes: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            guard recv(descriptor, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
            guard bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) else { continue }
            let head = String(decoding: bytes, as: UTF8.self)
            let length = head.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.output.1) }
            var content = [UInt8](repeating: 0, count: length ?? 0)
            if let length, length > 0 {
                recv(descriptor, &content, length, Int32(MSG_WAITALL))
            }
            let text = head + String(decoding: content, as: UTF8.self)
            server.change {
                $0.requests += 1
                $0.requestTexts.append(text)
            }
            return text
        }
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// An answer that keeps the connection.
    func answer(_ content: String = "ok", status: String = "200 OK", fields: String = "") {
        let length = "Content-Length: \(content.utf8.count)\r\n"
        send("HTTP/1.1 \(status)\r\n\(length)\(fields)\r\n\(content)")
    }

    /// Waits until the client closes, and notes that it did.
    func waitForEnd() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
        server.change { $0.abandoned += 1 }
    }
}

/// A profile from the text of its classes.
func profile(
    rate: Double, phases: String, _ classes: String, lists: String = "{}"
) throws -> Profile {
    let text =
        "{\"rate\": \(rate), \"phases\": \"\(phases)\", \"lists\": \(lists), "
        + "\"classes\": [\(classes)]}"
    return try Profile(json: Array(text.utf8))
}

/// Plays a profile against a server of a test.
func play(
    _ profile: Profile, against origin: String, receipts: ReceiptLog? = nil,
    _ change: (inout RunPlan.Options) -> Void = { _ in },
    while body: @escaping @Sendable (StressRun) -> Void = { _ in }
) async throws -> RunReport {
    var options = RunPlan.Options()
    change(&options)
    let lists = try await onThread {
        try Discovery.fetch(profile.lists, from: Target(origin), environment: [:])
    }
    let plan = try RunPlan(
        profile, target: Target(origin), lists: lists, environment: [:], options: options)
    return try await onThread {
        let run = try StressRun(plan, receipts: receipts)
        run.start()
        body(run)
        return run.wait()
    }
}

/// How many arrivals a profile with one class has on one thread.
func arrivals(rate: Double, phases: String, seed: UInt64 = 1) -> [Duration] {
    guard let phases = Phases(phases) else { return [] }
    var schedule = ArrivalSchedule(
        rate: rate, phases: phases, random: SeededRandom(seed: seed, stream: 0))
    var all: [Duration] = []
    while let next = schedule.next() { all.append(next) }
    return all
}
