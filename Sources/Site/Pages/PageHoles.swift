import Domain
import HTTP
import HTTPServer

/// What stands in a page in memory where each visitor's own values go: drawn anew by each process,
/// so that no text of a page can have it, and as long as what goes there.
struct PageHoles: Sendable {
    /// For the code by which the visitor came.
    let code: LinkCode
    /// For the token of the visitor's forms.
    let formToken: String
    /// For the key that makes one write of a form that is sent twice.
    let idempotencyKey: String

    /// A place in a page, and what goes there.
    struct Hole: Sendable {
        enum Kind: Sendable { case code, formToken, idempotencyKey }

        let kind: Kind
        let bytes: Range<Int>
    }

    init(_ random: RandomSource) {
        code = LinkCode(random: random.bytes(LinkCode.length))
        formToken = Base64.urlEncoded(random.bytes(2 * FormToken.byteCount))
        idempotencyKey = Base64.urlEncoded(random.bytes(Visit.idempotencyKeyBytes))
    }

    /// Where something is to be filled in.
    func find(in content: [UInt8], hasCode: Bool, hasForm: Bool) -> [Hole] {
        var holes: [Hole] = []
        if hasCode { holes += find(code.text, .code, in: content) }
        if hasForm {
            holes += find(formToken, .formToken, in: content)
            holes += find(idempotencyKey, .idempotencyKey, in: content)
        }
        return holes
    }

    private func find(_ text: String, _ kind: Hole.Kind, in content: [UInt8]) -> [Hole] {
        let wanted = Array(text.utf8)
        guard content.count >= wanted.count else { return [] }
        return (0...(content.count - wanted.count)).filter { start in
            content[start] == wanted[0]
                && content[start..<(start + wanted.count)].elementsEqual(wanted)
        }.map { Hole(kind: kind, bytes: $0..<($0 + wanted.count)) }
    }

    /// A page that was made for everybody, as one visitor gets it.
    func filled(_ response: Response, _ filling: PageFilling) -> Response {
        guard case .bytes(let content) = response.body else { return response }
        let holes = find(in: content, hasCode: true, hasForm: true)
        guard !holes.isEmpty else { return response }
        return filling.fill(holes, of: content, response.status, response.fields)
    }
}

/// One visitor's own values, for the holes of a page in memory.
struct PageFilling: Sendable {
    /// What a form needs; the cookie is that of a visitor who had nothing to bind a token to.
    struct Form: Sendable {
        let token: String
        let idempotencyKey: String
        let cookie: SetCookie?
    }

    let code: LinkCode?
    /// Made only for a page that has a form: a token costs a signature.
    let makeForm: (@Sendable () -> Form)?

    init(code: LinkCode? = nil, makeForm: (@Sendable () -> Form)? = nil) {
        self.code = code
        self.makeForm = makeForm
    }

    /// The page with the visitor's values; what has none becomes as many spaces, so that nothing of
    /// the placeholders is ever sent.
    func fill(
        _ holes: [PageHoles.Hole], of content: [UInt8], _ status: Status, _ fields: ResponseFields
    ) -> Response {
        var content = content
        var fields = fields
        let form = holes.contains { $0.kind != .code } ? makeForm?() : nil
        for hole in holes {
            let text: String? =
                switch hole.kind {
                case .code: code?.text
                case .formToken: form?.token
                case .idempotencyKey: form?.idempotencyKey
                }
            if let text, text.utf8.count == hole.bytes.count {
                content.replaceSubrange(hole.bytes, with: text.utf8)
            } else {
                content.replaceSubrange(
                    hole.bytes, with: repeatElement(UInt8(ascii: " "), count: hole.bytes.count))
            }
        }
        if let cookie = form?.cookie { fields.add(cookie) }
        return Response(status, fields: fields, body: .bytes(content))
    }
}
