import Domain
import Store

/// Loads the links that candidates came by, others that brought nobody, and the clicks on them.
struct LinkLoader: Sendable {
    let loader: DemoLoader
    let jobs: [LoadedJob]
    let people: DemoLoader.People

    /// A link to be.
    private struct Planned {
        let key: LinkKey
        var createdAt: Instant
        var introductions: [Instant]
    }

    func load(_ sketches: [Sketch]) async throws -> [LinkKey: LinkID] {
        let planned = plan(sketches)
        var ids: [LinkKey: LinkID] = [:]
        var number = 0
        for batch in planned.batches(of: LinkLoad.rowsMax) {
            let rows = try batch.enumerated().map { try row($1, number: number + $0) }
            let inserted = try await loader.store.linkLoad.insert(rows, in: loader.transaction)
            number += batch.count
            var clicks: [LinkLoad.Clicks] = []
            for (link, id) in zip(batch, inserted) {
                ids[link.key] = id
                clicks += self.clicks(on: link, id)
            }
            for part in clicks.batches(of: LinkLoad.rowsMax) {
                try await loader.store.linkLoad.insert(Array(part), in: loader.transaction)
            }
        }
        return ids
    }

    /// Each link once, taken before the first candidate came by it; in order of time.
    private func plan(_ sketches: [Sketch]) -> [Planned] {
        var planned: [Planned] = []
        var positions: [LinkKey: Int] = [:]
        for sketch in sketches {
            guard case .link(let affiliate, let channel) = sketch.origin else { continue }
            let key = LinkKey(affiliate: affiliate, job: sketch.job, channel: channel)
            if let position = positions[key] {
                planned[position].introductions.append(sketch.createdAt)
                continue
            }
            var random = DemoRandom(seed: sketch.seed ^ 1)
            // Sketches come in order of time, so this is the first by this link.
            let createdAt = loader.calendar.moments(
                1, from: published(sketch.job), to: sketch.createdAt, &random)[0]
            positions[key] = planned.count
            planned.append(
                Planned(
                    key: key, createdAt: min(createdAt, sketch.createdAt),
                    introductions: [sketch.createdAt]))
        }
        addIdle(to: &planned, &positions)
        return planned.sorted { ($0.createdAt, $0.key.job) < ($1.createdAt, $1.key.job) }
    }

    private func addIdle(to planned: inout [Planned], _ positions: inout [LinkKey: Int]) {
        let open = jobs.indices.filter { jobs[$0].outline.state == .published }
        guard !open.isEmpty else { return }
        for index in 0..<loader.size.idleLinks {
            var random = DemoRandom(seed: loader.seed, stream: 11, index: index)
            let key = LinkKey(
                affiliate: random.below(people.affiliates.count), job: random.pick(open),
                channel: random.pick(SketchMaker.channels))
            guard positions[key] == nil else { continue }
            positions[key] = planned.count
            let end = jobs[key.job].outline.endsAt
            let createdAt = loader.calendar.moments(
                1, from: published(key.job), to: end, &random)[0]
            planned.append(Planned(key: key, createdAt: createdAt, introductions: []))
        }
    }

    private func published(_ job: Int) -> Instant {
        jobs[job].outline.publishedAt ?? jobs[job].outline.createdAt
    }

    private func row(_ link: Planned, number: Int) throws -> LinkLoad.NewLink {
        var random = DemoRandom(seed: loader.seed, stream: 12, index: number)
        guard let affiliate = people.affiliates[link.key.affiliate].affiliate else {
            throw DemoError.unusable("no affiliate")
        }
        return LinkLoad.NewLink(
            code: LinkCode(random: random.bytes(10)), affiliate: affiliate,
            job: jobs[link.key.job].id, channel: try ChannelName(link.key.channel),
            createdAt: link.createdAt)
    }

    /// Most clicks come in the first days; each candidate has clicked at least once.
    private func clicks(on link: Planned, _ id: LinkID) -> [LinkLoad.Clicks] {
        var random = DemoRandom(seed: loader.seed, stream: 13, index: Int(link.key.job))
        var byDay: [CalendarDate: Int] = [:]
        for moment in link.introductions { byDay[moment.date, default: 0] += 1 }
        let first = link.createdAt.date
        let lastDay = loader.calendar.today.days(since: first) - 1
        var crowd = random.number(in: 2...28)
        for day in 0...max(0, min(lastDay, 20)) where crowd > 0 {
            if random.chance(70) { byDay[first.adding(days: day), default: 0] += crowd }
            crowd = crowd * random.number(in: 45...85) / 100
        }
        return byDay.sorted { $0.key < $1.key }.map { day, count in
            LinkLoad.Clicks(link: id, day: day, count: count)
        }
    }
}
