import Admission
import HTTP

/// What the server asks its handler's overload control before a request is read.
///
/// One for each loop, on its thread; `guidance` and `availability` from any thread.
package protocol Doorkeeper: AnyObject, Sendable {
    /// What is let in now; open where nothing is controlled.
    var guidance: Guidance { get }
    /// The part of a core that the loop gets while it has work, from 0 to 1.
    var availability: Double { get }
    /// What a request that needs the database would find.
    var room: LaneRoom { get }
    /// Tells at the end of each turn in which connections waited to be read whether some still do
    /// who might be answered in time.
    func readingEnded(withMoreToRead: Bool)
    /// Tells every 100 ms whether more wanted to connect than were accepted; from any thread.
    func doorWasFull(_ wasFull: Bool)
    /// The cohort of who connects from an address; nil where that says nothing, as a proxy's.
    func cohort(of peer: PeerAddress) -> Cohort?
}
