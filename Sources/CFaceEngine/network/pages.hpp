#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace afe {

struct deallocation {
    void operator()(uint8_t *bytes) const;
};

/// Memory in pages of 2 MB where the kernel has them: with those of 4 KB, looking their addresses up took 4 % of a
/// verification.
using pages = std::unique_ptr<uint8_t, deallocation>;

/// At least `bytes`; throws `std::bad_alloc`.
pages allocate_pages(size_t bytes);

/// Hands out memory that stays until all of it is given back.
class page_store {
public:
    /// Aligned to 64 bytes, a cache line; throws `std::bad_alloc`.
    uint8_t *take(size_t bytes);

private:
    std::vector<pages> blocks;
    size_t taken = 0;
    size_t size = 0;
};

}  // namespace afe
