// Fuzz target: a model file, through our own reader and on to the layers that are compiled from it.

#include "check.hpp"

#include "network/layers.hpp"
#include "network/onnx.hpp"

#include <stdexcept>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    try {
        afe::onnx::graph graph = afe::onnx::read(bytes, count);
        CHECK(!graph.nodes.empty() && !graph.outputs.empty());
        for (const auto &[name, tensor] : graph.constants) {
            int64_t elements = 1;
            for (const int64_t size : tensor.dimensions) elements *= size;
            CHECK(elements == static_cast<int64_t>(tensor.floats.size() + tensor.integers.size()));
        }
        const std::vector<afe::onednn::layer> layers = afe::onednn::layers_of(graph);
        for (const afe::onednn::layer &layer : layers) {
            CHECK(!layer.inputs.empty());
            CHECK(layer.weights.empty() || graph.constants.count(layer.weights) == 1);
        }
    } catch (const std::runtime_error &) {
        // How both say that they refuse; anything else is a finding.
    }
    return 0;
}
