import HTTP

/// One row of the route table: everything the site knows of a route before it runs.
package struct RouteRow: Sendable {
    package let method: Method
    /// The path, with at most one segment in braces.
    package let pattern: StaticString
    /// What stands in the place of the braces.
    package let parameter: String?
    package let access: AccessRule
    package let overload: OverloadClass
    package let kind: Kind
    /// Bytes of content beyond which a request is answered 413 before it is read.
    package let bodyBytesMax: Int
    /// Whether everybody who is not signed in gets the same answer, which is kept in memory.
    package let isShared: Bool
    /// Whether a shared page has a form: each visitor gets it with a token and a key of their own.
    package let hasSharedForm: Bool
    /// Whether the answer to somebody who is not signed in takes nothing from the database.
    package let isStatic: Bool
    /// Whether the last answer to somebody without a token is kept for when there can be none.
    package let isRemembered: Bool
    /// Whether it changes what somebody is owed or paid, or where: nothing of that waits in a spool.
    package private(set) var isAboutMoney = false
    /// What the API's description says of content and answer; nil for pages.
    package let contract: Contract?

    /// What a route answers with, and what its content must be.
    package enum Kind: Sendable {
        /// A page for people.
        case page
        /// A form of a page: it carries a token, and is answered with a redirect or the page again.
        case form
        /// A feed, a file or a probe: neither page nor API.
        case document
        /// JSON under `/api/v1`.
        case api
    }

    /// The most that a form without files or an API request may have: the longest job text is
    /// 20,000 characters of up to four bytes, each of which may be escaped to three.
    static let formBytesMax = 262_144

    /// Many programs send `{}` or a line break where nothing is wanted.
    private static let noBytesMax = 1_024

    static func page(
        _ pattern: StaticString, _ parameter: (any PathParameter)? = nil, for access: AccessRule,
        _ overload: OverloadClass
    ) -> RouteRow {
        RouteRow(.get, pattern, parameter, access, overload, .page, bodyBytesMax: 0)
    }

    /// A page without forms for whoever is not signed in.
    static func sharedPage(
        _ pattern: StaticString, _ parameter: (any PathParameter)? = nil
    ) -> RouteRow {
        RouteRow(
            .get, pattern, parameter, .everyone, .visitor, .page, bodyBytesMax: 0, isShared: true)
    }

    /// A page with a form for whoever is not signed in: the same for everybody but for the token.
    static func sharedForm(
        _ pattern: StaticString, _ parameter: (any PathParameter)? = nil, _ overload: OverloadClass
    ) -> RouteRow {
        RouteRow(
            .get, pattern, parameter, .everyone, overload, .page, bodyBytesMax: 0,
            isShared: true, hasSharedForm: true)
    }

    /// A page that takes nothing from the database for whoever is not signed in.
    static func staticPage(
        _ pattern: StaticString, _ parameter: (any PathParameter)? = nil, for access: AccessRule,
        _ overload: OverloadClass
    ) -> RouteRow {
        RouteRow(
            .get, pattern, parameter, access, overload, .page, bodyBytesMax: 0, isStatic: true)
    }

    /// An answer that takes nothing from the database, whoever asks.
    static func staticDocument(
        _ pattern: StaticString, _ parameter: (any PathParameter)? = nil,
        _ overload: OverloadClass
    ) -> RouteRow {
        RouteRow(
            .get, pattern, parameter, .everyone, overload, .document, bodyBytesMax: 0,
            isStatic: true)
    }

    /// A feed or a file for everybody.
    static func sharedDocument(_ pattern: StaticString) -> RouteRow {
        RouteRow(
            .get, pattern, nil, .everyone, .background, .document, bodyBytesMax: 0,
            isShared: true)
    }

    static func form(
        _ pattern: StaticString, _ parameter: (any PathParameter)? = nil, for access: AccessRule,
        _ overload: OverloadClass, bodyBytesMax: Int = formBytesMax
    ) -> RouteRow {
        RouteRow(.post, pattern, parameter, access, overload, .form, bodyBytesMax: bodyBytesMax)
    }

    /// A form that mail programs send by themselves: without a token and a cookie (RFC 8058 3.2).
    static func oneClick(
        _ pattern: StaticString, _ parameter: any PathParameter, _ overload: OverloadClass
    ) -> RouteRow {
        RouteRow(
            .post, pattern, parameter, .everyone, overload, .document, bodyBytesMax: noBytesMax)
    }

    static func document(
        _ pattern: StaticString, _ parameter: (any PathParameter)? = nil, for access: AccessRule,
        _ overload: OverloadClass
    ) -> RouteRow {
        RouteRow(.get, pattern, parameter, access, overload, .document, bodyBytesMax: 0)
    }

    static func api(
        _ method: Method, _ pattern: StaticString, _ parameter: (any PathParameter)? = nil,
        for access: AccessRule, _ overload: OverloadClass, _ contract: Contract,
        bodyBytesMax: Int? = nil
    ) -> RouteRow {
        RouteRow(
            method, pattern, parameter, access, overload, .api,
            bodyBytesMax: bodyBytesMax ?? (contract.takes == nil ? noBytesMax : formBytesMax),
            contract: contract)
    }

    /// What programs may read without a token; while the database is away they get what was the
    /// last answer.
    static func rememberedAPI(
        _ pattern: StaticString, _ parameter: (any PathParameter)? = nil, _ contract: Contract
    ) -> RouteRow {
        RouteRow(
            .get, pattern, parameter, .everyone, .visitor, .api, bodyBytesMax: noBytesMax,
            isRemembered: true, contract: contract)
    }

    /// The row of a form that is about money.
    var aboutMoney: RouteRow {
        var row = self
        row.isAboutMoney = true
        return row
    }

    /// Stands for a row where there is no route.
    static func nowhere(_ kind: Kind) -> RouteRow {
        RouteRow(.get, "/", nil, .everyone, .visitor, kind, bodyBytesMax: 0)
    }

    private init(
        _ method: Method, _ pattern: StaticString, _ parameter: (any PathParameter)?,
        _ access: AccessRule, _ overload: OverloadClass, _ kind: Kind, bodyBytesMax: Int,
        isShared: Bool = false, hasSharedForm: Bool = false, isStatic: Bool = false,
        isRemembered: Bool = false, contract: Contract? = nil
    ) {
        self.method = method
        self.pattern = pattern
        self.parameter = parameter?.segment
        self.access = access
        self.overload = overload
        self.kind = kind
        self.bodyBytesMax = bodyBytesMax
        self.isShared = isShared
        self.hasSharedForm = hasSharedForm
        self.isStatic = isStatic
        self.isRemembered = isRemembered
        self.contract = contract
    }

    /// The path with the value in the place of the braces.
    package var path: String {
        guard var parameter else { return pattern.description }
        let bytes = pattern.withUTF8Buffer { $0 }
        guard let open = bytes.firstIndex(of: UInt8(ascii: "{")),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: "}"))
        else { return pattern.description }
        let suffix = UnsafeBufferPointer(rebasing: bytes[(close + 1)...])
        return parameter.withUTF8 { value in
            String(unsafeUninitializedCapacity: open + value.count + suffix.count) { output in
                var end = output.initialize(fromContentsOf: bytes[..<open])
                end = output[end...].initialize(fromContentsOf: value)
                return output[end...].initialize(fromContentsOf: suffix)
            }
        }
    }
}

/// How urgent a request is when there is too much to do.
///
/// The order is that of admission; the sign-in of an admin is seen only after it.
package enum OverloadClass: String, Sendable, CaseIterable {
    case admin, member, conversion, visitor, background
    /// Answered from memory, whatever happens.
    case status
}
