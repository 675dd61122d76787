/// The conditions that a request makes (RFC 9110 13).
package enum Preconditions {
    /// What the conditions come to.
    package enum Outcome: Sendable, Hashable {
        /// They hold, or there are none.
        case proceed
        /// The client has the content: answer 304.
        case notModified
        /// Answer 412.
        case failed
    }

    /// Evaluates the conditions in the order of RFC 9110 13.2.2.
    ///
    /// - Parameters:
    ///   - etag: the tag of the selected representation, if it has one.
    ///   - lastModified: when it was last changed, if that is known.
    ///   - exists: whether there is a representation at all, which is what "*" asks.
    package static func evaluate(
        _ head: RequestHead, etag: ETag?, lastModified: HTTPDate?, exists: Bool = true
    ) -> Outcome {
        let fields = head.fields
        let isRead = head.method == .get || head.method == .head
        if fields.contains(.ifMatch) {
            let holds = anyTag(fields, .ifMatch, exists) { tag in
                etag.map { $0.isStronglyEqual(to: tag) } ?? false
            }
            if !holds { return .failed }
        } else if let lastModified, let date = date(fields, .ifUnmodifiedSince) {
            if lastModified > date { return .failed }
        }
        if fields.contains(.ifNoneMatch) {
            let matches = anyTag(fields, .ifNoneMatch, exists) { tag in
                etag.map { $0.isWeaklyEqual(to: tag) } ?? false
            }
            if matches { return isRead ? .notModified : .failed }
        } else if isRead, let lastModified, let date = date(fields, .ifModifiedSince) {
            if lastModified <= date { return .notModified }
        }
        return .proceed
    }

    /// Whether Range may be honoured: If-Range is absent, or names exactly this representation
    /// (RFC 9110 13.1.5).
    package static func allowsRange(
        _ head: RequestHead, etag: ETag?, lastModified: HTTPDate?
    ) -> Bool {
        let allowed = head.fields.withValue(of: .ifRange) { value in
            var index = 0
            if let tag = ETag(value, at: &index), index == value.count {
                return etag.map { $0.isStronglyEqual(to: tag) } ?? false
            }
            guard let date = HTTPDate(bytes: value) else { return false }
            return date == lastModified
        }
        return allowed ?? true
    }

    private static func anyTag(
        _ fields: RequestFields, _ name: FieldName, _ exists: Bool, _ isMatch: (ETag) -> Bool
    ) -> Bool {
        var found = false
        fields.forEachValue(of: name) { value in
            if exists && !found { found = ETag.list(value, contains: isMatch) }
        }
        return found
    }

    private static func date(_ fields: RequestFields, _ name: FieldName) -> HTTPDate? {
        fields.withValue(of: name) { HTTPDate(bytes: $0) } ?? nil
    }
}
