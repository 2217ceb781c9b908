import Proctoring
import Storage

/// The domains' stores over one connection; each domain's part is an extension in a file of its own.
///
/// Like its connection it is confined to one queue.
final class SQLiteStores {
    let connection: SQLiteConnection
    /// What the running transaction appended, to be published once it is durable.
    private var appendedEvents: [SessionEvent] = []

    init(_ connection: SQLiteConnection) {
        self.connection = connection
    }

    var appendedEventCount: Int { appendedEvents.count }

    func noteAppended(_ event: SessionEvent) {
        appendedEvents.append(event)
    }

    func forgetAppendedEvents(after count: Int) {
        appendedEvents.removeLast(appendedEvents.count - count)
    }

    func takeAppendedEvents() -> [SessionEvent] {
        defer { appendedEvents.removeAll(keepingCapacity: true) }
        return appendedEvents
    }
}
