import Foundation

/// strace, which kills a process at the n-th of its system calls of one name; it needs the right to trace.
enum Strace {
    static let path = "/usr/bin/strace"

    static let isUsable: Bool = {
        guard FileManager.default.isExecutableFile(atPath: path) else { return false }
        let trial = Process()
        trial.executableURL = URL(filePath: path)
        trial.arguments = ["-f", "-o", "/dev/null", "/bin/true"]
        trial.standardError = FileHandle.nullDevice
        guard (try? trial.run()) != nil else { return false }
        trial.waitUntilExit()
        return trial.terminationStatus == 0
    }()

    static func words(_ call: String, _ count: Int) -> [String] {
        ["-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):signal=SIGKILL:when=\(count)"]
    }
}
