/// Idle connections of one class; the one that was used last goes out first.
struct ConnectionPool {
    private var connections: [ClientConnection] = []

    var count: Int { connections.count }

    mutating func push(_ connection: ClientConnection) {
        connection.poolIndex = connections.count
        connections.append(connection)
    }

    mutating func pop() -> ClientConnection? {
        let connection = connections.popLast()
        connection?.poolIndex = nil
        return connection
    }

    /// Takes out a connection that was closed while it was idle.
    mutating func remove(_ connection: ClientConnection) {
        guard let index = connection.poolIndex else { return }
        connection.poolIndex = nil
        let last = connections.removeLast()
        if last === connection { return }
        connections[index] = last
        last.poolIndex = index
    }
}
