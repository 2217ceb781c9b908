#include "arena.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace afe::onednn {

// A cache line, and a vector register of AVX-512.
static const size_t alignment = 64;

static size_t aligned(size_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

// The largest first, each at the lowest place that is free during its life.
size_t place(std::vector<lifetime> &lifetimes) {
    std::vector<size_t> order(lifetimes.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::sort(order.begin(), order.end(), [&](size_t one, size_t other) {
        return std::make_pair(lifetimes[one].bytes, other) > std::make_pair(lifetimes[other].bytes, one);
    });

    size_t total = 0;
    std::vector<const lifetime *> placed;  // by offset
    for (const size_t index : order) {
        lifetime &added = lifetimes[index];
        for (const lifetime *other : placed) {
            if (other->last < added.first || added.last < other->first) continue;
            if (added.offset + aligned(added.bytes) <= other->offset) break;
            added.offset = std::max(added.offset, other->offset + aligned(other->bytes));
        }
        const auto behind = std::find_if(placed.begin(), placed.end(), [&](const lifetime *other) {
            return other->offset > added.offset;
        });
        placed.insert(behind, &added);
        total = std::max(total, added.offset + aligned(added.bytes));
    }
    return total;
}

}  // namespace afe::onednn
