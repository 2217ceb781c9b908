import Dispatch
import Glibc

/// Waits for the first of SIGTERM and SIGINT.
final class StopSignal {
    private let stream: AsyncStream<String>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        self.stream = stream
        let queue = DispatchQueue(label: "attestd.signals")
        sources = [("SIGTERM", SIGTERM), ("SIGINT", SIGINT)].map { name, number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: DispatchWorkItem { continuation.yield(name) })
            source.resume()
            return source
        }
    }

    func wait() async -> String {
        for await name in stream { return name }
        return "none"
    }
}
