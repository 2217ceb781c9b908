/// Lends workers, first come, first served; keeps at most so many waiting.
actor WorkerPool {
    private struct Waiter {
        let ticket: UInt64
        let continuation: CheckedContinuation<FaceWorker?, Never>
    }

    private var idle: [FaceWorker]
    private var waiters: [Waiter] = []
    private var lastTicket: UInt64 = 0
    private let mostWaiting: Int

    init(workers: [FaceWorker], mostWaiting: Int) {
        idle = workers
        self.mostWaiting = mostWaiting
    }

    /// Takes a worker, which the caller must give back.
    ///
    /// - Throws: `busy` when too many wait already, `cancelled` when the task is cancelled while it waits.
    func take() async throws(FaceAnalysisError) -> FaceWorker {
        if let worker = idle.popLast() { return worker }
        guard waiters.count < mostWaiting else {
            throw FaceAnalysisError(.busy, "\(waiters.count) pictures are waiting already")
        }
        lastTicket += 1
        let ticket = lastTicket
        let worker = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<FaceWorker?, Never>) in
                if Task.isCancelled {
                    continuation.resume(returning: nil)
                } else {
                    waiters.append(Waiter(ticket: ticket, continuation: continuation))
                }
            }
        } onCancel: {
            Task { await self.withdraw(ticket) }
        }
        guard let worker else { throw FaceAnalysisError(.cancelled, "cancelled while waiting") }
        return worker
    }

    func giveBack(_ worker: FaceWorker) {
        if waiters.isEmpty {
            idle.append(worker)
        } else {
            waiters.removeFirst().continuation.resume(returning: worker)
        }
    }

    /// How many pictures are waiting now.
    var waiting: Int { waiters.count }

    private func withdraw(_ ticket: UInt64) {
        guard let index = waiters.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiters.remove(at: index).continuation.resume(returning: nil)
    }
}
