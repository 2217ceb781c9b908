#include "tiles.hpp"

#include <stdexcept>

namespace afe::onednn {

bool makes_tiles(const layer &layer) {
    const std::vector<int64_t> none = {0, 0}, one = {1, 1};
    return layer.what == layer::kind::transposed_convolution && layer.kernel == layer.strides && layer.dilations == one
        && layer.padding_before == none && layer.padding_behind == none;
}

/// From input channel, output channel, pixel of the tile to pixel, output channel, input channel.
static onnx::tensor by_pixels(const onnx::tensor &given) {
    const int64_t inputs = given.dimensions[0], outputs = given.dimensions[1];
    const int64_t pixels = given.dimensions[2] * given.dimensions[3];
    onnx::tensor result = {{pixels * outputs, inputs, 1, 1}, {}, {}};
    result.floats.reserve(given.floats.size());
    for (int64_t pixel = 0; pixel < pixels; pixel++) {
        for (int64_t output = 0; output < outputs; output++) {
            for (int64_t input = 0; input < inputs; input++) {
                const int64_t index = (input * outputs + output) * pixels + pixel;
                result.floats.push_back(given.floats[static_cast<size_t>(index)]);
            }
        }
    }
    return result;
}

static onnx::tensor repeated(const onnx::tensor &given, int64_t times) {
    onnx::tensor result = {{times * given.dimensions[0]}, {}, {}};
    for (int64_t time = 0; time < times; time++) {
        result.floats.insert(result.floats.end(), given.floats.begin(), given.floats.end());
    }
    return result;
}

std::vector<layer> tiles(const layer &given, onnx::graph &graph) {
    const onnx::tensor &weights = graph.constants.at(given.weights);
    if (weights.dimensions[2] != given.kernel[0] || weights.dimensions[3] != given.kernel[1]) {
        throw std::runtime_error("ConvTranspose: the weights have another size");
    }
    layer convolution = {layer::kind::convolution, given.inputs, given.output + "/tiles"};
    convolution.kernel = convolution.strides = convolution.dilations = {1, 1};
    convolution.padding_before = convolution.padding_behind = {0, 0};
    convolution.weights = given.weights + "/tiles";
    graph.constants[convolution.weights] = by_pixels(weights);
    if (!given.bias.empty()) {
        if (graph.constants.at(given.bias).dimensions[0] != weights.dimensions[1]) {
            throw std::runtime_error("ConvTranspose: the bias has another size");
        }
        convolution.bias = given.bias + "/tiles";
        graph.constants[convolution.bias] =
            repeated(graph.constants.at(given.bias), given.kernel[0] * given.kernel[1]);
    }
    layer layout = {layer::kind::depth_to_space, {convolution.output}, given.output};
    layout.kernel = given.kernel;
    return {convolution, layout};
}

}  // namespace afe::onednn
