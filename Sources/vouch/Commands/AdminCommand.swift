import ArgumentParser
import Domain
import Foundation
import Glibc
import Site
import Store

/// `vouch admin`: the people who run the platform.
struct AdminCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: "Manage the accounts of admins.",
        subcommands: [
            AdminCreateCommand.self, AdminCodeCommand.self, AdminResetFactorCommand.self,
        ])
}

/// `vouch admin create`: makes an admin; the first one is made so.
struct AdminCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create an admin's account.",
        discussion: """
            The password is asked for at the terminal, or read as one line from standard input.
            """)

    @Option(help: "The address that the admin signs in with.")
    var email: String

    @Option(help: "The admin's name.")
    var name: String

    @Option(help: "The language of pages and mails: en or ro.")
    var language = "en"

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try await options.load()
        let (email, name, language, password) = try input()
        let context = try ProgramContext(settings)
        let source = try context.openDatabase()
        defer { source.stop() }
        if settings.flag("migrate") { try source.migrate(context.resources, context.logger) }
        let worker = PasswordWorker()
        defer { worker.stop() }
        let new = Accounts.New(
            email: email, name: name, passwordHash: try await worker.hash(password.text),
            language: language)
        do {
            try await context.withStore(source) { store in
                _ = try await store.write { transaction in
                    try await store.accounts.createAdmin(
                        new, at: WallClock.now(), in: transaction)
                }
            }
        } catch DomainError.duplicate(.email) {
            Console.complain("There is an account with the address \(self.email) already.")
            throw ExitCode(65)
        }
        Console.write(
            "\(email.text) is an admin now and can sign in. The first time, an authenticator app is "
                + "set up as the second factor.\n")
    }

    private func input() throws -> (EmailAddress, PersonName, Language, NewPassword) {
        do {
            let email = try EmailAddress(email)
            let name = try PersonName(name)
            guard let language = Language(rawValue: language) else {
                throw ValidationError("--language is en or ro")
            }
            let text = try Terminal.password(
                prompt:
                    "Password for \(self.email) (at least \(NewPassword.lengthMin) characters): ")
            return (email, name, language, try NewPassword(text, email: email, name: self.name))
        } catch let error as Domain.ValidationError {
            throw ValidationError("\(error.field.rawValue): \(error.reason)")
        }
    }
}

/// The terminal that a command is started from.
enum Terminal {
    /// Reads one line without showing what is typed; from standard input where it is no terminal.
    static func password(prompt: String) throws -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        var before = termios()
        if isTerminal {
            Console.complain(prompt)
            tcgetattr(STDIN_FILENO, &before)
            var silent = before
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        }
        defer { if isTerminal { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) } }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw ValidationError("no password was given")
        }
        return line
    }
}
