import Foundation

/// Stops the play from outside: on Ctrl-C and the other signals that ask to end, and when the time is over.
///
/// `@unchecked Sendable`: what is mutable is under the lock.
final class Guardian: @unchecked Sendable {
    /// What stopped the play.
    struct Interruption: Sendable {
        var reason: String
        /// The exit status that goes with it.
        var status: Int32
        /// Whether somebody asked for it, so that there is nothing to look into.
        var isWanted: Bool
    }

    /// The longest that the play may take, in seconds.
    private static let timeLimit = 300
    /// How long cleaning up may take before everything is ended by force.
    private static let graceSeconds = 60

    private let lock = NSLock()
    private var interruption: Interruption?
    private var sources: [any DispatchSourceProtocol] = []
    private let queue = DispatchQueue(label: "demo.guardian")

    init(of playing: Task<Void, any Error>, daemon: DaemonProcess) {
        for (name, number) in [("Ctrl-C", SIGINT), ("SIGTERM", SIGTERM), ("SIGHUP", SIGHUP)] {
            // Otherwise the signal would end the program before the source sees it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            let handler = DispatchWorkItem {
                self.interrupt(playing, Interruption(reason: name, status: 128 + number, isWanted: true))
            }
            source.setEventHandler(handler: handler)
            source.resume()
            sources.append(source)
        }
        after(Self.timeLimit) {
            let reason = "the time limit of \(Self.timeLimit / 60) minutes is over"
            self.interrupt(playing, Interruption(reason: reason, status: 1, isWanted: false))
        }
        after(Self.timeLimit + Self.graceSeconds) {
            daemon.endByForce()
            _exit(1)
        }
    }

    /// The play is over: from now on signals change nothing, so that cleaning up is not disturbed.
    ///
    /// - Returns: what stopped it, if anything did.
    func dismiss() -> Interruption? {
        lock.withLock { interruption }
    }

    private func interrupt(_ playing: Task<Void, any Error>, _ what: Interruption) {
        lock.withLock {
            if interruption == nil { interruption = what }
        }
        playing.cancel()
    }

    private func after(_ seconds: Int, _ body: @escaping @Sendable () -> Void) {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + .seconds(seconds))
        timer.setEventHandler(handler: DispatchWorkItem(block: body))
        timer.resume()
        lock.withLock { sources.append(timer) }
    }
}
