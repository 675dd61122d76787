import Glibc

/// A statement of one connection, prepared or about to be.
final class Statement {
    let shape: SQL.Shape
    /// The name on the server, ending in a zero; freed with the object.
    let name: UnsafeMutablePointer<CChar>
    /// True once the server has been told to prepare it.
    var isSent = false
    /// True once the server has said that it did.
    var isPrepared = false

    init(shape: SQL.Shape, number: Int) {
        self.shape = shape
        name = strdup("s\(number)")
    }

    deinit {
        free(name)
    }
}

/// The statements that one connection has prepared, by their shape.
struct StatementCache {
    private var statements: [SQL.Shape: Statement] = [:]
    private var number = 0

    /// Statements are literals of the program, so their number has a bound; this one is for a
    /// list of fragments that grows with data. What is beyond it runs unprepared.
    private static let countMax = 1_024

    /// The statement of that shape, a new one where there is none; nil where there is no room.
    mutating func statement(of shape: SQL.Shape) -> Statement? {
        if let statement = statements[shape] { return statement }
        guard statements.count < Self.countMax else { return nil }
        number += 1
        let statement = Statement(shape: shape, number: number)
        statements[shape] = statement
        return statement
    }

    /// Forgets a statement that the server does not have or cannot run any more; the next use
    /// prepares it under another name.
    mutating func forget(_ statement: Statement) {
        if statements[statement.shape] === statement { statements[statement.shape] = nil }
    }
}
