/// Content that stays open until either side ends it, such as a stream of events.
///
/// It costs no task and no timer: its owner sends pieces when there is something to say. All calls
/// in both directions happen on the loop of the connection.
package protocol HeldContent: AnyObject, Sendable {
    /// The head is sent; pieces go to the reader from now on.
    func opened(_ reader: any HeldReader)

    /// There is nobody to send to, or not any more; called once, also where it was never opened.
    /// Nothing may be sent from inside this call.
    func closed()
}

/// The reader of content that stays open.
package protocol HeldReader: AnyObject, Sendable {
    /// Sends a piece at once. A reader who leaves too much waiting is cut; one who is gone is told
    /// by `closed()`, so that nothing needs to be returned.
    func send(_ bytes: [UInt8])

    /// Ends the content in order; `closed()` follows.
    func end()
}
