/// What stands for an address that was erased: by it the same person is found again, and by nothing
/// in the database who it is.
package struct Pseudonyms: Sendable {
    private let hashes: @Sendable (String) -> [String]

    /// - Parameter hashes: keyed hashes of a text by every key that is still in use, newest first; 64
    ///   letters at most.
    package init(_ hashes: @escaping @Sendable (String) -> [String]) { self.hashes = hashes }

    /// Without a key: what is erased is not found again.
    package static let none = Pseudonyms { _ in [] }

    static let prefix = "hashed:"

    /// Everything under which a folded address may stand.
    func all(_ folded: String) -> [String] {
        [folded] + hashes(folded).map { Self.prefix + $0 }
    }

    /// What an address becomes now; nil without a key.
    func newest(_ folded: String) -> String? { hashes(folded).first.map { Self.prefix + $0 } }
}
