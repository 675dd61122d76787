import Domain
import Store
import Testing

@testable import Site

/// Messages that become visible in another order than that of their ids.
@Suite struct NewsPositionTests {
    private func reading(
        _ ids: [Int64], running: Int64, next: Int64, newest: Int64? = nil
    ) -> News.Reading {
        News.Reading(
            oldestRunning: running, nextTransaction: next,
            newest: OutboxID(newest ?? ids.max() ?? 0),
            items: ids.map {
                News.Item(id: OutboxID($0), reader: .affiliate(AffiliateID(1)), subject: nil)
            },
            isFull: false)
    }

    @Test func `where nothing runs, everything is settled at once`() {
        var position = NewsPosition(settled: OutboxID(0))
        let new = position.advance(reading([1, 2], running: 50, next: 50))
        #expect(new.map(\.id.rawValue) == [1, 2])
        #expect(position.settled == OutboxID(2))
        #expect(position.known.isEmpty)
    }

    @Test func `a smaller id that comes later is new, and the larger one is not new again`() {
        var position = NewsPosition(settled: OutboxID(0))
        // Transaction 50 has taken id 1 and runs on; 51 wrote id 2 and is over.
        #expect(position.advance(reading([2], running: 50, next: 52)).map(\.id.rawValue) == [2])
        #expect(position.settled == OutboxID(0))
        let late = position.advance(reading([1, 2], running: 52, next: 52))
        #expect(late.map(\.id.rawValue) == [1])
        #expect(position.settled == OutboxID(2))
    }

    @Test func `a transaction that never ends does not make the memory grow without bound`() {
        var position = NewsPosition(settled: OutboxID(0))
        for id in Int64(1)...20_000 {
            let new = position.advance(reading([id], running: 50, next: 60 + id))
            #expect(new.count == 1)
        }
        #expect(position.known.count <= 5_000)
        #expect(position.settled > OutboxID(0))
    }

    @Test(arguments: ["7", "3-7-12", "0"])
    func `a mark reads what it writes`(text: String) {
        #expect(NewsMark(text)?.text == text)
    }

    @Test func `a mark names what was told behind what is settled, and not too much of it`() {
        let mark = NewsMark(settled: OutboxID(5), told: [OutboxID(3), OutboxID(9), OutboxID(8)])
        #expect(mark.text == "5-8-9")
        let many = NewsMark(settled: OutboxID(0), told: Set((1...40).map { OutboxID($0) }))
        #expect(many.told == Set((25...40).map { OutboxID($0) }))
    }

    @Test(arguments: [
        "", "-", "7-", "-7", "+7", "7--7", " 7-7", "a-b", "99999999999999999999", "7\n",
        String(repeating: "7-", count: 17) + "7", String(repeating: "0", count: 1_000),
    ])
    func `what is no mark is none`(text: String) {
        #expect(NewsMark(text) == nil)
    }
}
