#include "plan.hpp"

#include <cstring>

namespace afe::onednn {

void plan::run(
    uint8_t *arena, const float *pixels, const std::vector<std::pair<std::string, float *>> &wanted,
    dnnl::stream &stream) {
    if (arena != bound_arena) {
        for (auto &[memory, buffer] : memories) memory.set_data_handle(arena + buffers[buffer].offset);
        bound_arena = arena;
    }
    // oneDNN takes no pointer to const; nothing writes to the input.
    input.set_data_handle(const_cast<float *>(pixels));
    for (const auto &[name, numbers] : wanted) outputs.at(name).set_data_handle(numbers);
    for (const step &step : steps) {
        if (step.cleared) std::memset(step.cleared.get_data_handle(), 0, step.cleared.get_desc().get_size());
        step.kernel.execute(stream, step.arguments);
    }
    stream.wait();
}

}  // namespace afe::onednn
