import Glibc
import HTTPFuzzing

/// `httpfuzz [seconds] [seed]`: throws inputs at the parsers until the time is over or a promise
/// is broken; then it exits with 1 and tells the input.
@main
enum HTTPFuzz {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let seconds = arguments.first.flatMap { Int($0) } ?? 60
        let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? UInt64(time(nil))
        say("fuzzing for \(seconds) s with seed \(seed)")
        let deadline = time(nil) + seconds
        var fuzzer = Fuzzer(seed: seed)
        var rounds = 0
        do throws(Fuzzer.Failure) {
            while time(nil) < deadline {
                for _ in 0..<100 { try fuzzer.round() }
                rounds += 100
            }
        } catch {
            say("\(error)\nseed \(seed)")
            exit(1)
        }
        say("\(rounds) rounds, no promise broken")
    }

    private static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(STDOUT_FILENO, line, line.count)
    }
}
