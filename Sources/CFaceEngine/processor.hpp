#pragma once

#include <cstddef>
#include <cstdint>

namespace afe {

/// Whether functions that were compiled for AVX2 may be called.
inline bool has_avx2() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

/// Asks for memory that is read soon. A network pushes all else out of the near caches, and where a loop goes across
/// rows the processor guesses nothing ahead: it would wait for one line after another.
inline void prefetch(const uint8_t *bytes, size_t count) {
    for (size_t place = 0; place < count; place += 64) __builtin_prefetch(bytes + place);
}

}  // namespace afe
