/// Why the private cluster could not be started; the sentence is for the operator.
package struct EmbeddedPostgresError: Error, CustomStringConvertible, Sendable {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
