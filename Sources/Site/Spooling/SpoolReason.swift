import Domain

/// Why something that was kept could not be taken; the raw value stands in the spool.
package enum SpoolReason: String, Hashable, Sendable, CaseIterable {
    case jobNotFound = "job_not_found"
    case jobPaused = "job_paused"
    case jobOver = "job_over"
    /// The person was introduced to the job before.
    case duplicate
    /// Somebody else introduced the person after it was sent and before it came in.
    case overtaken
    case unreadable
    /// An admin decided against it.
    case putAway = "put_away"
    case refused

    /// What a rule's answer means here.
    init(_ error: DomainError) {
        self =
            switch error {
            case .notFound: .jobNotFound
            case .conflict(.jobNotPublished): .jobPaused
            case .gone: .jobOver
            case .duplicate: .duplicate
            default: .refused
            }
    }
}
