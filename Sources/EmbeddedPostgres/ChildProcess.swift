import CLinux
import Glibc
import Synchronization

/// A program started as a child, and the thread that waits for its end.
///
/// The kernel's parent-death signal is sent when the *thread* that forked ends, not when the
/// process does. So the thread that starts the child has nothing else to do than to wait for
/// it: it lives exactly as long as the child or this process.
package final class ChildProcess: Sendable {
    /// What to start, and how.
    package struct Options: Sendable {
        var path: String
        var arguments: [String]
        var directory: String
        /// Nil: stays this process's user.
        var user: ServerUser?
        /// `NAME=value` lines. By default nothing of the caller's: PGDATA, PGPORT and the like
        /// would lead a server astray.
        var environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
        /// Becomes the standard input; nil: nothing to read.
        package var inputPath: String?
        /// Gets what the child prints, behind what is there.
        var outputPath: String
        /// The signal at the end of this process; 0: none.
        var deathSignal: Int32 = 0

        /// A program of this process's user that dies with this process.
        package init(
            path: String, arguments: [String], directory: String, environment: [String],
            outputPath: String
        ) {
            self.path = path
            self.arguments = arguments
            self.directory = directory
            self.environment = environment
            self.outputPath = outputPath
            deathSignal = SIGKILL
        }

        init(
            path: String, arguments: [String], directory: String, user: ServerUser,
            inputPath: String? = nil, outputPath: String, deathSignal: Int32 = 0
        ) {
            self.path = path
            self.arguments = arguments
            self.directory = directory
            self.user = user
            self.inputPath = inputPath
            self.outputPath = outputPath
            self.deathSignal = deathSignal
        }
    }

    private struct State {
        var id: pid_t?
        var failure: Int32?
        /// As `waitpid` reports it.
        var status: Int32?
    }

    private let state = Mutex(State())

    /// The process's id.
    package var id: pid_t { state.withLock { $0.id ?? 0 } }

    /// How it ended, as `waitpid` reports it; nil while it runs.
    package var status: Int32? { state.withLock { $0.status } }

    /// Starts the program.
    package init(_ options: Options) throws(EmbeddedPostgresError) {
        let box = Unmanaged.passRetained(ThreadBody { self.runThread(options) })
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            box.release()
            throw EmbeddedPostgresError("The system gives this process no more threads.")
        }
        pthread_detach(thread)
        while true {
            let (id, failure) = state.withLock { ($0.id, $0.failure) }
            if id != nil { return }
            if let failure {
                throw EmbeddedPostgresError(
                    "Could not start \(options.path): \(String(cString: strerror(failure))).")
            }
            usleep(500)
        }
    }

    /// Sends a signal, unless the process has ended and been waited for.
    package func signal(_ number: Int32) {
        state.withLock { state in
            // Under the lock the id cannot have been given to another process: the waiting
            // thread notes the end before it lets the kernel forget it.
            if let id = state.id, state.status == nil { _ = kill(id, number) }
        }
    }

    /// Waits for the end, at most so long; true where it has come.
    package func waitForEnd(milliseconds: Int) -> Bool {
        for _ in 0..<max(1, milliseconds / 2) {
            if status != nil { return true }
            usleep(2_000)
        }
        return status != nil
    }

    private func runThread(_ options: Options) {
        let id = Self.spawn(options)
        guard id > 0 else {
            let code = errno
            return state.withLock { $0.failure = code }
        }
        state.withLock { $0.id = id }
        var information = siginfo_t()
        // Left as a zombie until the end is noted, see `signal`.
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        state.withLock { state in
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            state.status = status
        }
    }

    private static func spawn(_ options: Options) -> pid_t {
        let input = open(options.inputPath ?? "/dev/null", O_RDONLY | O_CLOEXEC)
        let output = open(
            options.outputPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard input >= 0, output >= 0 else { return -1 }
        defer {
            close(input)
            close(output)
        }
        let arguments = copies([options.path] + options.arguments)
        let environment = copies(options.environment)
        defer { for copy in arguments + environment { free(copy) } }
        return options.path.withCString { path in
            options.directory.withCString { directory in
                arguments.withUnsafeBufferPointer { argumentList in
                    environment.withUnsafeBufferPointer { environmentList in
                        var spawn = vouch_spawn_options(
                            path: path, arguments: argumentList.baseAddress,
                            environment: environmentList.baseAddress, directory: directory,
                            input: input, output: output,
                            changes_user: options.user?.isOther == true ? 1 : 0,
                            user: options.user?.user ?? 0, group: options.user?.group ?? 0,
                            death_signal: options.deathSignal)
                        return vouch_spawn(&spawn)
                    }
                }
            }
        }
    }

    /// Zero-terminated copies with a closing nil, as `execve` takes them; the caller frees them.
    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }
}

private final class ThreadBody {
    let run: () -> Void

    init(_ run: @escaping () -> Void) {
        self.run = run
    }
}
