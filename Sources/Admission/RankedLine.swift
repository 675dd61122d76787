/// Lines of different rank in one fixed pool of places: each place can be left from the middle.
///
/// All operations take constant time and, once the pool has its size, no memory.
struct RankedLine<Element> {
    fileprivate struct Place {
        var element: Element
        var rank: Int
        var generation: UInt32
        var previous: Int32
        var next: Int32
    }

    /// Names a place until it is left; afterwards it names nothing.
    struct Handle: Hashable, Sendable {
        fileprivate let index: Int32
        fileprivate let generation: UInt32
    }

    private var places: ContiguousArray<Place> = []
    private var free: Int32 = -1
    private var firsts: ContiguousArray<Int32>
    private var lasts: ContiguousArray<Int32>
    private var counts: ContiguousArray<Int>
    let capacity: Int
    private(set) var count = 0

    init(ranks: Int, capacity: Int) {
        self.capacity = capacity
        firsts = .init(repeating: -1, count: ranks)
        lasts = .init(repeating: -1, count: ranks)
        counts = .init(repeating: 0, count: ranks)
        places.reserveCapacity(min(capacity, 1_024))
    }

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    @inline(__always)
    var isFull: Bool { count >= capacity }

    @inline(__always)
    func count(of rank: Int) -> Int { counts[rank] }

    /// Who came first and is still there.
    @inline(__always)
    func first(of rank: Int) -> Element? {
        let index = firsts[rank]
        return index < 0 ? nil : places[Int(index)].element
    }

    /// Who came last and is still there.
    @inline(__always)
    func last(of rank: Int) -> Element? {
        let index = lasts[rank]
        return index < 0 ? nil : places[Int(index)].element
    }

    /// The first rank, from the lowest number, that has somebody.
    @inline(__always)
    var bestRank: Int? {
        if count == 0 { return nil }
        return counts.firstIndex { $0 > 0 }
    }

    /// The rank with the highest number that has somebody.
    var worstRank: Int? {
        if count == 0 { return nil }
        return counts.lastIndex { $0 > 0 }
    }

    /// Takes the last place of a rank; nil where the pool is full.
    mutating func append(_ element: Element, rank: Int) -> Handle? {
        if isFull { return nil }
        let index: Int32
        let last = lasts[rank]
        if free >= 0 {
            index = free
            free = places[Int(index)].next
            places[Int(index)].element = element
            places[Int(index)].rank = rank
            places[Int(index)].previous = last
            places[Int(index)].next = -1
        } else {
            index = Int32(places.count)
            places.append(
                Place(element: element, rank: rank, generation: 0, previous: last, next: -1))
        }
        if last >= 0 { places[Int(last)].next = index } else { firsts[rank] = index }
        lasts[rank] = index
        counts[rank] += 1
        count += 1
        return Handle(index: index, generation: places[Int(index)].generation)
    }

    mutating func popFirst(of rank: Int) -> Element? {
        let index = firsts[rank]
        return index < 0 ? nil : take(index)
    }

    mutating func popLast(of rank: Int) -> Element? {
        let index = lasts[rank]
        return index < 0 ? nil : take(index)
    }

    /// Leaves a place; nil where it was left before.
    mutating func remove(_ handle: Handle) -> Element? {
        let index = Int(handle.index)
        guard index < places.count, places[index].generation == handle.generation else {
            return nil
        }
        return take(handle.index)
    }

    private mutating func take(_ index: Int32) -> Element {
        let place = places[Int(index)]
        if place.previous >= 0 {
            places[Int(place.previous)].next = place.next
        } else {
            firsts[place.rank] = place.next
        }
        if place.next >= 0 {
            places[Int(place.next)].previous = place.previous
        } else {
            lasts[place.rank] = place.previous
        }
        // The handle of a free place must name nothing: so the generation changes here.
        places[Int(index)].generation &+= 1
        places[Int(index)].next = free
        free = index
        counts[place.rank] -= 1
        count -= 1
        return place.element
    }
}

extension RankedLine: Sendable where Element: Sendable {}
extension RankedLine.Place: Sendable where Element: Sendable {}
