import Foundation

/// The demonstration's entry: plays one proctored exam against a daemon of its own and says what came of it.
@main
enum Main {
    static func main() async {
        // A reader that goes away (a closed pipe) is an error of that write, not the program's end.
        signal(SIGPIPE, SIG_IGN)
        // The daemon is on this machine: a proxy that the environment names has no part in it.
        setenv("no_proxy", "127.0.0.1", 1)
        do {
            guard let options = try Options(Array(CommandLine.arguments.dropFirst())) else {
                print(Options.help)
                exit(0)
            }
            exit(await Demonstration(options).run())
        } catch {
            FileHandle.standardError.write(Data("Demo: \(error)\n".utf8))
            exit(2)
        }
    }
}
