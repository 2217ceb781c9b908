#include "weights.hpp"

#include <utility>

namespace afe::onednn {

weights::weights(std::map<std::string, onnx::tensor> given, const dnnl::engine &engine) : engine(engine) {
    for (auto &[name, tensor] : given) {
        if (tensor.floats.empty()) continue;
        constants[name] = {std::move(tensor.dimensions), std::move(tensor.floats), {}};
    }
}

const std::vector<int64_t> &weights::dimensions(const std::string &name) const {
    return constants.at(name).dimensions;
}

dnnl::memory weights::get(
    const std::string &name, const dnnl::memory::desc &plain, const dnnl::memory::desc &wanted) {
    constant &found = constants.at(name);
    for (const dnnl::memory &variant : found.variants) {
        if (variant.get_desc() == wanted) return variant;
    }
    // Every blocked layout holds the same numbers in another order, so the first one can stand for ONNX's own and the
    // memory is not held twice.
    dnnl::memory source = found.variants.empty()
        ? dnnl::memory(plain, engine, found.numbers.data()) : found.variants.front();
    dnnl::memory converted(wanted, engine, store.take(wanted.get_size()));
    dnnl::stream stream(engine);
    dnnl::reorder(source, converted).execute(stream, source, converted);
    stream.wait();
    if (wanted.data.format_kind == dnnl_blocked) {
        found.variants.push_back(converted);
        std::vector<float>().swap(found.numbers);
    }
    return converted;
}

}  // namespace afe::onednn
