import EventLoop

/// Until when somebody waits for what the present task does.
///
/// All that a request asks of the database shares one span: waiting for a connection, each statement,
/// and the server's own time-out of those of a transaction. Whoever has waited that long is gone, and
/// what is done for them is taken from the others.
package enum CallerDeadline {
    /// Of the present task and those that it makes; nil where nobody waits. A deadline that a call
    /// names goes before it. A COMMIT that was sent is waited for beyond it.
    @TaskLocal package static var current: MonotonicTime?
}
