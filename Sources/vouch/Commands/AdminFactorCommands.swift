import ArgumentParser
import Domain
import Site
import Store

/// `vouch admin code`: what an authenticator app would show, for the demo and for scripts.
struct AdminCodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code",
        abstract: "Print the present code of a second factor.",
        discussion: """
            Without --secret it is the demo admin's. A code is taken once: for a second sign-in \
            within half a minute wait for the next one.
            """)

    @Option(help: "The key in base32, as the page that sets the app up shows it.")
    var secret: String?

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try await options.load()
        guard let text = try secret ?? DemoFactor.known(settings) else {
            Console.complain(
                "There is no demo here: name a key with --secret, or start with serve --demo.")
            throw ExitCode(66)
        }
        guard let secret = FactorSecret(base32: text) else {
            throw ValidationError("the key is not 32 letters of base32")
        }
        Console.write(secret.code(at: WallClock.now()).text + "\n")
    }
}

/// `vouch admin reset-factor`: for somebody who has lost the app and the recovery codes.
struct AdminResetFactorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset-factor",
        abstract: "Remove the lost second factor of an account.",
        discussion: """
            Make sure first who asks. All sessions of the account end, its owner is mailed, and an \
            admin sets up another app at the next sign-in.
            """)

    @Argument(help: "The address that the account signs in with.")
    var email: String

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try await options.load()
        let email: EmailAddress
        do {
            email = try EmailAddress(self.email)
        } catch {
            throw ValidationError("\(self.email) is no e-mail address")
        }
        let context = try ProgramContext(settings)
        let source = try context.openDatabase()
        defer { source.stop() }
        if settings.flag("migrate") { try source.migrate(context.resources, context.logger) }
        do {
            try await context.withStore(source) { store in
                guard let known = try await store.accounts.credentials(for: email) else {
                    throw DomainError.notFound(.account)
                }
                try await store.write { transaction in
                    try await store.secondFactors.reset(
                        of: known.account.id, at: WallClock.now(), in: transaction)
                }
            }
        } catch DomainError.notFound(let subject) {
            Console.complain(
                subject == .account
                    ? "There is no account with the address \(email.text)."
                    : "\(email.text) has no second factor.")
            throw ExitCode(65)
        }
        Console.write("\(email.text) has no second factor any more.\n")
    }
}
