import CSodium

/// The one place where libsodium is started.
enum Sodium {
    /// Touch this before the first call of anything that draws randomness or picks a CPU-specific implementation.
    static let ready: Void = {
        // Fails only where the kernel gives no randomness at all: nothing safe can follow.
        precondition(sodium_init() >= 0, "libsodium could not be started")
    }()
}
