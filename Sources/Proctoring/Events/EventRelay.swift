import Dispatch

/// Takes committed events from the store's writer and publishes them behind it, in their order: who writes does not
/// wait until thousands have been told.
///
/// A writer that runs away from its followers waits for them in the end, so that memory stays bounded.
public final class EventRelay: Sendable {
    /// How many commits may wait to be published.
    private static let most = 1_024

    private let hub: EventHub
    private let queue = DispatchQueue(label: "attestd.events", qos: .userInitiated)
    private let places = DispatchSemaphore(value: most)

    /// Creates a relay to a hub.
    public init(to hub: EventHub) {
        self.hub = hub
    }

    /// Publishes what one commit has made durable. Called by the store, one call at a time.
    public func publish(_ events: [SessionEvent]) {
        guard !events.isEmpty else { return }
        places.wait()
        queue.async { [hub, places] in
            hub.publish(events)
            places.signal()
        }
    }
}
