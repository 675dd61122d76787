import Domain
import HTTP
import Store
import TestSupport
import Testing

@testable import Site

/// Every field that has a bound, at it and beyond it: what stands at the bound is taken, what is
/// beyond is refused with a sentence beside the field, and everything that was typed stays.
@Suite struct FormBoundsTests {
    /// Buttons: there is nothing to type, and what they send is hidden in the page.
    private static let withoutFields: Set<String> = [
        "account.signOut", "account.confirm", "account.sendConfirmation", "account.revokeToken",
        "account.signOutEverywhere", "public.withdraw", "public.refuseRecommendation",
        "company.publish", "company.pause", "company.fill", "company.close", "admin.recordHire",
        "admin.batchFile", "admin.disableAdmin", "admin.verifyCompany", "admin.resendMail",
        "mail.allowAddress", "dispute.withdraw", "admin.decideSpool",
    ]

    /// Forms whose fields have no bounds: a choice from a list, and codes of a fixed length, which
    /// `OneTimeCodeTests`, `SecondFactorTests` and `SignInCodeTests` hold.
    private static let withoutBounds: Set<String> = [
        "account.saveLanguage", "account.signInCode", "account.saveFactor", "admin.setOverload",
        "account.renewRecoveryCodes", "account.removeFactor",
    ]

    /// Forms that stand on what others did before; `DisputePagesTests` holds their bounds.
    private static let elsewhere: Set<String> = [
        "dispute.answer", "dispute.addEvidence", "dispute.claim", "dispute.object",
        "dispute.decide",
    ]

    /// Forms that no row of the table covers yet.
    private static let notYetCovered: Set<String> = []

    @Test func `every form is in the table, or says why it is not`() {
        let forms = Set(Route.table.filter { $0.sample.row.kind == .form }.map(\.name))
        let covered = Set(BoundedForm.all.map(\.route))
        let excused = [
            Self.withoutFields, Self.withoutBounds, Self.elsewhere, Self.notYetCovered,
        ]

        #expect(excused.reduce(covered) { $0.union($1) } == forms)
        #expect(excused.allSatisfy(covered.isDisjoint))
    }

