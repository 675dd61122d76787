/// Why demo data cannot be loaded.
package enum DemoError: Error, Hashable, Sendable {
    /// There are accounts or companies already: demo data never mix with real ones.
    case databaseNotEmpty
    /// The number of jobs is outside `DemoData.jobsRange`.
    case jobsOutOfRange(Int)
    /// A text of the demo data breaks a rule of the product; a mistake in the text.
    case unusable(String)
}

extension DemoError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .databaseNotEmpty:
            "the database is not empty: demo data are loaded into an empty one only"
        case .jobsOutOfRange(let jobs):
            "\(jobs) jobs cannot be made: from \(DemoData.jobsRange.lowerBound) to "
                + "\(DemoData.jobsRange.upperBound) can"
        case .unusable(let text): "the demo data hold a text that cannot be used: \(text)"
        }
    }
}
