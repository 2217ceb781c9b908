#pragma once

#include "arena.hpp"
#include "layers.hpp"
#include "weights.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>

#include <oneapi/dnnl/dnnl.hpp>

namespace afe::onednn {

/// One kernel with what it reads and writes.
struct step {
    dnnl::primitive kernel;
    std::unordered_map<int, dnnl::memory> arguments;
    /// Set to zero before the kernel runs.
    dnnl::memory cleared = {};
};

/// A network compiled for one size of input: kernels, and where in the arena each value lies.
class plan {
public:
    const dnnl::memory::dims &input_size() const { return input_dimensions; }
    size_t arena_bytes() const { return arena_size; }

    /// `arena` has `arena_bytes()`, aligned to 64. Numbers lie densely in the order batch, row, column, channel.
    void run(uint8_t *arena, const float *input, dnnl::stream &stream);

    /// What the last run made, by the names of the graph's outputs; it lies in the arena.
    cv::Mat output(const std::string &name) const;

private:
    friend class compiler;

    plan() = default;

    std::vector<step> steps;
    /// Everything that lies in the arena, with its buffer.
    std::vector<std::pair<dnnl::memory, size_t>> memories;
    std::vector<lifetime> buffers;
    dnnl::memory input;
    dnnl::memory::dims input_dimensions;
    std::map<std::string, dnnl::memory> outputs;
    size_t arena_size = 0;
    const uint8_t *bound_arena = nullptr;
};

}  // namespace afe::onednn
