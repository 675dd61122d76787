import Admission
import Testing

@testable import Site

@Suite struct SpanTests {
    @Test func `who matters more waits longer`() {
        let spans = RequestClass.allCases.map { $0.span(ofLongest: .seconds(10)) }
        #expect(
            spans == [.seconds(10), .seconds(5), .seconds(3), .seconds(2), .seconds(10)])
    }

    @Test(arguments: [Duration.milliseconds(500), .seconds(1), .seconds(3)])
    func `a short span holds for all, and nobody's is longer`(longest: Duration) {
        for requestClass in RequestClass.allCases {
            let span = requestClass.span(ofLongest: longest)
            #expect(span <= longest)
            #expect(span >= min(longest, .seconds(1)))
        }
    }
}
