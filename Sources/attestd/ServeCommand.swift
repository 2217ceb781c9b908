import API
import Foundation

/// `attestd serve`: the daemon.
enum ServeCommand: Command {
    static let name = "serve"
    static let summary = "Run the service until SIGTERM or SIGINT"
    static let operands = ""
    static let options = [
        CommandOption.config,
        CommandOption(name: "port", value: "N", summary: "Listen on this port instead; 0 takes a free one"),
        CommandOption(name: "data", value: "DIR", summary: "Keep data there instead"),
    ]

    static func run(_ arguments: Arguments) async throws -> Int32 {
        var configuration = try Configuration.load(path: arguments["config"] ?? "Config/attestd.json5")
        if let port = arguments["port"] {
            guard let number = UInt16(port) else { throw UsageError("--port takes a number from 0 to 65535") }
            configuration.listen.port = number
        }
        if let folder = arguments["data"] {
            configuration.dataDirectory = URL(filePath: folder).standardizedFileURL.path
        }
        let log = ServiceLog(level: configuration.logLevel)
        let composition = Composition(configuration: configuration, log: log)
        // Before the data folder is made: it may be that nothing comes of it.
        let provider = try composition.provider()
        let lock = try DataLock(file: composition.dataFolder.lock)
        defer { lock.release() }

        let signer = try await composition.logKeyFiles.signer(composition.database())
        let stop = StopSignal()
        let service = try RunningService(composition, signer: signer, provider: provider)
        if FileManager.default.fileExists(atPath: try composition.dataFolder.masterKeyFiles.next.path) {
            log.write(LogLine(.warning, "the rotation of the master key is not finished: attestd keys rotate-master"))
        }
        try await service.start()
        let signal = await stop.wait()
        log.write(LogLine(.info, "stopping", ["signal": signal]))
        await service.stop()
        log.write(LogLine(.info, "stopped"))
        return 0
    }
}
