import Testing

@testable import Site

@Suite struct SegmentedLRUTests {
    @Test func `never more bytes than allowed, and what is found is what was put in`() {
        var generator = SystemRandomNumberGenerator()
        var memory = SegmentedLRU<Int, Int>(bytesMax: 1_000)
        var model: [Int: Int] = [:]
        for step in 0..<20_000 {
            let key = Int.random(in: 0..<60, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4:
                let bytes = Int.random(in: 1...250, using: &generator)
                let isKept = memory.insert(step, for: key, byteCount: bytes)
                #expect(isKept == (bytes <= 200))
                model[key] = isKept ? step : nil
            case 4..<9:
                if let found = memory.find(key) { #expect(found == model[key]) }
            default:
                memory.remove(key)
                model[key] = nil
                #expect(memory.peek(key) == nil)
            }
            #expect(memory.byteCount <= 1_000)
        }
        for (key, value) in memory.all { #expect(model[key] == value) }
        #expect(memory.all.map(\.key).count == memory.count)
        for key in 0..<60 { memory.remove(key) }
        #expect(memory.byteCount == 0)
        #expect(memory.count == 0)
        #expect(Array(memory.all.map(\.key)).isEmpty)
    }

    @Test func `what was read least recently goes first`() {
        var memory = SegmentedLRU<String, Int>(bytesMax: 500)
        for (value, key) in ["a", "b", "c", "d", "e"].enumerated() {
            memory.insert(value, for: key, byteCount: 100)
        }
        memory.insert(5, for: "f", byteCount: 100)
        #expect(memory.peek("a") == nil)
        #expect(memory.find("b") == 1)
        memory.insert(6, for: "g", byteCount: 100)
        #expect(memory.peek("b") == 1)
        #expect(memory.peek("c") == nil)
        #expect(memory.evictionCount == 2)
    }

    @Test func `a walk over everything leaves what is read again and again`() {
        var memory = SegmentedLRU<Int, Int>(bytesMax: 1_000)
        for key in 0..<8 {
            memory.insert(key, for: key, byteCount: 100)
            _ = memory.find(key)
        }
        for key in 100..<10_000 { memory.insert(key, for: key, byteCount: 100) }
        for key in 0..<8 { #expect(memory.peek(key) == key) }
        // What nobody reads any more makes room for what is read now.
        for key in 200..<208 {
            memory.insert(key, for: key, byteCount: 100)
            _ = memory.find(key)
        }
        for key in 200..<208 { #expect(memory.peek(key) == key) }
        #expect((0..<8).allSatisfy { memory.peek($0) == nil || memory.byteCount <= 1_000 })
    }
}
