import Domain
import EventLoop
import Glibc
import Spool

/// Fills a spool from many tasks, and prints the receipt of each record as soon as it is acknowledged;
/// without end, for a test that kills it. Its argument is the folder.
@main
struct SpoolWriter {
    private static let writers = 64

    static func main() throws {
        guard CommandLine.arguments.count == 2 else { exit(64) }
        var settings = SpoolSettings()
        settings.segmentBytesMax = 128 << 10
        settings.payloadBytesMax = 64 << 10
        settings.groupWindow = .milliseconds(1)
        let spool = try Spool(path: CommandLine.arguments[1], settings: settings)
        let loop = try EventLoop(name: "writer")
        loop.start()
        for _ in 0..<writers {
            Task(executorPreference: loop) { await write(to: spool, on: loop) }
        }
        loop.join()
    }

    private static func write(to spool: Spool, on loop: EventLoop) async {
        while true {
            let receipt = ReceiptCode(random: (0..<32).map { _ in UInt8.random(in: 0...255) })
            let draft = SpoolDraft(
                key: SpoolKey(rawValue: .random(in: .min ... .max)), kind: .application,
                entity: SpoolEntity(receipt.text), receipt: receipt,
                payload: Array(String(repeating: receipt.text, count: .random(in: 1...8)).utf8))
            if let accepted = try? await spool.append(draft), let known = accepted.receipt {
                let line = Array("\(known.text)\n".utf8)
                _ = line.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            }
            // At most some thousand in a second: a test that is late must not find a full folder.
            try? await loop.sleep(for: .milliseconds(.random(in: 1...20)))
        }
    }
}
