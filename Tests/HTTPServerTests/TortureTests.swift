import CLinux
import EventLoop
import Glibc
import HTTPServer
import Synchronization
import TLS
import Testing

/// What went wrong, noted by any thread.
private final class Failures: Sendable {
    private let list = Mutex<[String]>([])
    var all: [String] { list.withLock { $0 } }
    func add(_ failure: String) { list.withLock { $0.append(failure) } }
}

/// How a client treats its connection.
private enum Manner: CaseIterable {
    case patient, halfClosing, slowReading, vanishing, resetting
}

@Suite(.serialized) struct TortureTests {
    private static let threads = 6
    private static let connectionsPerThread = 40

    @Test(arguments: IntakeKind.allCases)
    func `clients of every manner get their own answers, and nothing stays behind`(
        kind: IntakeKind
    ) async throws {
        try await withCertificate { certificate, key in
            let context = try TLSContext(certificateFile: certificate, keyFile: key)
            let loops = [try EventLoop(name: "torture-1"), try EventLoop(name: "torture-2")]
            for loop in loops { loop.start() }
            var settings = ServerSettings()
            settings.intake = kind
            settings.lingerTimeMax = .milliseconds(10)
            let any = try #require(ListenAddress("127.0.0.1:0"))
            let server = try Server(
                settings: settings, loops: loops, plain: [any], secure: [(any, context)],
                handler: TestHandler.init)
            server.start()
            let failures = Failures()
            let addresses = server.addresses
            let gates = (0..<Self.threads).map { thread in
                inBackground { Self.visit(addresses, seed: UInt64(thread), failures) }
            }
            for gate in gates { gate.wait() }
            while server.connectionCount > 0 { await Task.yield() }
            await server.drain(within: .seconds(10))
            #expect(failures.all.prefix(10) == [])
            #expect(addresses.map { Self.descriptorCount(of: $0.port) } == [0, 0])
            for loop in loops {
                loop.stop()
                loop.join()
            }
        }
    }

    private static func visit(_ addresses: [ListenAddress], seed: UInt64, _ failures: Failures) {
        var random = SeededGenerator(seed: seed)
        for number in 0..<connectionsPerThread {
            let name = "<\(seed).\(number)>"
            do {
                let isSecure = Bool.random(using: &random)
                let failure = try visit(
                    addresses[isSecure ? 1 : 0], isSecure: isSecure, name: name, &random)
                if let failure { failures.add("\(name) \(failure)") }
            } catch {
                failures.add("\(name) \(error)")
            }
        }
    }

    /// One connection from its beginning to its end; says what was wrong.
    private static func visit(
        _ address: ListenAddress, isSecure: Bool, name: String, _ random: inout SeededGenerator
    ) throws -> String? {
        let manner = Manner.allCases.randomElement(using: &random) ?? .patient
        let count = Int.random(in: 1...6, using: &random)
        let asksForEnd = Bool.random(using: &random)
        let exchanges = (0..<count).map {
            Exchange.random(name: name, isLast: asksForEnd && $0 == count - 1, &random)
        }
        let channel = try TestChannel(
            address, isSecure: isSecure, receiveBuffer: manner == .slowReading ? 4_096 : nil)
        guard let channel else { return "no handshake" }
        var bytes = exchanges.flatMap(\.request)
        if manner == .vanishing || manner == .resetting {
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        }
        if manner == .resetting { channel.resetAtEnd() }
        guard send(bytes, to: channel, &random) else { return "\(manner): the server has gone" }
        if manner == .halfClosing { channel.finishSending() }
        var reader = AnswerReader()
        let isLeaving = manner == .vanishing || manner == .resetting
        let wanted = isLeaving ? Int.random(in: 0...1, using: &random) : count
        for (index, exchange) in exchanges.prefix(wanted).enumerated() {
            // Of a request that was cut there may be no answer.
            if isLeaving, bytes.count < exchange.request.count { return nil }
            while true {
                if let answer = reader.next(isHead: exchange.isHead) {
                    if answer == (exchange.status, exchange.body) { break }
                    return "\(manner): answer \(index) is \(answer.status), not as it should be"
                }
                let more = channel.receive(manner == .slowReading ? 3_000 : 65_536)
                if more.isEmpty { return "\(manner): answer \(index) of \(count) is missing" }
                reader.add(more)
            }
        }
        if isLeaving { return nil }
        let ends = asksForEnd || manner == .halfClosing
        if ends, !channel.receive(1).isEmpty { return "\(manner): bytes behind the last answer" }
        return reader.restCount == 0 ? nil : "\(manner): too many bytes"
    }

    private static func send(
        _ bytes: [UInt8], to channel: TestChannel, _ random: inout SeededGenerator
    ) -> Bool {
        var rest = bytes[...]
        let countMax = [7, 300, 100_000].randomElement(using: &random) ?? 1
        while !rest.isEmpty {
            // Tiny pieces for a while only, or the big bodies would take for ever.
            let isTiny = bytes.count - rest.count < 600
            let count = Int.random(in: 1...(isTiny ? countMax : 100_000), using: &random)
            let part = rest.prefix(count)
            rest = rest.dropFirst(count)
            if !channel.send(part) { return false }
        }
        return true
    }

    /// Sockets of this process that stand on the port; no other test has them.
    private static func descriptorCount(of port: UInt16) -> Int {
        (3..<Int32(20_000)).count { descriptor in
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    getsockname(descriptor, $0, &length)
                }
            }
            return result == 0 && UInt16(bigEndian: address.sin_port) == port
        }
    }
}
