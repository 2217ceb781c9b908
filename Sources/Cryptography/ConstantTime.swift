import CSodium

/// Whether two byte sequences are equal, in a time that depends on their lengths only.
///
/// Sequences of different lengths are unequal at once: a length is no secret here.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return sodium_memcmp(left, right, left.count) == 0
}
