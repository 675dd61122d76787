import HTTP

@testable import Site

/// A text that the parser did not take for a request.
struct NoRequest: Error {}

extension RequestHead {
    /// The head that the parser makes of a text.
    static func parsed(_ text: String) throws -> RequestHead {
        var parser = RequestParser()
        let bytes = Array(text.utf8)
        let outcome = bytes.withUnsafeBufferPointer { parser.parse($0) }
        guard case .head(let head, _) = outcome else { throw NoRequest() }
        return head
    }
}

enum TestKeys {
    /// Keys of these secrets, newest first.
    static func keys(_ secrets: String...) -> SigningKeys {
        guard let keys = SigningKeys(secrets.map { Array($0.utf8) }) else {
            preconditionFailure("a secret of a test is too short")
        }
        return keys
    }
}
