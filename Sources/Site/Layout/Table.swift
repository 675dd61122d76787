import HTML

/// A table whose rows become cards on a phone, where each cell names its column.
struct Table {
    let caption: String
    let columns: [Column]

    /// One column; numbers stand at its end.
    struct Column {
        let name: String
        var isNumeric = false
        /// Whether the column has buttons and its name is only read aloud.
        var isAction = false
    }
}

/// Writes the cells of one row in the order of the columns.
struct RowPrinter: ~Copyable {
    private let columns: [Table.Column]
    private var position = 0

    init(_ table: Table) { columns = table.columns }

    /// The cell that names the row.
    mutating func header(
        _ html: inout HTMLPrinter, content: (inout HTMLPrinter) -> Void
    ) {
        html(.th, .scope(.row), content: content)
        position += 1
    }

    mutating func cell(_ html: inout HTMLPrinter, content: (inout HTMLPrinter) -> Void) {
        guard position < columns.count else { return }
        let column = columns[position]
        position += 1
        html(
            .td, column.isNumeric ? .class("number") : column.isAction ? .class("action") : .absent
        ) { html in
            // Read aloud by the table itself; shown only where rows are cards.
            html(.span, .class("cell-name"), .ariaHidden, text: column.name)
            html(.div, .class("cell"), content: content)
        }
    }

    mutating func cell(_ html: inout HTMLPrinter, text: String) {
        cell(&html) { html in html.text(text) }
    }
}

extension HTMLPrinter {
    /// Writes a table with a row for each value.
    mutating func table<Value>(
        _ table: Table, rows: [Value],
        row: (Value, inout RowPrinter, inout HTMLPrinter) -> Void
    ) {
        self(.table, .class("cards")) { html in
            html(.caption, .class("visually-hidden"), text: table.caption)
            html(.thead) { html in
                html(.tr) { html in
                    for column in table.columns {
                        html(
                            .th, .scope(.column), .when(column.isNumeric, .class("number"))
                        ) { html in
                            if column.isAction {
                                html(.span, .class("visually-hidden"), text: column.name)
                            } else {
                                html.text(column.name)
                            }
                        }
                    }
                }
            }
            html(.tbody) { html in
                for value in rows {
                    html(.tr) { html in
                        var printer = RowPrinter(table)
                        row(value, &printer, &html)
                    }
                }
            }
        }
    }
}
