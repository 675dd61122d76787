import Domain
import HTTP
import Store

/// Applications sent by programs, which need no account: the receipt is the key to them.
struct ApplicationAPI {
    let visit: Visit

    /// The key, where one is sent, is the application's own.
    func apply(_ slug: JobSlug) async throws -> Response {
        let content = try visit.sentContent()
        guard case .object(let members) = content else { throw DomainError.notFound(.job) }
        let fields = Fields.json(members)
        let form = try ApplicationForm(
            fields, cv: try Self.cv(content["cv"]),
            language: Language(rawValue: fields[.language]) ?? visit.language)
        let outcome = try await ApplicationHandlers(visit: visit).submit(
            form, to: slug, via: LinkCode(fields["via"]), key: try visit.sentKey())
        switch outcome {
        case .waits(let receipt):
            return visit.json(
                KeptResource(
                    receipt: receipt, url: visit.url(PublicRoute.keptReceipt(receipt).path)),
                status: .accepted)
        case .written(.accepted(_, let receipt)):
            var response = visit.json(
                ReceiptResource(
                    receipt: receipt, url: visit.url(PublicRoute.receipt(receipt).path)),
                status: .created)
            response.fields.add(.location, APIRoute.application(receipt).path)
            return response
        case .written(.duplicate(let match)): throw DomainError.duplicate(.candidate(match))
        }
    }

    func application(_ code: ReceiptCode) async throws -> Response {
        guard let receipt = try await visit.store.receipts.find(code) else {
            throw DomainError.notFound(.introduction)
        }
        guard !receipt.isErased else { throw DomainError.gone(.introduction) }
        return visit.json(ApplicationResource(receipt: receipt))
    }

    func export(_ code: ReceiptCode) async throws -> Response {
        visit.json(ExportResource(export: try await visit.store.receipts.export(code)))
    }

    /// Erasing what is erased changes nothing, so the key is not needed.
    func erase(_ code: ReceiptCode) async throws -> Response {
        let content = try visit.sentContent()
        _ = try visit.sentKey()
        try await ApplicationHandlers(visit: visit).erase(
            code, consented: content["consent"] == .flag(true))
        return visit.json(ErasedResource())
    }

    /// Withdrawing what is withdrawn changes nothing, so the key is not needed, and there is no
    /// account to keep an answer for.
    func withdraw(_ code: ReceiptCode) async throws -> Response {
        _ = try visit.sentContent()
        _ = try visit.sentKey()
        try await visit.store.write { transaction in
            try await visit.store.receipts.withdraw(code, at: visit.now, in: transaction)
        }
        return try await application(code)
    }

    private static func cv(
        _ cv: JSONValue?
    ) throws(DomainError) -> (name: String, bytes: [UInt8]) {
        guard let name = cv?["file_name"]?.text, let content = cv?["content"]?.text,
            let bytes = Base64.decoded(content)
        else { throw .invalid([ValidationError(.cv, .malformed)]) }
        return (name, bytes)
    }
}
