import EventLoop

/// One visitor on the way through the steps of a class; confined to its lane's loop.
final class Visit {
    let classIndex: Int
    /// The values of the class's variables.
    var values: [[UInt8]]
    /// What the server has set during this visit.
    var cookies: [Answer.Cookie] = []
    /// When the visitor meant to arrive.
    let arrived: MonotonicTime
    /// The step that is under way.
    var stepIndex = 0
    /// When the step's request was meant to be sent; its latency counts from here.
    var intended: MonotonicTime
    /// The connection that carries the request, or that waits for this visitor's next one.
    var connection: ClientConnection?
    /// Ends the visitor's patience, or a pause.
    var timer: LoopTimer?
    var hasRetried = false
    let source: UInt16?

    init(classIndex: Int, values: [[UInt8]], intended: MonotonicTime, source: UInt16?) {
        self.classIndex = classIndex
        self.values = values
        self.intended = intended
        arrived = intended
        self.source = source
    }

    /// Takes what later steps need of an answer; false where it is not in it.
    func take(_ answer: Answer, for step: StepPlan) -> Bool {
        for cookie in answer.cookies {
            cookies.removeAll { $0.name == cookie.name }
            // A cookie without a value is how servers take one back.
            if !cookie.value.isEmpty { cookies.append(cookie) }
        }
        values[ClassPlan.locationSlot] = Array(answer.location.utf8)
        for capture in step.captures {
            guard
                let text = Extract.first(
                    in: answer.content, after: capture.after, before: capture.before)
            else { return false }
            values[capture.slot] = text
        }
        return true
    }
}
