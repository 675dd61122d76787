import HTTPFuzzing
import Testing

@Suite struct MutationTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `no mutated input breaks a promise`(seed: UInt64) throws {
        var fuzzer = Fuzzer(seed: seed)

        for _ in 0..<1_000 { try fuzzer.round() }
    }
}
