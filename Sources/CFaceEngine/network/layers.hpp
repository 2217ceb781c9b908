#pragma once

#include "onnx.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace afe::onednn {

/// Done to a layer's result before it is written.
struct tail {
    enum class kind { relu, sigmoid, sum };
    kind what;
    /// For a sum: the value to add.
    std::string other = {};
};

/// One step of a network, as yet without sizes. Lists of two are height and width.
struct layer {
    enum class kind {
        convolution, transposed_convolution, depth_to_space, inner_product, max_pool, average_pool, global_average_pool,
        pad, add, activation,
    };
    kind what;
    std::vector<std::string> inputs;
    std::string output;
    std::vector<tail> tails = {};

    /// Names of constants; the bias may be missing.
    std::string weights = {};
    std::string bias = {};
    int64_t groups = 1;
    std::vector<int64_t> kernel = {};
    std::vector<int64_t> strides = {};
    std::vector<int64_t> dilations = {};
    std::vector<int64_t> padding_before = {};
    std::vector<int64_t> padding_behind = {};
    bool counts_padding = false;
};

/// The graph as layers, with activations and sums drawn into the layer before them. May add constants to the graph.
/// Throws `std::runtime_error` at an operator or a setting of one that it does not know.
std::vector<layer> layers_of(onnx::graph &graph);

}  // namespace afe::onednn
