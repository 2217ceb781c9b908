import Foundation
import Glibc

/// The program's entry: hands the command line to its command and turns what comes back into an exit status.
@main
enum Main {
    static func main() async {
        // A reader that goes away (a closed pipe or connection) is an error of that write, not the program's end.
        signal(SIGPIPE, SIG_IGN)
        // What the service writes is nobody else's to read, wherever it is copied to.
        umask(0o077)
        exit(await Program.run(Array(CommandLine.arguments.dropFirst())))
    }
}
