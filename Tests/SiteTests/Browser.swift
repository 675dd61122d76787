import Domain
import HTTP
import Store
import TestSupport

@testable import Site

/// A person at a browser: keeps cookies, fills in forms with the tokens of their pages.
final class Browser {
    let site: TestSite
    private var cookies: [String: String] = [:]
    private static let kept = [
        "vouch-session", "vouch-form", "vouch-notice", "vouch-language", "vouch-factor",
    ]

    init(_ site: TestSite) { self.site = site }

    /// Asks for a page.
    func get(_ target: String) async throws -> Answer { try await send(.get(target)) }

    /// Fills in the form on a page and sends it.
    ///
    /// - Parameter page: where the form stands; nil for the very address it is sent to.
    @discardableResult
    func post(
        _ target: String, from page: String? = nil, _ fields: [(name: String, value: String)] = []
    ) async throws -> Answer {
        let token = try await token(on: page ?? target)
        return try await send(.form(target, [("csrf", token)] + fields))
    }

    /// The token on a page, which must have a form.
    func token(on page: String) async throws -> String {
        guard let token = try await get(page).hidden("csrf") else {
            throw TestFailure("no form at \(page)")
        }
        return token
    }

    /// Sends a request with this browser's cookies.
    func send(_ ask: Ask) async throws -> Answer {
        let answer = try await site.send(asking(ask))
        for name in Self.kept {
            guard let value = answer.cookie(name) else { continue }
            cookies[name] = value.isEmpty ? nil : value
        }
        return answer
    }

    /// A request with this browser's cookies.
    func asking(_ ask: Ask) -> Ask {
        guard !cookies.isEmpty else { return ask }
        let pairs = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return ask.with("Cookie", pairs.joined(separator: "; "))
    }

    var isSignedIn: Bool { cookies["vouch-session"] != nil }

    func copyCookies(from other: Browser) { cookies = other.cookies }

    /// Takes a cookie as `name=value`.
    func keep(_ cookie: String) {
        let parts = cookie.split(separator: "=", maxSplits: 1)
        cookies[String(parts[0])] = String(parts[1])
    }

    /// Signs up for a company.
    @discardableResult
    func signUpCompany(_ email: String = "firma@example.com") async throws -> Answer {
        try await post(
            "/sign-up/company",
            [
                ("company_name", "Atelier Nord"), ("name", "Maria Pop"), ("email", email),
                ("password", Self.password),
            ])
    }

    /// Signs up as an affiliate.
    @discardableResult
    func signUpAffiliate(_ email: String = "ana@example.com") async throws -> Answer {
        try await post(
            "/sign-up/affiliate",
            [("name", "Ana Ionescu"), ("email", email), ("password", Self.password)])
    }

    /// Follows the newest link that was mailed to an address and presses its button.
    @discardableResult
    func confirm(_ email: String = "ana@example.com") async throws -> Answer {
        let token = try await site.mailed("account.confirm_address", to: email)
        return try await post("/confirm/\(token)")
    }

    /// Makes an admin with a second factor, and signs them in.
    func becomeAdmin(
        _ email: String = "admin@example.com", hasFactor: Bool = true, signsIn: Bool = true
    ) async throws {
        let hash = try await site.services.passwords.hash(Self.password)
        let address = try EmailAddress(email)
        let name = try PersonName("Vlad Admin")
        let account = try await site.store.write { transaction in
            try await self.site.store.accounts.createAdmin(
                .init(email: address, name: name, passwordHash: hash, language: .english),
                at: TestSite.now, in: transaction)
        }
        if hasFactor { try await TestFactor.give(to: account.principal, site) }
        guard signsIn else { return }
        try await signIn(email)
        if hasFactor {
            try await post("/sign-in/code", [("factor_code", TestFactor.code())])
        }
    }

    @discardableResult
    func signIn(_ email: String, _ password: String = password) async throws -> Answer {
        try await post("/sign-in", [("email", email), ("password", password)])
    }

    static let password = "correct horse battery"

    /// A form of a job that can be published.
    static let job: [(name: String, value: String)] = [
        ("title", "Swift developer"),
        ("description", "A calm team that writes servers in Iași, with time for tests."),
        ("employment_type", "full_time"), ("country", "RO"), ("city", "Iași"),
        ("remote", "hybrid"), ("salary_min", "3000"), ("salary_max", "4500"),
        ("salary_currency", "EUR"), ("salary_period", "month"),
        ("valid_through", TestSite.today.adding(days: 60).description), ("commission", "500"),
        ("commission_currency", "EUR"), ("guarantee_days", "60"), ("instalments", ""),
    ]

    static let cv: [UInt8] = Array("%PDF-1.7\nnothing much\n%%EOF".utf8)
}
