/// What is to happen, the earliest first; of the same moment, in the order of adding.
struct EventHeap<Event> {
    private struct Entry {
        let time: Double
        let number: Int
        let event: Event

        func isBefore(_ other: Entry) -> Bool {
            time < other.time || (time == other.time && number < other.number)
        }
    }

    private var entries: [Entry] = []
    private var number = 0

    var nextTime: Double { entries.first?.time ?? .infinity }

    mutating func add(_ event: Event, at time: Double) {
        number += 1
        entries.append(Entry(time: time, number: number, event: event))
        var index = entries.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index].isBefore(entries[parent]) else { break }
            entries.swapAt(index, parent)
            index = parent
        }
    }

    mutating func pop() -> Event? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        guard !entries.isEmpty else { return first.event }
        entries[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < entries.count && entries[child].isBefore(entries[least]) {
                least = child
            }
            if least == index { return first.event }
            entries.swapAt(index, least)
            index = least
        }
    }
}

/// First in, first out, in amortized constant time.
struct Fifo<Element> {
    private var elements: [Element] = []
    private var head = 0

    var count: Int { elements.count - head }
    var isEmpty: Bool { head == elements.count }
    var first: Element? { isEmpty ? nil : elements[head] }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        defer {
            head += 1
            if head > 4_096, head * 2 > elements.count {
                elements.removeFirst(head)
                head = 0
            }
        }
        return elements[head]
    }
}
