/// A message of `NOTIFY`.
package struct Notification: Equatable, Sendable {
    package let channel: String
    /// Empty where the sender gave none.
    package let payload: String
}
