import Domain
import HTTP
import Store

/// What waits for an admin besides hires.
struct WaitingHandlers {
    let visit: Visit

    func show() async throws -> Response { visit.page(try await page()) }

    /// Says why a mark is in order; what it stopped is paid with the next run.
    func resolve() async throws -> Response {
        let principal = try visit.principal()
        let fields = visit.fields
        return try await kept {
            let note = try Self.read { () throws(ValidationError) in try Note(fields[.note]) }
            let introduction = IntroductionID(fields[AdminWaitingPage.introduction])
            let flag = SelfDealing(rawValue: fields[AdminWaitingPage.flag])
            try await visit.store.write { transaction in
                if let id = AffiliateFlagID(fields[AdminWaitingPage.affiliateFlag]) {
                    try await visit.store.flags.resolve(
                        id, note: note, by: principal, at: visit.now, in: transaction)
                } else if let introduction, let flag {
                    try await visit.store.flags.resolve(
                        flag, of: introduction, note: note, by: principal, at: visit.now,
                        in: transaction)
                } else {
                    throw DomainError.invalid([ValidationError(.note, .missing)])
                }
            }
        }
    }

    private func kept(_ write: () async throws -> Void) async throws -> Response {
        do {
            try await write()
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await page(input: visit.fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(to: AdminRoute.waiting.path, notice: .keptInBooks)
    }

    private static func read<Value>(
        _ make: () throws(ValidationError) -> Value
    ) throws(DomainError) -> Value {
        do throws(ValidationError) {
            return try make()
        } catch {
            throw .invalid([error])
        }
    }

    private func page(input: FormInput = FormInput()) async throws -> AdminWaitingPage {
        let flags = try await visit.store.flags.open()
        let invoices = try await visit.store.invoices.open(after: visit.cursor)
        return AdminWaitingPage(
            flags: flags.map { flag(of: $0, isAgain: input.failure != nil) },
            invoices: invoices.items.map { invoice in
                AdminWaitingPage.Invoice(
                    id: invoice.id, number: invoice.number, reference: invoice.reference,
                    company: invoice.companyName, amount: invoice.total,
                    dueOn: invoice.dueOn)
            }, isFirst: visit.cursor == nil, nextCursor: invoices.next?.text, input: input)
    }

    /// - Parameter isAgain: whether the form of one of the marks was sent and refused.
    private func flag(of open: Flags.Flag, isAgain: Bool) -> AdminWaitingPage.Flag {
        let fields = visit.fields
        switch open {
        case .introduction(let id, let kind, let foundAt):
            return AdminWaitingPage.Flag(
                subject: .introduction(id), flag: kind, foundAt: foundAt,
                wasRefused: isAgain && fields[AdminWaitingPage.introduction] == id.description
                    && fields[AdminWaitingPage.flag] == kind.rawValue)
        case .affiliate(let id, let affiliate, let other, let foundAt):
            return AdminWaitingPage.Flag(
                subject: .affiliates(id, affiliate, other), flag: .sharedPayoutAccount,
                foundAt: foundAt,
                wasRefused: isAgain && fields[AdminWaitingPage.affiliateFlag] == id.description)
        }
    }
}
