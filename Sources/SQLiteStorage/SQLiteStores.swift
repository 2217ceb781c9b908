import Proctoring
import Storage

/// The domains' stores over one connection; each domain's part is an extension in a file of its own.
///
/// Like its connection it is confined to one queue.
final class SQLiteStores {
    let connection: SQLiteConnection
    /// What the running transaction appended, to be published once it is durable.
    private var appendedEvents: [SessionEvent] = []
    /// What the running transaction appended to the log; nil where it did not, or was rolled back.
    var appendedLog: LogEdge?

    init(_ connection: SQLiteConnection) {
        self.connection = connection
    }

    var appendedEventCount: Int { appendedEvents.count }

    func noteAppended(_ event: SessionEvent) {
        appendedEvents.append(event)
    }

    /// After a rollback: what was appended behind the first `count` events is not there any more.
    func forgetAppended(after count: Int) {
        appendedEvents.removeLast(appendedEvents.count - count)
        appendedLog = nil
    }

    /// At the end of a transaction; what follows looks for itself.
    func takeAppendedEvents() -> [SessionEvent] {
        defer { forgetAppended(after: 0) }
        return appendedEvents
    }
}
