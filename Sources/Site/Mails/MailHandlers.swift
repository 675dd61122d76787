import Domain
import HTTP
import Store

/// Ending mails, the mailbox of the demo, and how delivery goes.
struct MailHandlers {
    let visit: Visit

    // MARK: Ending mails

    /// Asks first: programs that look at every link of a mail end nothing (RFC 8058 1).
    func unsubscribeForm(_ code: UnsubscribeCode) -> Response {
        visit.page(UnsubscribePage(code: code, isDone: false), hasForm: false)
    }

    func unsubscribe(_ code: UnsubscribeCode) async throws -> Response {
        guard let id = code.message(visit.services.settings.keys),
            try await visit.store.mailDelivery.optOut(of: id, at: visit.now)
        else { throw DomainError.notFound(.mail) }
        return visit.page(UnsubscribePage(code: code, isDone: true), hasForm: false)
    }

    // MARK: The mailbox of the demo

    func mailbox() async throws -> Response {
        try requireMailbox()
        return visit.page(MailboxPage(mails: try await visit.store.demoMails.list()))
    }

    func show(_ id: DemoMailID) async throws -> Response {
        visit.page(DemoMailPage(mail: try await mail(id)))
    }

    /// The part for readers with HTML, as it is.
    func html(_ id: DemoMailID) async throws -> Response {
        var response = Response(.ok)
        response.fields.add(.contentType, "text/html; charset=utf-8")
        response.body = .bytes(Array(try await mail(id).html.utf8))
        return response
    }

    private func mail(_ id: DemoMailID) async throws -> DemoMails.Mail {
        try requireMailbox()
        guard let mail = try await visit.store.demoMails.find(id) else {
            throw DomainError.notFound(.mail)
        }
        return mail
    }

    private func requireMailbox() throws {
        guard visit.services.settings.hasMailbox else { throw DomainError.notFound(.mail) }
    }

    // MARK: Delivery

    func delivery() async throws -> Response {
        let delivery = visit.store.mailDelivery
        return visit.page(
            MailDeliveryPage(
                state: try await delivery.state(), deadLetters: try await delivery.deadLetters(),
                suppressed: try await delivery.suppressed()))
    }

    func allow() async throws -> Response {
        let principal = try visit.principal()
        let address: EmailAddress
        do throws(ValidationError) {
            address = try EmailAddress(visit.fields[.email])
        } catch {
            throw DomainError.invalid([error])
        }
        try await visit.store.write { transaction in
            try await visit.store.mailDelivery.allow(
                address, by: principal, at: visit.now, in: transaction)
        }
        return visit.redirect(to: MailRoute.delivery.path, notice: .addressAllowed)
    }
}
