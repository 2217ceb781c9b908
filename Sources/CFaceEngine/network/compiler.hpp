#pragma once

#include "plan.hpp"

namespace afe::onednn {

/// Turns layers into a plan for one size of input.
class compiler {
public:
    /// Throws `dnnl::error` or `std::runtime_error` where the layers do not fit together.
    static plan compile(
        const std::vector<layer> &layers, const std::string &input, const std::vector<std::string> &outputs,
        const dnnl::memory::dims &input_size, weights &constants, const dnnl::engine &engine);

private:
    /// One value of the network. Several share a buffer where a layer works in place.
    struct value {
        dnnl::memory memory;
        size_t buffer;
    };

    compiler(weights &constants, const dnnl::engine &engine) : constants(constants), engine(engine) {}

    void note_last_uses(const std::vector<layer> &layers, const std::vector<std::string> &outputs);
    void begin(const std::string &name, const dnnl::memory::dims &size);
    void finish(const std::vector<std::string> &outputs);
    void add(const layer &layer);

    // One for each kind of layer; in kernels.cpp.
    void convolution(const layer &layer);
    void transposed_convolution(const layer &layer);
    void depth_to_space(const layer &layer);
    void inner_product(const layer &layer);
    void pool(const layer &layer);
    void pad(const layer &layer);
    void sum(const layer &layer);
    void activation(const layer &layer);

    const value &find(const std::string &name) const;
    value new_value(const dnnl::memory::desc &description);
    /// The value in another layout; itself if it has that already.
    value in_layout(const value &source, const dnnl::memory::desc &wanted);
    /// Where a layer that reads `source` writes to.
    value result_of(const layer &layer, const value &source, const dnnl::memory::desc &description);
    void copy(const dnnl::memory &from, const dnnl::memory &to, const std::vector<size_t> &used);

    /// Adds a kernel; `used` are the buffers that it reads and writes.
    template <typename Kernel>
    step &push(
        const typename Kernel::primitive_desc &made, std::unordered_map<int, dnnl::memory> arguments,
        const std::vector<size_t> &used) {
        for (const size_t buffer : used) result.buffers[buffer].last = result.steps.size();
        const dnnl::memory::desc scratchpad = made.scratchpad_desc();
        if (scratchpad.get_size() > 0) arguments[DNNL_ARG_SCRATCHPAD] = new_value(scratchpad).memory;
        result.steps.push_back({Kernel(made), std::move(arguments)});
        return result.steps.back();
    }

    /// Adds a kernel with weights, its input and weights in the layouts that it asks for.
    template <typename Kernel>
    void push_weighted(
        const layer &layer, const typename Kernel::primitive_desc &made, const dnnl::memory::desc &plain_weights);

    weights &constants;
    const dnnl::engine &engine;
    plan result;
    std::map<std::string, value> values;
    /// By the number of the layer; what the caller asks for is used after the last.
    std::map<std::string, size_t> last_use;
    size_t layer_number = 0;
};

}  // namespace afe::onednn
