import EventLoop

/// Why a record was not accepted. Nobody may be told that it is safe.
///
/// After `failing` the record may still be found at the next start, because what a failed write left
/// on the disk is not known; whoever sends it again with the same key makes no second one.
package enum SpoolRefusal: Error, Hashable, Sendable {
    /// The bounds are reached, or the disk is full: 503.
    case full
    /// More waits to be written than memory is given for: 503, and soon again.
    case busy
    /// The disk reports errors, and nothing is acknowledged: 503.
    case failing
    /// The payload is longer than the settings allow.
    case tooLong
    /// The spool has been stopped.
    case stopped
}

/// Why a spool could not be opened.
package enum SpoolError: Error, CustomStringConvertible {
    /// Another process, or another spool of this one, has the folder.
    case inUse
    /// A file was written by a newer program; nothing has been changed.
    case newerVersion(file: String)
    case settings(String)
    case system(SystemError)

    package var description: String {
        switch self {
        case .inUse: "The spool's folder is used by another instance."
        case .newerVersion(let file): "The spool's file \(file) was written by a newer program."
        case .settings(let problem): "The spool's settings: \(problem)."
        case .system(let error): "The spool's folder cannot be used: \(error)."
        }
    }
}
