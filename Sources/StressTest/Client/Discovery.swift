import EventLoop
import TLS

/// Fetches the lists of a profile from the target before a run begins.
package enum Discovery {
    /// Values by list. A list whose headers need a variable that is not set stays empty: classes that
    /// need it are then left out, or an error. Blocks; never call it on a loop.
    ///
    /// - Throws: `DiscoveryProblem` where the target does not answer as the profile says.
    package static func fetch(
        _ lists: [ChoiceList], from target: Target, environment: [String: String]
    ) throws(DiscoveryProblem) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for list in lists {
            let needed = Set(list.headers.flatMap(\.value.environmentVariables))
            if needed.contains(where: { environment[$0, default: ""].isEmpty }) { continue }
            let headers = list.headers.compactMap { header in
                header.value.text(in: environment).map { (name: header.name, value: $0) }
            }
            do {
                found[list.name] = try values(of: list, target, headers)
            } catch {
                throw DiscoveryProblem(
                    reason: "the list \"\(list.name)\" from \(target.authority): \(error)")
            }
        }
        return found
    }

    private static func values(
        of list: ChoiceList, _ target: Target, _ headers: [(name: String, value: String)]
    ) throws -> [String] {
        switch list.source {
        case .values(let values): return values
        case .text(let path, let capture):
            let content = try content(path, target, headers)
            return Extract.all(
                in: content, after: Array(capture.after.utf8), before: Array(capture.before.utf8),
                countMax: list.countMax
            ).map { String(decoding: $0, as: UTF8.self) }.filter(isPlain)
        case .json(let path, let items, let value, let next, let cursor):
            var values: [String] = []
            var page = path
            // Bounded, should a server send the same cursor for ever.
            for _ in 0..<1_000 {
                let document = try ProfileValue(json: try content(page, target, headers))
                guard let rows = document.value(at: items)?.list else {
                    throw DiscoveryProblem(reason: "\(page) has no list \"\(items)\"")
                }
                values += rows.compactMap { $0.value(at: value)?.text }.filter(isPlain)
                guard values.count < list.countMax, let next,
                    let position = document.value(at: next)?.text
                else { break }
                let encoded = CompiledText.formEncoded(Array(position.utf8))
                page =
                    path + (path.contains("?") ? "&" : "?") + cursor + "="
                    + String(decoding: encoded, as: UTF8.self)
            }
            // A company of ten jobs is one company.
            return Array(Set(values)).sorted().prefix(list.countMax).map { $0 }
        }
    }

    /// Whether a value may stand in a request line.
    private static func isPlain(_ value: String) -> Bool {
        !value.isEmpty && value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func content(
        _ path: String, _ target: Target, _ headers: [(name: String, value: String)]
    ) throws -> [UInt8] {
        let answer = try BlockingClient.get(path, from: target, headers: headers)
        guard answer.status == 200 else {
            throw DiscoveryProblem(reason: "\(path) answers \(answer.status)")
        }
        return answer.content
    }
}
