import CLinux
import EventLoop
import Glibc
import Testing

/// Ends its own watching when it goes, as owners of descriptors do.
///
/// `@unchecked Sendable`: confined to its loop, and to the test after the loop has ended.
private final class Owner: EventHandler, @unchecked Sendable {
    private unowned let loop: EventLoop
    let descriptor: Int32

    init(loop: EventLoop) throws {
        self.loop = loop
        descriptor = try systemCall("eventfd") { eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC)) }
    }

    func ready(_ readiness: Readiness) {}

    deinit {
        loop.deregister(descriptor)
        closeDescriptor(descriptor)
    }
}

private final class Witness: Sendable {}

@Suite struct LoopEndTests {
    @Test func `an owner that goes with its registration may end it once more`() async throws {
        let loop = try EventLoop(name: "end")
        loop.start()
        await withCheckedContinuation { done in
            loop.execute {
                do {
                    let owner = try Owner(loop: loop)
                    try loop.register(owner.descriptor, interest: .read, handler: owner)
                    let second = try Owner(loop: loop)
                    try loop.register(second.descriptor, interest: .read, handler: second)
                } catch {
                    Issue.record(error)
                }
                done.resume()
            }
        }
        loop.stop()
        loop.join()
    }

    @Test func `deregistering may release the owner`() async throws {
        let loop = try EventLoop(name: "end")
        loop.start()
        await withCheckedContinuation { done in
            loop.execute {
                do {
                    var owner: Owner? = try Owner(loop: loop)
                    let descriptor = owner?.descriptor ?? -1
                    if let handler = owner {
                        try loop.register(descriptor, interest: .read, handler: handler)
                    }
                    owner = nil
                    loop.deregister(descriptor)
                } catch {
                    Issue.record(error)
                }
                done.resume()
            }
        }
        loop.stop()
        loop.join()
    }

    @Test func `what was asked for before the end is done, and nothing after it`() throws {
        let loop = try EventLoop(name: "end")
        loop.start()
        let before = ThreadGate()
        #expect(loop.execute { before.open() })
        loop.stop()
        loop.join()
        before.wait()
        #expect(!loop.execute { Issue.record("the loop has ended") })
    }

    @Test func `an ended loop keeps nothing that it was asked to do`() throws {
        weak var witness: Witness?
        weak var gone: EventLoop?
        do {
            let kept = Witness()
            witness = kept
            let loop = try EventLoop(name: "end")
            gone = loop
            loop.start()
            loop.execute { loop.schedule(after: .seconds(3_600)) { _ = (kept, loop) } }
            loop.stop()
            loop.join()
            loop.execute { _ = (kept, loop) }
        }
        // The thread lets go of the loop a moment after it has told that it ended.
        for _ in 0..<1_000_000 where gone != nil { sched_yield() }
        #expect(witness == nil)
        #expect(gone == nil)
    }
}
