#include "plan.hpp"

#include <cstring>

namespace afe::onednn {

void plan::run(uint8_t *arena, const float *pixels, dnnl::stream &stream) {
    if (arena != bound_arena) {
        for (auto &[memory, buffer] : memories) memory.set_data_handle(arena + buffers[buffer].offset);
        bound_arena = arena;
    }
    // oneDNN takes no pointer to const; nothing writes to the input.
    input.set_data_handle(const_cast<float *>(pixels));
    for (const step &step : steps) {
        if (step.cleared) std::memset(step.cleared.get_data_handle(), 0, step.cleared.get_desc().get_size());
        step.kernel.execute(stream, step.arguments);
    }
    stream.wait();
}

cv::Mat plan::output(const std::string &name) const {
    const dnnl::memory &memory = outputs.at(name);
    const dnnl::memory::dims size = memory.get_desc().dims();
    std::vector<int> lengths(size.begin(), size.end());
    if (lengths.size() == 4) lengths = {lengths[0], lengths[2], lengths[3], lengths[1]};
    return cv::Mat(lengths, CV_32F, memory.get_data_handle());
}

}  // namespace afe::onednn