    @Test func `a form that is said to be a button shows nothing to type into`() {
        let samples = PagesSamples()
        let router = Router()
        var typed: Set<String> = []
        for sample in samples.all {
            let page = String(
                decoding: sample.page.bytes(in: samples.context(sample, texts: Texts(.english))),
                as: UTF8.self)
            let forms = page.matches(
                of: #/<form method="post" action="([^"?]*)[^"]*"[^>]*>(.*?)<\/form>/#
                    .dotMatchesNewlines())
            for form in forms {
                let controls = form.2.matches(of: #/<(input|select|textarea)\b([^>]*)>/#)
                guard controls.contains(where: { !$0.2.contains("type=\"hidden\"") }) else {
                    continue
                }
                // A button may send the same fields elsewhere.
                let others = form.2.matches(of: #/formaction="([^"?]*)/#).map(\.1)
                for target in [form.1] + others {
                    let match = Array(target.utf8).withUnsafeBufferPointer {
                        router.match(.post, $0)
                    }
                    if case .found(_, let row) = match { typed.insert(row.name) }
                }
            }
        }
        #expect(typed.isDisjoint(with: Self.withoutFields))
        #expect(Self.withoutBounds.subtracting(typed).isEmpty)
    }

    @Test(arguments: BoundedForm.all)
    func `what is beyond a bound is refused and kept, what stands at it is taken`(
        form: BoundedForm
    ) async throws {
        try await withWorld { world in
            try await world.givePasswords()
            let place = try await form.prepare(world)
            for refusal in form.refused {
                let answer = try await form.send(
                    [refusal.field.rawValue: refusal.value], to: place, file: refusal.file,
                    world)
                Self.check(answer, is: refusal, of: form)
            }
            for changes in form.accepted {
                try await world.givePasswords()
                let place = try await form.prepare(world)
                let answer = try await form.send(changes, to: place, file: form.file, world)
                let said = Comment(rawValue: "\(form.route) \(changes.keys.sorted())")
                #expect(answer.status == form.success, said)
                #expect(!answer.text.contains("-error\""), said)
            }
        }
    }

    /// A refusal says why beside the field, and keeps everything that can be seen.
    private static func check(
        _ answer: Answer, is refusal: BoundedForm.Refused, of form: BoundedForm
    ) {
        let (field, value, text) = (refusal.field, refusal.value, answer.text)
        let said = Comment(rawValue: "\(form.route) \(field): \(value.prefix(40))")
        #expect(answer.status == 422, said)
        #expect(text.contains("id=\"field-\(field.rawValue)-error\""), said)
        let sentence = Texts(.english).form.problem(ValidationError(field, refusal.reason))
        #expect(text.contains(sentence), said)
        for (name, typed) in form.visible([field.rawValue: value]) {
            #expect(text.contains(typed), "\(form.route) keeps \(name)")
        }
    }
}

/// One form with the bounds of its fields.
struct BoundedForm: Sendable, CustomTestStringConvertible {
    let route: String
    let person: Person
    /// What is sent where nothing else is said.
    let base: [(name: String, value: String)]
    /// Nil for a form without files.
    var file: [UInt8]?
    let refused: [Refused]
    /// Each a set of changes to what is sent; the first has every field at its upper bound.
    let accepted: [[String: String]]
    var success = 303
    /// Makes what the form is about, anew each time.
    let prepare: @Sendable (World) async throws -> Place

    /// Who sends it.
    enum Person: Sendable { case nobody, company, affiliate, admin }

    /// Where a form is sent to, where it stands, and what its page knows.
    struct Place: Sendable {
        let action: String
        /// Nil for the address it is sent to.
        var page: String?
        var hidden: [(name: String, value: String)] = []
    }

    /// A value that cannot be used, and why.
    struct Refused: Sendable {
        let field: ValidationError.Field
        let value: String
        let reason: ValidationError.Reason
        var file: [UInt8]?

        init(
            _ field: ValidationError.Field, _ value: String, _ reason: ValidationError.Reason,
            file: [UInt8]? = nil
        ) {
            self.field = field
            self.value = value
            self.reason = reason
            self.file = file
        }
    }

    static var all: [BoundedForm] { accounts + passwords + candidates + desks + money }

    var testDescription: String { route }

    /// Passwords and files are not shown again, and what is hidden was not typed.
    private static let unseen: Set<String> = [
        "password", "new_password", "current_password", "cv", "consent", "commission", "payout",
        "introduction", "flag",
    ]

    /// What a person can see of what was sent.
    func visible(_ changes: [String: String]) -> [(name: String, value: String)] {
        fields(changes).filter { !Self.unseen.contains($0.name) }
    }

    private func fields(_ changes: [String: String]) -> [(name: String, value: String)] {
        let kept = base.filter { changes[$0.name] == nil }
        return kept + changes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Sends the form from a browser of its own.
    func send(
        _ changes: [String: String], to place: Place, file other: [UInt8]?, _ world: World
    ) async throws -> Answer {
        let browser =
            switch person {
            case .nobody: Browser(world.site)
            case .company: try await world.browser(of: world.company)
            case .affiliate: try await world.browser(of: world.affiliate)
            case .admin: try await world.browser(of: world.admin)
            }
        let token = try await browser.token(on: place.page ?? place.action)
        let sent = [("csrf", token)] + place.hidden + fields(changes)
        guard let file = other ?? file else {
            return try await browser.send(.form(place.action, sent))
        }
        return try await browser.send(.upload(place.action, sent, file: ("cv.pdf", file)))
    }
}

/// Texts of a wanted length.
enum Length {
    static func text(_ count: Int, of letter: Character = "k") -> String {
        String(repeating: letter, count: count)
    }

    /// An address whose labels are as long as RFC 1035 2.3.4 lets them be.
    static func email(_ count: Int, _ letter: Character = "e") -> String {
        let rest = count - 64 - 1 - 2 * 64
        return text(64, of: letter) + "@" + text(63, of: letter) + "." + text(63, of: letter)
            + "." + text(rest, of: letter)
    }

    /// A password that is not easily guessed.
    static func password(_ bytes: Int) -> String {
        String(String(repeating: "k7pQz2mLw9", count: bytes / 10 + 1).prefix(bytes))
    }

    /// A new address each time.
    static var newEmail: String { "n\(UInt64.random(in: 0...UInt64.max))@example.com" }
}

extension World {
    /// Lets everybody sign in with the password of the tests.
    func givePasswords() async throws {
        let hash = try await site.services.passwords.hash(Browser.password)
        try await site.store.write { transaction in
            for account in [company, affiliate, other, admin] {
                try await site.store.accounts.setPasswordHash(
                    hash, of: account.id, at: TestSite.now, in: transaction)
            }
        }
    }

    /// A hire that was recorded just now, with its commission.
    func recordedHire() async throws -> (hire: HireID, commission: CommissionID) {
        let maker = WorldMaker(site: site)
        let id = try await maker.apply(to: job, via: code, Length.newEmail).id
        let commission = try await maker.record(id, by: admin)
        let hires = try await site.store.hires.recorded().items
        guard let hire = hires.first(where: { $0.introduction == id })?.id else {
            throw TestFailure("no hire")
        }
        return (hire, commission)
    }

    /// The invoice of a hire that was recorded just now.
    func openInvoice() async throws -> Invoices.Invoice {
        let commission = try await recordedHire().commission
        try await approve(commission)
        let open = try await site.store.invoices.open().items
        guard let invoice = open.first(where: { $0.commission == commission }) else {
            throw TestFailure("no invoice")
        }
        return invoice
    }

    /// One that was paid.
    func receivedInvoice() async throws -> InvoiceID {
        let id = try await openInvoice().id
        _ = try await site.store.write { transaction in
            try await site.store.invoices.receive(
                id, on: TestSite.today, bankReference: BankReference(stored: "OP 7"),
                by: admin.principal, at: TestSite.now, in: transaction)
        }
        return id
    }

    func approve(_ commission: CommissionID) async throws {
        try await site.store.write { transaction in
            _ = try await site.store.commissionDeeds.decide(
                .approve, on: [commission], note: Note(stored: ""), by: admin.principal,
                at: TestSite.now, in: transaction)
        }
    }
}
