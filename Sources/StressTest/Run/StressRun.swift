import EventLoop
import Synchronization

/// A load test that runs on threads of its own.
package final class StressRun: Sendable {
    private let plan: RunPlan
    private let lanes: [Lane]
    private let receipts: ReceiptLog?
    private let isStopped = Atomic<Bool>(false)

    /// - Parameter receipts: where acknowledged writes are noted.
    /// - Throws: `SystemError` where the system gives no descriptors.
    package init(_ plan: RunPlan, receipts: ReceiptLog? = nil) throws(SystemError) {
        self.plan = plan
        self.receipts = receipts
        var lanes: [Lane] = []
        for index in 0..<plan.options.threads {
            lanes.append(try Lane(index: index, plan: plan, receipts: receipts))
        }
        self.lanes = lanes
    }

    /// Allows this process as many descriptors as the system grants, and says how many connections
    /// that makes: a few stay for all else.
    package static func raiseDescriptors() -> Int { max(16, ClientSocket.raiseDescriptors() - 64) }

    /// Begins; all threads count from the same moment.
    package func start() {
        // Time for all threads to be there.
        let moment = MonotonicTime.now + .milliseconds(20)
        for lane in lanes {
            lane.loop.start()
            lane.loop.execute { lane.begin(at: moment) }
        }
    }

    /// Ends the run before its time; what was counted is reported. From any thread.
    package func stop() {
        isStopped.store(true, ordering: .relaxed)
        for lane in lanes { lane.loop.execute { lane.finish() } }
    }

    /// Blocks until the run is over, and reports. Call it once, after `start`, and never on a loop.
    package func wait() -> RunReport {
        for lane in lanes {
            lane.finished.wait()
            lane.loop.stop()
            lane.loop.join()
        }
        receipts?.flush()
        var recorder = lanes[0].recorder
        for lane in lanes.dropFirst() { recorder.merge(lane.recorder) }
        return RunReport(plan, recorder, isCutShort: isStopped.load(ordering: .relaxed))
    }
}
