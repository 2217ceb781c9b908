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
    const dnnl::memory::dims &output_size(const std::string &name) const { return output_dimensions.at(name); }
    size_t arena_bytes() const { return arena_size; }

    /// `arena` has `arena_bytes()`, aligned to 64; `outputs` go by the names of the graph's outputs. All numbers lie
    /// densely in the order batch, channel, row, column.
    void run(
        uint8_t *arena, const float *input, const std::vector<std::pair<std::string, float *>> &outputs,
        dnnl::stream &stream);

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
    std::map<std::string, dnnl::memory::dims> output_dimensions;
    size_t arena_size = 0;
    const uint8_t *bound_arena = nullptr;
};

}  // namespace afe::onednn
