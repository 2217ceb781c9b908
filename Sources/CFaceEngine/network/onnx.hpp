#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace afe::onnx {

/// A constant of the graph. Only one of the two lists is filled.
struct tensor {
    std::vector<int64_t> dimensions;
    std::vector<float> floats;
    std::vector<int64_t> integers;
};

struct attribute {
    float number = 0;
    int64_t integer = 0;
    std::string text;
    std::vector<int64_t> integers;
};

struct node {
    std::string operation;
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::map<std::string, attribute> attributes;
};

struct graph {
    int64_t opset = 0;
    /// In topological order, as ONNX demands.
    std::vector<node> nodes;
    std::map<std::string, tensor> constants;
    /// Without the constants.
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
};

/// Reads what inference needs of an ONNX file; throws `std::runtime_error` at damage and at what it does not know.
/// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
graph read(const uint8_t *bytes, size_t count);

}  // namespace afe::onnx
