/// The bounds on one request head.
package struct RequestLimits: Sendable, Hashable {
    /// Bytes of the head, request line to empty line; beyond it 431. At most 32,767: positions
    /// have 16 bits, and a decoded path is kept behind the head.
    package var headBytesMax: Int {
        didSet { headBytesMax = min(headBytesMax, Self.headBytesCeiling) }
    }
    /// Field lines; beyond it 431.
    package var fieldsMax: Int
    /// Bytes of the request target; beyond it 414.
    package var targetBytesMax: Int

    /// Limits; the defaults hold what browsers send with room to spare.
    package init(headBytesMax: Int = 16_384, fieldsMax: Int = 100, targetBytesMax: Int = 8_192) {
        self.headBytesMax = min(headBytesMax, Self.headBytesCeiling)
        self.fieldsMax = fieldsMax
        self.targetBytesMax = targetBytesMax
    }

    private static let headBytesCeiling = 32_767
}
