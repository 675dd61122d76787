import Glibc
import HTTPServer
import Metrics
import Postgres
import Site

/// Everything that this process counts, written down for Prometheus.
struct ProgramMetrics: Sendable {
    let sites: [Site]
    let databases: [Database]
    let probes: [LoopProbe]
    let mail: MailGauges
    let streams: StreamBounds
    let overload: Overload
    let doors: DoorCounts
    let spool: SpoolKeeping?
    let passwords: PasswordWorker
    let connections: @Sendable () -> Int

    func bytes() -> [UInt8] {
        var text = MetricsText()
        RouteCounts.write(sites.map(\.routeCounts), to: &text)
        overload.write(to: &text)
        passwords.write(to: &text)
        writeDoors(&text)
        writePages(&text)
        writeLoops(&text)
        writeMail(&text)
        spool?.write(to: &text, at: WallClock.now())
        writeProcess(&text)
        return text.bytes
    }

    private func writePages(_ text: inout MetricsText) {
        let all = sites.map(\.pageCounts)
        text.family(
            "vouch_page_answers_total", .counter, "Public pages, by what memory had of them.")
        let kinds: [(String, KeyPath<PageCounts, Counter>)] = [
            ("fresh", \.fresh), ("stale", \.stale), ("waited", \.waited), ("unkept", \.unkept),
        ]
        for (kind, path) in kinds {
            let sum = all.reduce(0) { $0 + $1[keyPath: path].value }
            text.sample("vouch_page_answers_total", [("memory", kind)], Double(sum))
        }
        text.family("vouch_pages_made_total", .counter, "Public pages that were made.")
        for (outcome, path) in [("kept", \PageCounts.made), ("failed", \PageCounts.failed)] {
            let sum = all.reduce(0) { $0 + $1[keyPath: path].value }
            text.sample("vouch_pages_made_total", [("outcome", outcome)], Double(sum))
        }
        let sum = { (path: KeyPath<PageCounts, Gauge>) in
            Double(all.reduce(0) { $0 + $1[keyPath: path].value })
        }
        text.single("vouch_pages", .gauge, "Public pages in memory.", sum(\.pages))
        text.single("vouch_page_bytes", .gauge, "Bytes of public pages in memory.", sum(\.bytes))
        text.single(
            "vouch_pages_evicted_total", .counter, "Public pages that went for others.",
            sum(\.evicted))
    }

    private func writeDoors(_ text: inout MetricsText) {
        text.single(
            "vouch_connections_accepted_total", .counter, "Connections of visitors, accepted.",
            Double(doors.acceptedCount))
        text.single(
            "vouch_connections_dropped_total", .counter,
            "Attempts to connect that the kernel dropped.", Double(doors.droppedCount))
        text.single(
            "vouch_door_passing_ratio", .gauge,
            "Part of the addresses whose attempts to connect are let through.", doors.passingShare)
    }

    private func writeLoops(_ text: inout MetricsText) {
        text.single("vouch_connections", .gauge, "Connections of visitors.", Double(connections()))
        text.single("vouch_streams", .gauge, "Open streams of events.", Double(streams.count))
        text.family(
            "vouch_loop_lag_seconds", .histogram, "From a message to an event loop to its reading.")
        for (loop, probe) in probes.enumerated() {
            text.histogram("vouch_loop_lag_seconds", [("loop", "\(loop)")], probe.lag)
        }
        let isUp = databases.contains { $0.isReachable }
        text.single(
            "vouch_database_up", .gauge, "Whether PostgreSQL can be reached.", isUp ? 1 : 0)
        text.family("vouch_database_connections", .gauge, "Exclusive connections to PostgreSQL.")
        for (loop, probe) in probes.enumerated() {
            let labels = [(name: "loop" as StaticString, value: "\(loop)")]
            let busy = probe.open.value - probe.idle.value
            text.sample(
                "vouch_database_connections", labels + [("state", "idle")],
                Double(probe.idle.value))
            text.sample(
                "vouch_database_connections", labels + [("state", "busy")], Double(busy))
        }
        text.family(
            "vouch_database_waiting", .gauge,
            "Callers that wait for PostgreSQL, and short reads that wait or are under way.")
        for (loop, probe) in probes.enumerated() {
            let labels = [(name: "loop" as StaticString, value: "\(loop)")]
            text.sample(
                "vouch_database_waiting", labels + [("for", "connection")],
                Double(probe.waiting.value))
            text.sample(
                "vouch_database_waiting", labels + [("for", "read")], Double(probe.reads.value))
        }
    }

    private func writeMail(_ text: inout MetricsText) {
        text.family("vouch_mails", .gauge, "Mails in the outbox.")
        text.sample("vouch_mails", [("state", "waiting")], Double(mail.waiting.value))
        text.sample("vouch_mails", [("state", "failed")], Double(mail.failed.value))
        text.single(
            "vouch_mail_oldest_seconds", .gauge, "Age of the oldest mail that waits.",
            mail.oldestSeconds(at: WallClock.now()))
    }

    private func writeProcess(_ text: inout MetricsText) {
        let process = ProcessUse.now()
        text.single(
            "process_resident_memory_bytes", .gauge, "Resident memory.",
            Double(process.residentBytes))
        text.single("process_cpu_seconds_total", .counter, "CPU used.", process.cpuSeconds)
        text.single(
            "process_open_fds", .gauge, "Open descriptors.", Double(process.descriptorCount))
        text.single(
            "process_max_fds", .gauge, "Descriptors that may be open.",
            Double(process.descriptorsMax))
    }
}

/// What this process takes of the machine.
struct ProcessUse {
    var residentBytes = 0
    var cpuSeconds = 0.0
    var descriptorCount = 0
    var descriptorsMax = 0

    static func now() -> ProcessUse {
        var use = ProcessUse()
        if let file = fopen("/proc/self/statm", "r") {
            var line = [CChar](repeating: 0, count: 256)
            // The second number is what is resident, in pages (proc(5)).
            if fgets(&line, Int32(line.count), file) != nil {
                let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                let numbers = String(decoding: bytes, as: UTF8.self).split(separator: " ")
                let pages = numbers.count > 1 ? Int(numbers[1]) ?? 0 : 0
                use.residentBytes = pages * sysconf(Int32(_SC_PAGESIZE))
            }
            fclose(file)
        }
        // CLOCKS_PER_SEC, a macro with a cast, is a million by POSIX. Not getrusage: `timeval` belongs to
        // whichever module the compiler loads first, and its members are then not visible here.
        use.cpuSeconds = Double(clock()) / 1_000_000
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            use.descriptorsMax = Int(clamping: limit.rlim_cur)
        }
        use.descriptorCount = descriptorCount()
        return use
    }

    /// The kernel tells the number as the size of the folder since Linux 6.2; before that it is
    /// counted, which takes a moment where there are thousands.
    private static func descriptorCount() -> Int {
        var status = stat()
        if stat("/proc/self/fd", &status) == 0, status.st_size > 0 { return status.st_size }
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = -3
        while readdir(folder) != nil { count += 1 }
        return max(0, count)
    }
}
