import HTTP

/// Finds the route of a path: a tree of segments, walked over the bytes of the request.
package struct Router: Sendable {
    /// What a path and a method lead to.
    package enum Match: Sendable {
        case found(Route, Row)
        /// The path exists, but not for the method; the value for Allow (RFC 9110 10.2.1).
        case methodNotAllowed(allow: String)
        case notFound
    }

    /// A row of the table as it is kept between requests.
    package final class Row: Sendable {
        package let name: String
        package let declaration: RouteRow
        /// By which its answers are counted.
        let number: Int

        init(name: String, _ declaration: RouteRow) {
            self.name = name
            number = RouteCounts.number(of: name)
            self.declaration = declaration
        }
    }

    private struct Node: Sendable {
        var literals: [(segment: [UInt8], node: Int)] = []
        var parameter: Int?
        var entries: [Entry] = []
        var allow = ""
    }

    private struct Entry: Sendable {
        let method: Method
        let row: Row
        let make: @Sendable (String) -> Route?
    }

    private var nodes = [Node()]

    /// A router for the table.
    package init(_ table: [RouteMaker] = Route.table) {
        for maker in table { add(maker) }
        for index in nodes.indices where !nodes[index].entries.isEmpty {
            nodes[index].allow = Self.allow(nodes[index].entries.map(\.method))
        }
    }

    private mutating func add(_ maker: RouteMaker) {
        let row = Row(name: maker.name, maker.sample.row)
        var node = 0
        for segment in row.declaration.pattern.description.split(separator: "/") {
            node = child(of: node, for: Array(segment.utf8))
        }
        nodes[node].entries.append(
            Entry(method: row.declaration.method, row: row, make: maker.make))
    }

    private mutating func child(of node: Int, for segment: [UInt8]) -> Int {
        let isParameter = segment.first == UInt8(ascii: "{")
        if isParameter, let child = nodes[node].parameter { return child }
        if let known = nodes[node].literals.first(where: { $0.segment == segment }) {
            return known.node
        }
        nodes.append(Node())
        let child = nodes.count - 1
        if isParameter {
            nodes[node].parameter = child
        } else {
            nodes[node].literals.append((segment, child))
        }
        return child
    }

    private static func allow(_ methods: [Method]) -> String {
        var names = methods.map(\.name.description)
        if methods.contains(.get) { names.append("HEAD") }
        return (names + ["OPTIONS"]).sorted().joined(separator: ", ")
    }

    /// The route for a request; HEAD finds the route of GET.
    package func match(_ method: Method, _ target: RequestTarget) -> Match {
        target.withPathBytes { match(method, $0) }
    }

    /// The route for a method and a decoded path.
    package func match(_ method: Method, _ path: UnsafeBufferPointer<UInt8>) -> Match {
        guard let (node, parameter) = find(path) else { return .notFound }
        let wanted = method == .head ? .get : method
        guard let entry = nodes[node].entries.first(where: { $0.method == wanted }) else {
            // A segment that is no value of the parameter names nothing, whatever the method.
            let isNamed = nodes[node].entries.contains { $0.make(parameter) != nil }
            return isNamed ? .methodNotAllowed(allow: nodes[node].allow) : .notFound
        }
        guard let route = entry.make(parameter) else { return .notFound }
        return .found(route, entry.row)
    }

    private func find(_ path: UnsafeBufferPointer<UInt8>) -> (node: Int, parameter: String)? {
        guard path.first == UInt8(ascii: "/") else { return nil }
        var node = 0
        var parameter = ""
        var start = 1
        while start < path.count {
            let rest = UnsafeBufferPointer(rebasing: path[start...])
            let end = start + (rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.count)
            let segment = UnsafeBufferPointer(rebasing: path[start..<end])
            if let literal = nodes[node].literals.first(where: { segment.elementsEqual($0.segment) }
            ) {
                node = literal.node
            } else if let child = nodes[node].parameter, !segment.isEmpty {
                node = child
                parameter = String(decoding: segment, as: UTF8.self)
            } else {
                return nil
            }
            // A slash at the end is another path, and there is none of that kind.
            if end == path.count - 1 { return nil }
            start = end + 1
        }
        return nodes[node].entries.isEmpty ? nil : (node, parameter)
    }
}
