import Glibc

/// A range of addresses that grows in place: its base never moves, so who reads it is never disturbed.
///
/// Anonymous memory is reserved whole (which costs addresses, not memory) and made usable piece by piece. It is kept out
/// of core dumps, locked against swapping as far as the limit on locked memory allows, and wiped when it is released.
final class GalleryMemory: @unchecked Sendable {
    // Who may write is the store's affair; this class only owns the mapping.
    let base: UnsafeMutableRawPointer
    private let mapping: UnsafeMutableRawBufferPointer
    private var usable: Int
    private let isFile: Bool

    /// As large as a huge page of x86-64 and arm64.
    private static let step = 2 << 20

    /// Reserves addresses for `limit` bytes.
    init(reserving limit: Int) throws(BiometricsError) {
        // One step more, so that the base can be moved to the start of a huge page.
        let length = Self.roundedUp(max(limit, 1)) + Self.step
        guard
            let start = mmap(nil, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
            start != MAP_FAILED
        else { throw Self.unavailable("no addresses for a gallery of \(limit) bytes") }
        mapping = UnsafeMutableRawBufferPointer(start: start, count: length)
        base = start.alignedUp(toMultipleOf: Self.step)
        usable = 0
        isFile = false
        madvise(start, length, MADV_DONTDUMP)
        // Fewer page faults while it is filled, fewer misses of the address cache while it is read; not vital.
        madvise(start, length, MADV_HUGEPAGE)
    }

    /// Maps the first `length` bytes of a file, to be read only.
    init(mapping descriptor: Int32, length: Int) throws(BiometricsError) {
        guard
            let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
        else { throw Self.unavailable("the gallery's file cannot be mapped") }
        mapping = UnsafeMutableRawBufferPointer(start: start, count: length)
        base = start
        usable = length
        isFile = true
        madvise(start, length, MADV_DONTDUMP)
    }

    /// Makes at least the first `bytes` bytes usable; new ones are zero.
    func grow(to bytes: Int) throws(BiometricsError) {
        guard bytes > usable else { return }
        // By an eighth each time: few calls, little memory locked in vain.
        let wanted = min(Self.roundedUp(max(bytes, usable + usable / 8)), mapping.count - Self.step)
        guard bytes <= wanted, mprotect(base, wanted, PROT_READ | PROT_WRITE) == 0 else {
            throw Self.unavailable("no memory for a gallery of \(bytes) bytes")
        }
        // Fails beyond the limit on locked memory, which is often small; then the pages may be swapped.
        mlock(base + usable, wanted - usable)
        usable = wanted
    }

    deinit {
        if !isFile, usable > 0 { explicit_bzero(base, usable) }
        munmap(mapping.baseAddress, mapping.count)
    }

    private static func roundedUp(_ bytes: Int) -> Int {
        (bytes + step - 1) / step * step
    }

    private static func unavailable(_ reason: String) -> BiometricsError {
        BiometricsError(.galleryUnavailable, "\(reason): \(String(cString: strerror(errno)))")
    }
}
