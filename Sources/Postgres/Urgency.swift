/// Whose statements go first when there are fewer connections than callers.
///
/// What waits for a connection has been let in before; behind the admission's back the queue here
/// would undo its order.
package enum Urgency: Sendable {
    /// First come, first served; one connection is never theirs, where there are several.
    case ordinary
    /// Before all ordinary ones.
    case important

    /// Of the present task and those that it makes.
    @TaskLocal package static var current = Urgency.ordinary
}
