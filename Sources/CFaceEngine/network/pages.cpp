#include "pages.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

#include <sys/mman.h>

namespace afe {

static const size_t huge = size_t(2) << 20;
// What is not used of a block is never touched, so it takes addresses but no memory.
static const size_t block = size_t(32) << 20;

static size_t up_to(size_t unit, size_t bytes) { return (bytes + unit - 1) / unit * unit; }

void deallocation::operator()(uint8_t *bytes) const { std::free(bytes); }

pages allocate_pages(size_t bytes) {
    const size_t size = up_to(huge, std::max<size_t>(bytes, 1));
    pages result(static_cast<uint8_t *>(std::aligned_alloc(huge, size)));
    if (!result) throw std::bad_alloc();
    // Only advice: where it is refused, pages are small.
    madvise(result.get(), size, MADV_HUGEPAGE);
    return result;
}

uint8_t *page_store::take(size_t bytes) {
    const size_t wanted = up_to(64, std::max<size_t>(bytes, 1));
    if (size - taken < wanted) {
        const size_t next = std::max(block, wanted);
        blocks.push_back(allocate_pages(next));
        size = next;
        taken = 0;
    }
    uint8_t *result = blocks.back().get() + taken;
    taken += wanted;
    return result;
}

}  // namespace afe
