import TLS

/// A class of traffic with every name resolved: what a thread needs to play its visitors.
struct ClassPlan: Sendable {
    let name: String
    /// Visitors a second where the factor is 1.
    let rate: Double
    /// Whether the phases change the rate.
    let isScaled: Bool
    let connections: ConnectionMode
    let patience: Duration
    let target: Target
    let tls: TLSClientContext?
    let steps: [StepPlan]
    /// The values that a visitor begins with; those of lists and `unique` are set for each.
    let slotCount: Int
    let choices: [(slot: Int, values: [[UInt8]])]

    /// Where `unique` and `location` are.
    static let uniqueSlot = 0
    static let locationSlot = 1
}

/// One request of a class, ready to be filled in.
struct StepPlan: Sendable {
    /// The request line and the fields that are the same for all, each with its CRLF.
    let head: CompiledText
    /// The profile's own cookies; nil for none.
    let cookies: CompiledText?
    let body: CompiledText?
    let isHead: Bool
    /// Whether a request that got no answer may be sent again (RFC 9110 9.2.2).
    let isSafe: Bool
    let expected: [Int]
    let captures: [(slot: Int, after: [UInt8], before: [UInt8])]
    let pause: Duration
    let receipt: (key: CompiledText, url: CompiledText)?

    /// Appends the whole request.
    ///
    /// - Parameters:
    ///   - cookies: what the server has set during this visit.
    ///   - closes: whether this is to be the connection's last request.
    func write(
        to output: inout [UInt8], _ values: [[UInt8]], cookies: [Answer.Cookie], closes: Bool
    ) {
        head.write(to: &output, values)
        if self.cookies != nil || !cookies.isEmpty {
            // One field for both (RFC 6265 5.4).
            output.append(contentsOf: "Cookie: ".utf8)
            self.cookies?.write(to: &output, values)
            if self.cookies != nil, !cookies.isEmpty { output.append(contentsOf: "; ".utf8) }
            let pairs = cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
            output.append(contentsOf: "\(pairs)\r\n".utf8)
        }
        if closes { output.append(contentsOf: "Connection: close\r\n".utf8) }
        if let body {
            var content: [UInt8] = []
            body.write(to: &content, values)
            output.append(contentsOf: "Content-Length: \(content.count)\r\n\r\n".utf8)
            output.append(contentsOf: content)
        } else {
            output.append(contentsOf: "\r\n".utf8)
        }
    }
}
