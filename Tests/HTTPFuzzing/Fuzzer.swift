/// Throws mutated inputs at the parsers and checks what must hold for any input.
package struct Fuzzer {
    /// A promise that an input has broken.
    package struct Failure: Error, CustomStringConvertible {
        /// What was expected.
        package let promise: String
        /// The input, and how it was cut.
        package let input: [UInt8]

        /// The promise and the input, as text and as bytes.
        package var description: String {
            let text = String(decoding: input, as: UTF8.self).debugDescription
            return "broken: \(promise)\ntext: \(text)\nbytes: \(input)"
        }
    }

    private var generator: SplitMix
    private let heads = Mutator(corpus: Corpus.heads)
    private let values = Mutator(corpus: Corpus.values)
    private let chunks = Mutator(corpus: Corpus.chunks)
    private let forms = Mutator(corpus: Corpus.forms)
    private let parts = Mutator(corpus: Corpus.parts)

    /// A fuzzer whose inputs are fixed by the seed.
    package init(seed: UInt64) { generator = SplitMix(seed: seed) }

    /// Checks one input of each kind.
    package mutating func round() throws(Failure) {
        let head = heads.input(using: &generator)
        try HeadChecks.check(head, cuts: head.cuts(using: &generator))
        try ValueChecks.check(values.input(using: &generator))
        let chunked = chunks.input(using: &generator)
        try ContentChecks.checkChunked(chunked, cuts: chunked.cuts(using: &generator))
        try ContentChecks.checkForm(forms.input(using: &generator))
        try ContentChecks.checkMultipart(parts.input(using: &generator))
    }
}

/// Throws if the promise is not kept.
func expect(
    _ isKept: Bool, _ promise: String, _ input: [UInt8]
) throws(Fuzzer.Failure) {
    if !isKept { throw Fuzzer.Failure(promise: promise, input: input) }
}
