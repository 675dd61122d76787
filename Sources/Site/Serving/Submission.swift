import Domain
import HTTP
import Store

/// The content of a form that was sent, with or without files.
struct Submission: Sendable {
    let texts: FormData
    private let multipart: MultipartForm?

    /// Reads the content of either kind of form.
    init(_ request: Request) throws(FormError) {
        if ContentType(request.head.fields)?.essence == "multipart/form-data" {
            var limits = MultipartForm.Limits()
            // A file that is a little too large gets in, so that the form can say it beside the field.
            limits.fileBytesMax = PublicRoute.applicationBytesMax
            let form = try MultipartForm(request, limits: limits)
            texts = form.texts
            multipart = form
        } else {
            texts = try FormData(request)
            multipart = nil
        }
    }

    /// The name and bytes of a chosen file.
    func file(_ name: String) -> (name: String, bytes: [UInt8])? {
        guard let multipart, let file = multipart.file(name) else { return nil }
        return (file.filename, Array(multipart.bytes(of: file)))
    }

    var fields: Fields { .form(texts) }
}

/// Named texts that a person typed or a program sent; the same rules read both.
enum Fields: Sendable {
    case form(FormData)
    case json([String: JSONValue])

    /// What stands under a name; an empty text for nothing.
    subscript(_ name: String) -> String {
        switch self {
        case .form(let form): return form[name] ?? ""
        case .json(let members):
            switch members[name] {
            case .text(let text), .decimal(let text): return text
            case .integer(let number): return String(number)
            case .flag(let flag): return flag ? "yes" : ""
            case .null, .list, .object, nil: return ""
            }
        }
    }

    subscript(_ field: ValidationError.Field) -> String { self[field.rawValue] }

    /// What was typed, to stand in the form again; passwords are typed again.
    func typed(failure: DomainError? = nil) -> FormInput {
        var input = FormInput(failure: failure)
        let secret: Set<ValidationError.Field> = [
            .password, .passwordAgain, .newPassword, .currentPassword, .cv, .idempotencyKey,
            .factorCode, .currentCode, .recoveryCode,
        ]
        for field in ValidationError.Field.allCases where !secret.contains(field) {
            let text = self[field]
            if !text.isEmpty { input[field] = text }
        }
        return input
    }
}

extension Visit {
    /// What the sent form holds.
    var fields: Fields { submission?.fields ?? .form(FormData()) }

    /// The sent form as a write with a key of its own: its token is another on every page that is
    /// made, so the same bytes are the same form sent twice, and nothing else is.
    func keyedForm(of account: AccountID) throws(ValidationError) -> KeyedRequest {
        let hash = Digest.sha256(Array((head.target.rawPath + "\n").utf8) + request.body)
        let key = try IdempotencyKey(Base64.urlEncoded(hash))
        return KeyedRequest(account: account, key: key, hash: hash)
    }
}
