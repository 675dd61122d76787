/// The address of a company's own site.
package struct WebAddress: Hashable, Sendable {
    package let text: String

    package static let lengthMax = 200

    /// Takes `http` and `https` only, so that a page can link to it; without a scheme it is `https`.
    package init(_ input: String) throws(ValidationError) {
        let trimmed = input.trimmingSpaces()
        guard !trimmed.isEmpty else { throw ValidationError(.website, .missing) }
        let lower = trimmed.lowercased()
        let hasScheme = lower.hasPrefix("http://") || lower.hasPrefix("https://")
        let full = hasScheme ? trimmed : "https://" + trimmed
        guard full.utf8.count <= Self.lengthMax else {
            throw ValidationError(.website, .tooLong(max: Self.lengthMax))
        }
        let rest = full.dropFirst(full.lowercased().hasPrefix("https") ? 8 : 7)
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let hostName = host.prefix { $0 != ":" }
        guard hostName.contains("."), !hostName.hasPrefix("."), !hostName.hasSuffix("."),
            !hasScheme || !rest.contains("://"),
            full.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"<>\"'`\\".utf8.contains($0) }),
            host.utf8.allSatisfy({ $0.isLetterOrDigit || ".-:".utf8.contains($0) })
        else { throw ValidationError(.website, .malformed) }
        text = full
    }

    /// Takes an address that the database kept.
    package init(stored text: String) {
        self.text = text
    }
}
