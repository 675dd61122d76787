import Postgres
import Testing

@Suite struct SQLTests {
    @Test func `interpolated values become numbered binds`() {
        let sql: SQL = "SELECT a FROM t WHERE b = \(1) AND c = \("x") LIMIT \(5)"
        #expect(sql.text == "SELECT a FROM t WHERE b = $1 AND c = $2 LIMIT $3")
    }

    @Test func `fragments are numbered where they stand`() {
        let condition: SQL = "a = \(1) OR a = \(2)"
        let sql: SQL = "SELECT \(0) WHERE (\(fragment: condition)) AND b = \(3)"
        #expect(sql.text == "SELECT $1 WHERE (a = $2 OR a = $3) AND b = $4")
    }

    @Test func `raw literals become text`() {
        let sql: SQL = "SELECT a FROM t ORDER BY \(raw: "a DESC")"
        #expect(sql.text == "SELECT a FROM t ORDER BY a DESC")
    }

    @Test func `fragments are joined by a separator`() {
        let values = [1, 2, 3].map { "(\($0))" as SQL }
        let sql: SQL = "INSERT INTO t VALUES \(fragment: .joined(values, by: ", "))"
        #expect(sql.text == "INSERT INTO t VALUES ($1), ($2), ($3)")
    }

    @Test func `an empty fragment adds nothing`() {
        let sql: SQL = "SELECT 1\(fragment: .empty)"
        #expect(sql.text == "SELECT 1")
    }
}
