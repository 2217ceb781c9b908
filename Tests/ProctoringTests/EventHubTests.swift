import Foundation
import Proctoring
import Testing

@Suite("E1: the hub of committed events")
struct EventHubTests {
    private let attempt = UUID()
    private let exam = UUID()

    private func event(_ index: Int64, attempt: UUID? = nil, exam: UUID? = nil) -> SessionEvent {
        SessionEvent(
            index: index,
            id: UUID(),
            attemptID: attempt ?? self.attempt,
            examID: exam ?? self.exam,
            type: .answerSaved,
            source: .server,
            at: Date(timeIntervalSince1970: 0)
        )
    }

    @Test("Followers get the events of their scope, in order, and no others")
    func scopes() {
        let hub = EventHub()
        let ofAttempt = Collector()
        let ofExam = Collector()
        _ = hub.subscribe(to: .attempt(attempt)) { ofAttempt.take($0) }
        _ = hub.subscribe(to: .exam(exam)) { ofExam.take($0) }
        hub.publish([event(1), event(2, attempt: UUID()), event(3, attempt: UUID(), exam: UUID()), event(4)])
        #expect(ofAttempt.indices == [1, 4])
        #expect(ofExam.indices == [1, 2, 4])
    }

    @Test("A follower that takes no more is let go, and cancelling twice is no error")
    func lettingGo() {
        let hub = EventHub()
        let patient = Collector()
        let full = Collector(capacity: 1)
        let subscription = hub.subscribe(to: .exam(exam)) { patient.take($0) }
        _ = hub.subscribe(to: .exam(exam)) { full.take($0) }
        hub.publish([event(1), event(2), event(3)])
        #expect(patient.indices == [1, 2, 3])
        #expect(full.indices == [1])
        #expect(hub.followerCount == 1)
        hub.cancel(subscription)
        hub.cancel(subscription)
        hub.publish([event(4)])
        #expect(patient.indices == [1, 2, 3])
        #expect(hub.followerCount == 0)
    }

    @Test("Only the device's own kinds of event come from the device", arguments: SessionEventType.allCases)
    func sources(_ type: SessionEventType) {
        #expect(type.isFromClient == type.rawValue.hasPrefix("client."))
    }
}

private final class Collector: @unchecked Sendable {
    private let lock = NSLock()
    private let capacity: Int
    private var taken: [Int64] = []

    init(capacity: Int = .max) {
        self.capacity = capacity
    }

    var indices: [Int64] { lock.withLock { taken } }

    func take(_ event: SessionEvent) -> Bool {
        lock.withLock {
            guard taken.count < capacity else { return false }
            taken.append(event.index)
            return true
        }
    }
}
