import Domain
import EventLoop
import Logging
import Metrics
import ServiceLifecycle
import Site
import Spool

/// The spool of this program, from opening it to the last word in its metrics.
struct SpoolKeeping: Sendable {
    let spool: Spool

    /// Opens the folder that the settings mean. Blocks.
    ///
    /// Nil where it is the data folder's own and another program has it, as on a developer's
    /// machine: writes are refused then while the database is away.
    ///
    /// - Throws: `SpoolError`.
    static func open(_ context: ProgramContext, _ logger: Logger) throws -> SpoolKeeping? {
        let given = context.settings["spoolFolder"]
        var settings = SpoolSettings()
        settings.bytesMax = context.settings.bytes("spoolBytesMax")
        do {
            let keeping = SpoolKeeping(
                spool: try Spool(
                    path: given ?? context.folder.path + "/spool", settings: settings))
            keeping.tellRecovery(logger)
            return keeping
        } catch {
            guard given == nil, case .inUse = error else { throw error }
            logger.warning(
                "nothing is kept while the database is away: another program has the spool",
                metadata: ["setting": "spoolFolder"])
            return nil
        }
    }

    private func tellRecovery(_ logger: Logger) {
        let found = spool.metrics.recovery
        guard found.records + found.cutBytes + found.damagedBytes > 0 else { return }
        logger.notice(
            "the spool holds what the last run left",
            metadata: [
                "records": "\(found.records)", "cut_bytes": "\(found.cutBytes)",
                "damaged_bytes": "\(found.damagedBytes)",
                "superseded": "\(found.supersededRecords)",
            ])
    }

    /// Whether anything more would be kept.
    var isAccepting: Bool { spool.health == .accepting }

    func write(to text: inout MetricsText, at now: Instant) {
        let metrics = spool.metrics
        text.family("vouch_spool_records", .gauge, "Writes that are kept in this instance.")
        text.sample("vouch_spool_records", [("state", "waiting")], Double(metrics.waiting))
        text.sample("vouch_spool_records", [("state", "set_aside")], Double(metrics.setAside))
        let age = metrics.oldest.map { Double(now.microseconds - $0.microseconds) / 1e6 } ?? 0
        text.single(
            "vouch_spool_oldest_seconds", .gauge, "Age of the oldest write that waits.",
            max(0, age))
        text.single("vouch_spool_bytes", .gauge, "Bytes on the disk.", Double(metrics.bytes))
        text.single(
            "vouch_spool_accepting", .gauge, "Whether anything more is kept.",
            isAccepting ? 1 : 0)
        text.single(
            "vouch_spool_accepted_total", .counter, "Writes that were kept.",
            Double(metrics.accepted))
        text.single(
            "vouch_spool_applied_total", .counter, "Kept writes that are in the database.",
            Double(metrics.applied))
        text.family("vouch_spool_refused_total", .counter, "Writes that were not kept, and why.")
        for (reason, count) in [
            ("full", metrics.refusedFull), ("busy", metrics.refusedBusy),
            ("failing", metrics.refusedFailing),
        ] {
            text.sample("vouch_spool_refused_total", [("reason", reason)], Double(count))
        }
        text.single(
            "vouch_spool_sync_failures_total", .counter, "Errors of the disk.",
            Double(metrics.syncFailures))
    }
}

/// Brings what was kept into the database, slowly, while the site is served.
struct SpoolReplay: Service {
    let replayer: Replayer
    let loop: EventLoop

    init(_ spool: Spool, loop: EventLoop, site: Site) {
        self.loop = loop
        replayer = Replayer(spool: spool, loop: loop) { record in await site.replay(record) }
    }

    func run() async throws {
        let replayer = replayer
        let loop = loop
        await cancelWhenGracefulShutdown {
            await withTaskExecutorPreference(loop) { await replayer.run() }
        }
    }
}
