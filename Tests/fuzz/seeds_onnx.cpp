// Small ONNX graphs with every operator that the fast runtime knows, written field by field.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

#include "seeds.hpp"

#include <cstring>

namespace {

/// One protocol buffers message under construction.
class message {
public:
    bytes contents;

    message &number(uint32_t field, uint64_t value) {
        varint(field << 3);
        varint(value);
        return *this;
    }
    message &real(uint32_t field, float value) {
        varint(field << 3 | 5);
        const size_t place = contents.size();
        contents.resize(place + sizeof value);
        std::memcpy(contents.data() + place, &value, sizeof value);
        return *this;
    }
    message &text(uint32_t field, const std::string &value) { return part(field, bytes(value.begin(), value.end())); }
    message &part(uint32_t field, const message &value) { return part(field, value.contents); }
    message &part(uint32_t field, const bytes &value) {
        varint(field << 3 | 2);
        varint(value.size());
        contents.insert(contents.end(), value.begin(), value.end());
        return *this;
    }

private:
    void varint(uint64_t value) {
        for (; value >= 0x80; value >>= 7) contents.push_back(static_cast<uint8_t>(value | 0x80));
        contents.push_back(static_cast<uint8_t>(value));
    }
};

message floats(const std::string &name, const std::vector<uint64_t> &size, bool raw) {
    message made;
    size_t count = 1;
    for (const uint64_t side : size) {
        made.number(1, side);
        count *= side;
    }
    made.number(2, 1).text(8, name);
    message values;
    for (size_t index = 0; index < count; index++) {
        const float value = static_cast<float>(index) / 8;
        if (raw) {
            const size_t place = values.contents.size();
            values.contents.resize(place + sizeof value);
            std::memcpy(values.contents.data() + place, &value, sizeof value);
        } else {
            made.real(4, value);
        }
    }
    return raw ? made.part(9, values) : made;
}

message attribute(const std::string &name, const std::vector<uint64_t> &values) {
    message made;
    made.text(1, name);
    for (const uint64_t value : values) made.number(8, value);
    return made.number(20, 7);
}

message node(
    const std::string &operation, const std::vector<std::string> &inputs, const std::string &output,
    const std::vector<message> &attributes = {}) {
    message made;
    for (const std::string &input : inputs) made.text(1, input);
    made.text(2, output).text(4, operation);
    for (const message &attribute : attributes) made.part(5, attribute);
    return made;
}

bytes file(const std::vector<message> &nodes, const std::vector<message> &constants, const std::string &output) {
    message graph;
    for (const message &node : nodes) graph.part(1, node);
    for (const message &constant : constants) graph.part(5, constant);
    graph.text(2, "seed").part(11, message().text(1, "x")).part(12, message().text(1, output));
    return message().number(1, 8).part(7, graph).part(8, message().text(1, "").number(2, 13)).contents;
}

}  // namespace

seeds onnx_seeds() {
    const message zero_widths = [] {
        message made;
        message widths;
        widths.contents = {0, 0, 0, 0, 0, 0, 1, 1};
        return made.number(1, 8).number(2, 7).part(7, widths).text(8, "widths");
    }();
    const std::vector<message> sides = {attribute("kernel_shape", {2, 2}), attribute("strides", {2, 2})};
    const std::vector<message> padded = {
        attribute("pads", {1, 1, 1, 1}), attribute("dilations", {1, 1}), message().text(1, "group").number(3, 1)};
    return {
        {"convolution", file({node("Conv", {"x", "w", "b"}, "y", padded)},
                            {floats("w", {2, 3, 3, 3}, true), floats("b", {2}, false)}, "y")},
        {"residual", file({node("Conv", {"x", "w"}, "a", padded), node("Relu", {"a"}, "r"),
                              node("Conv", {"r", "w"}, "c", padded), node("Add", {"c", "r"}, "s"),
                              node("Sigmoid", {"s"}, "y")},
                         {floats("w", {3, 3, 3, 3}, true)}, "y")},
        {"tiles", file({node("ConvTranspose", {"x", "w", "b"}, "t", sides), node("Relu", {"t"}, "y")},
                      {floats("w", {3, 2, 2, 2}, false), floats("b", {2}, true)}, "y")},
        // Once a null pointer: the value inside a layer that was cut in two, used by its name.
        {"tiles-by-name", file({node("ConvTranspose", {"x", "w"}, "t", sides), node("Add", {"t/tiles", "x"}, "s"),
                                   node("Relu", {"t"}, "y")},
                              {floats("w", {3, 2, 2, 2}, false)}, "y")},
        {"transposed", file({node("ConvTranspose", {"x", "w"}, "y", {attribute("strides", {2, 2})})},
                           {floats("w", {3, 1, 3, 3}, true)}, "y")},
        {"pools", file({node("MaxPool", {"x"}, "m", sides), node("AveragePool", {"m"}, "a", sides),
                           node("Pad", {"a", "widths"}, "p"), node("GlobalAveragePool", {"p"}, "g"),
                           node("Flatten", {"g"}, "f"),
                           node("Gemm", {"f", "w", "b"}, "y", {message().text(1, "transB").number(3, 1),
                                                                  message().text(1, "alpha").real(2, 1)})},
                      {zero_widths, floats("w", {4, 3}, true), floats("b", {4}, false)}, "y")},
    };
}
