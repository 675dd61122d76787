import ArgumentParser
import Domain
import Store

/// `vouch books`: proves the books, or names what is off.
struct BooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "books",
        abstract: "Check the books: debits equal credits, and rows and ledger agree.",
        discussion: "Ends with status 1 where anything is off, and names it.")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try await options.load()
        let context = try ProgramContext(settings)
        let source = try context.openDatabase()
        defer { source.stop() }
        if settings.flag("migrate") { try source.migrate(context.resources, context.logger) }
        let report = try await context.withStore(source) { store in
            try await store.books.check(deadline: .seconds(600))
        }
        Console.write(Self.text(report))
        guard report.isBalanced else { throw ExitCode(1) }
    }

    private static func text(_ report: Books.Report) -> String {
        var lines = ["\(report.transfers) transfers with \(report.entries) entries"]
        for total in report.totals {
            lines.append("debits \(sum(total.debits)), credits \(sum(total.credits))")
        }
        for balance in report.accounts {
            lines.append("\(balance.kind.rawValue) \(sum(balance.amount))")
        }
        for transfer in report.unbalanced {
            lines.append("OFF: transfer \(transfer) does not sum to zero")
        }
        for amount in report.clearing where !amount.isZero {
            lines.append("OFF: \(sum(amount)) are left in clearing")
        }
        for mismatch in report.mismatches {
            lines.append(
                "OFF: affiliate \(mismatch.affiliate) is owed \(sum(mismatch.payable)) by the "
                    + "ledger, and has \(sum(mismatch.open)) of open commissions")
        }
        for fault in report.faults {
            lines.append(
                "OFF: \(name(fault.row)) says \(sum(fault.said)), the ledger \(sum(fault.booked))")
        }
        lines.append(report.isBalanced ? "The books balance." : "The books do not balance.")
        return lines.map { $0 + "\n" }.joined()
    }

    private static func sum(_ amount: Money) -> String {
        "\(amount.decimal) \(amount.currency.rawValue)"
    }

    private static func name(_ row: Books.Fault.Row) -> String {
        switch row {
        case .commission(let id): "commission \(id)"
        case .payout(let id): "payout \(id)"
        case .inTransit: "what is in transit"
        case .company(let id): "company \(id)"
        case .bank: "the bank"
        case .vat: "value added tax"
        }
    }
}
