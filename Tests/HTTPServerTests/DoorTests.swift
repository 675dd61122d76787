import Admission
import CLinux
import EventLoop
import Glibc
import HTTP
import Synchronization
import Testing

@testable import HTTPServer

/// An overload control that does as the test says.
final class TestKeeper: Doorkeeper {
    private let isCutting = Atomic<Bool>(false)
    private let isFull = Atomic<Bool>(false)
    private let reads = Atomic<Int>(0)
    private let fullDoors = Atomic<Int>(0)

    /// Nobody is let in but who is known to be important.
    func shut() {
        isCutting.store(true, ordering: .relaxed)
        isFull.store(true, ordering: .relaxed)
    }

    func open() {
        isCutting.store(false, ordering: .relaxed)
        isFull.store(false, ordering: .relaxed)
    }

    var readingTurns: Int { reads.load(ordering: .relaxed) }
    var fullDoorCount: Int { fullDoors.load(ordering: .relaxed) }

    var guidance: Guidance { isCutting.load(ordering: .relaxed) ? .shut : .open }
    /// Next to nothing: what may be refused is then next to nothing too.
    var availability: Double { 1e-9 }
    var room: LaneRoom { isFull.load(ordering: .relaxed) ? .none : .slot }
    func cohort(of peer: PeerAddress) -> Cohort? { Cohort(1) }
    func readingEnded(withMoreToRead: Bool) { reads.add(1, ordering: .relaxed) }
    func doorWasFull(_ wasFull: Bool) { if wasFull { fullDoors.add(1, ordering: .relaxed) } }
}

extension TestClient {
    /// The number between angle brackets in the next answer.
    fileprivate func number() throws -> Int {
        let text = receive(until: ">")
        return try #require(text.split(separator: "<").last.flatMap { Int($0.dropLast()) })
    }

    fileprivate func get(_ path: String) { send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n") }
}

@Suite(.serialized) struct DoorTests {
    @Test func `while there is room every request is read, on kept connections too`() async throws {
        let keeper = TestKeeper()
        try await withServer(keeper: keeper) { address, _ in
            let client = try TestClient(address)
            for _ in 0..<3 {
                client.get("/")
                #expect(client.receive(until: "hello").hasSuffix("hello"))
            }
            #expect(keeper.readingTurns >= 1)
        }
    }

    /// Both requests come while the loop is busy, that of the important one first: the newest would be
    /// the other one.
    @Test func `whoever is important is read before others`() async throws {
        let keeper = TestKeeper()
        try await withServer(keeper: keeper) { address, _ in
            let busy = try TestClient(address)
            let important = try TestClient(address)
            let other = try TestClient(address)
            for client in [busy, other] {
                client.get("/")
                _ = client.receive(until: "hello")
            }
            important.get("/important")
            _ = important.receive(until: "</important>")
            var numbers: [[Int]] = []
            for _ in 0..<5 {
                busy.get("/busy")
                important.get("/number")
                other.get("/number")
                numbers.append(try [important, other].map { try $0.number() })
                _ = busy.receive(until: "busy")
            }
            #expect(numbers.allSatisfy { $0[0] < $0[1] }, "\(numbers)")
        }
    }

    @Test func `who gives up while waiting is forgotten`() async throws {
        let keeper = TestKeeper()
        try await withServer(keeper: keeper) { address, server in
            do {
                let other = try TestClient(address)
                other.get("/refused")
                _ = other.receive(until: "</refused>")
                keeper.shut()
                other.get("/")
            }
            while server.connectionCount > 0 { await Task.yield() }
            keeper.open()
            let next = try TestClient(address)
            next.get("/")
            #expect(next.receive(until: "hello").hasSuffix("hello"))
        }
    }

    @Test func `the members' listener accepts and reads whatever the crowd does`() async throws {
        let keeper = TestKeeper()
        try await withServer(keeper: keeper, hasMembers: true) { _, server in
            keeper.shut()
            let member = try TestClient(try #require(server.addresses.last))
            for _ in 0..<3 {
                member.get("/")
                #expect(member.receive(until: "hello").hasSuffix("hello"))
            }
        }
    }

    @Test func `what waits to be read does not hold up the end`() async throws {
        let keeper = TestKeeper()
        let clients = try await withServer(keeper: keeper) { address, _ in
            let client = try TestClient(address)
            client.get("/refused")
            _ = client.receive(until: "</refused>")
            keeper.shut()
            client.get("/")
            return [client]
        }
        #expect(clients[0].receiveAll().hasSuffix("hello"))
    }

    /// A short queue that nobody empties: more attempts than fit are dropped, and counted.
    @Test func `attempts that the kernel drops are counted`() async throws {
        let keeper = TestKeeper()
        try await withServer(keeper: keeper) {
            $0.backlog = 1
            $0.connectionsMax = 1
        } _: { address, server in
            let busy = try TestClient(address)
            busy.get("/waiting")
            _ = busy.receive(until: "three")
            let others = try (0..<8).map { _ in try Attempt(from: 1, to: address) }
            while server.doors.droppedCount == 0 { await Task.yield() }
            while keeper.fullDoorCount == 0 { await Task.yield() }
            withExtendedLifetime(others) {}
        }
    }

    @Test(arguments: [true, false])
    func `the sieve lets some addresses through and keeps others out`(isV6: Bool) throws {
        let any = try #require(ListenAddress(isV6 ? "[::]:0" : "127.0.0.1:0"))
        let listener = try Listener(any, backlog: 16, sharesPort: false, awaitsData: false)
        let multiplier: UInt32 = 0x9e37_79b1
        func group(_ last: UInt32) -> Int { Int(((0x7f00_0000 | last) &* multiplier) >> 24) }
        let passing = try #require((1...200).first { group($0) < 128 })
        let kept = try #require((1...200).first { group($0) >= 128 })
        #expect(listener.sieve(multiplier: multiplier, passing: 128))
        let first = try Attempt(from: passing, to: listener.address)
        let second = try Attempt(from: kept, to: listener.address)
        #expect(first.isConnected(within: 5_000))
        #expect(!second.isConnected(within: 50))
        #expect(listener.drops == 1)
        // The attempt is repeated by the kernel after a second.
        #expect(listener.sieve(multiplier: multiplier, passing: 256))
        #expect(second.isConnected(within: 20_000))
        listener.close()
        #expect(!listener.sieve(multiplier: multiplier, passing: 1))
    }
}

/// A connection that is being opened, from an address of this machine.
private final class Attempt {
    private let descriptor: Int32

    init(from last: UInt32, to address: ListenAddress) throws {
        descriptor = try systemCall("socket") {
            socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        }
        try with(0x7f00_0000 | last, 0) { bind(descriptor, $0, $1) }
        try with(0x7f00_0001, address.port) {
            let result = connect(descriptor, $0, $1)
            return result < 0 && Glibc.errno == EINPROGRESS ? 0 : result
        }
    }

    deinit { closeDescriptor(descriptor) }

    private func with(
        _ host: UInt32, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws {
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = port.bigEndian
        target.sin_addr.s_addr = host.bigEndian
        try systemCall("connect") {
            withUnsafePointer(to: &target) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    /// Whether it is open, at most so many milliseconds from now.
    func isConnected(within milliseconds: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&wanted, 1, milliseconds) == 1 && wanted.revents == Int16(POLLOUT)
    }
}
