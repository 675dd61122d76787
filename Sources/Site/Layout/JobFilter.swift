import Domain

/// What a list of jobs is narrowed to, as the reader typed it.
package struct JobFilter: Hashable, Sendable {
    package var words: String
    package var country: CountryCode?
    package var employmentType: EmploymentType?
    package var remote: Remote?

    package init(
        words: String = "", country: CountryCode? = nil, employmentType: EmploymentType? = nil,
        remote: Remote? = nil
    ) {
        self.words = words
        self.country = country
        self.employmentType = employmentType
        self.remote = remote
    }

    package var isEmpty: Bool { self == JobFilter() }

    /// The query of the list's address.
    var parameters: [(name: String, value: String)] {
        var parameters: [(name: String, value: String)] = []
        if !words.isEmpty { parameters.append(("q", words)) }
        if let country { parameters.append(("country", country.text)) }
        if let employmentType { parameters.append(("type", employmentType.rawValue)) }
        if let remote { parameters.append(("remote", remote.rawValue)) }
        return parameters
    }
}
