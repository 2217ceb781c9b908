#include "layers.hpp"

#include "settings.hpp"
#include "tiles.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace afe::onednn {

namespace {

/// Goes through the nodes in their order and gathers layers.
class translation {
public:
    explicit translation(onnx::graph &graph) : graph(graph) {
        for (const onnx::node &node : graph.nodes) {
            for (const std::string &input : node.inputs) uses[input]++;
        }
        // What the caller asks for must be written out, so it counts as used once more.
        for (const std::string &output : graph.outputs) uses[output]++;
        for (const onnx::node &node : graph.nodes) translate(node);
    }

    std::vector<layer> layers;

private:
    void translate(const onnx::node &node) {
        using kind = layer::kind;
        const std::string &name = node.operation;
        if (name == "Conv") convolution(node, kind::convolution);
        else if (name == "ConvTranspose") convolution(node, kind::transposed_convolution);
        else if (name == "MaxPool") pool(node, kind::max_pool);
        else if (name == "AveragePool") pool(node, kind::average_pool);
        else if (name == "GlobalAveragePool") global_pool(node);
        else if (name == "Pad") pad(node);
        else if (name == "Add") add(node);
        else if (name == "Relu") activation(node, tail::kind::relu);
        else if (name == "Sigmoid") activation(node, tail::kind::sigmoid);
        else if (name == "Flatten") flatten(node);
        else if (name == "Gemm") inner_product(node);
        else throw std::runtime_error("unknown operator " + name);
    }

    static layer begin(const onnx::node &node, layer::kind kind, size_t least_inputs, size_t most_inputs) {
        if (node.inputs.size() < least_inputs || node.inputs.size() > most_inputs || node.outputs.size() != 1) {
            throw std::runtime_error(node.operation + ": wrong number of inputs or outputs");
        }
        return {kind, {node.inputs[0]}, node.outputs[0]};
    }

    const onnx::tensor &constant(const std::string &name, size_t rank) const {
        const auto found = graph.constants.find(name);
        if (found == graph.constants.end() || found->second.floats.empty()
            || found->second.dimensions.size() != rank) {
            throw std::runtime_error("not a constant of the right rank: " + name);
        }
        return found->second;
    }

    void take_weights(layer &made, const onnx::node &node, size_t rank) const {
        constant(node.inputs[1], rank);
        made.weights = node.inputs[1];
        if (node.inputs.size() < 3) return;
        constant(node.inputs[2], 1);
        made.bias = node.inputs[2];
    }

    static void take_padding(layer &made, settings &given) {
        given.only("auto_pad", "NOTSET");
        const std::vector<int64_t> padding = given.list("pads", {0, 0, 0, 0});
        made.padding_before = {padding[0], padding[1]};
        made.padding_behind = {padding[2], padding[3]};
    }

    void convolution(const onnx::node &node, layer::kind kind) {
        layer made = begin(node, kind, 2, 3);
        take_weights(made, node, 4);
        const onnx::tensor &weights = constant(made.weights, 4);
        settings given(node);
        take_padding(made, given);
        made.kernel = given.list("kernel_shape", {weights.dimensions[2], weights.dimensions[3]});
        made.strides = given.list("strides", {1, 1});
        made.dilations = given.list("dilations", {1, 1});
        made.groups = given.integer("group", 1);
        if (kind == layer::kind::transposed_convolution) {
            const std::vector<int64_t> none = {0, 0};
            if (given.list("output_padding", none) != none) throw std::runtime_error("ConvTranspose: output padding");
            if (made.groups != 1) throw std::runtime_error("ConvTranspose: groups");
        }
        given.finish();
        if (made.groups < 1 || weights.dimensions[0] % made.groups != 0) {
            throw std::runtime_error("Conv: the groups do not divide the channels");
        }
        if (!makes_tiles(made)) {
            layers.push_back(std::move(made));
            return;
        }
        for (layer &part : tiles(made, graph)) layers.push_back(std::move(part));
        uses[layers.back().inputs[0]] = 1;
    }

    void pool(const onnx::node &node, layer::kind kind) {
        layer made = begin(node, kind, 1, 1);
        settings given(node);
        take_padding(made, given);
        made.kernel = given.list("kernel_shape", {0, 0});
        made.strides = given.list("strides", {1, 1});
        given.only("ceil_mode", int64_t(0));
        if (kind == layer::kind::average_pool) made.counts_padding = given.integer("count_include_pad", 0) != 0;
        else given.only("storage_order", int64_t(0));
        given.finish();
        layers.push_back(std::move(made));
    }

    void global_pool(const onnx::node &node) {
        settings(node).finish();
        layers.push_back(begin(node, layer::kind::global_average_pool, 1, 1));
    }

    /// Only zeros behind the rows, columns and channels.
    void pad(const onnx::node &node) {
        layer made = begin(node, layer::kind::pad, 2, 2);
        settings given(node);
        given.only("mode", "constant");
        given.finish();
        const auto found = graph.constants.find(node.inputs[1]);
        if (found == graph.constants.end() || found->second.integers.size() != 8) {
            throw std::runtime_error("Pad: the widths are not eight constants");
        }
        const std::vector<int64_t> &widths = found->second.integers;
        for (const int64_t width : widths) {
            if (width < 0 || width > 65536) throw std::runtime_error("Pad: a width is out of range");
        }
        if (widths[0] + widths[1] + widths[2] + widths[3] != 0) throw std::runtime_error("Pad: not at the end");
        made.padding_behind.assign(widths.begin() + 4, widths.end());
        layers.push_back(std::move(made));
    }

    void flatten(const onnx::node &node) {
        if (node.inputs.size() != 1 || node.outputs.size() != 1) throw std::runtime_error("Flatten: inputs");
        settings given(node);
        given.only("axis", int64_t(1));
        given.finish();
        flattened[node.outputs[0]] = node.inputs[0];
    }

    /// Takes the value before a `Flatten` in, since an inner product reads all channels, rows and columns anyway.
    void inner_product(const onnx::node &node) {
        layer made = begin(node, layer::kind::inner_product, 2, 3);
        take_weights(made, node, 2);
        settings given(node);
        given.only("alpha", 1.0f);
        given.only("beta", 1.0f);
        given.only("transA", int64_t(0));
        if (given.integer("transB", 0) != 1) throw std::runtime_error("Gemm: weights not transposed");
        given.finish();
        const auto whole = flattened.find(made.inputs[0]);
        if (whole == flattened.end()) throw std::runtime_error("Gemm: not behind a Flatten");
        made.inputs[0] = whole->second;
        layers.push_back(std::move(made));
    }

    /// The layer that makes `value`, if only one other reads that: then more can be done before it is written.
    layer *maker_of(const std::string &value) {
        if (uses[value] != 1) return nullptr;
        const auto found = std::find_if(
            layers.begin(), layers.end(), [&](const layer &made) { return made.output == value; });
        return found == layers.end() ? nullptr : &*found;
    }

    void activation(const onnx::node &node, tail::kind kind) {
        settings(node).finish();
        layer made = begin(node, layer::kind::activation, 1, 1);
        using what = layer::kind;
        layer *maker = maker_of(made.inputs[0]);
        if (maker != nullptr && maker->what == what::depth_to_space) {
            // The order of the numbers does not matter to it, so it can be done before they are moved.
            layer *before = maker_of(maker->inputs[0]);
            if (before == nullptr) throw std::runtime_error("a value inside a layer is used by its name");
            before->tails.push_back({kind});
            maker->output = made.output;
            return;
        }
        if (maker != nullptr
            && (maker->what == what::convolution || maker->what == what::transposed_convolution
                || maker->what == what::add)) {
            maker->tails.push_back({kind});
            maker->output = made.output;
            return;
        }
        made.tails.push_back({kind});
        layers.push_back(std::move(made));
    }

    void add(const onnx::node &node) {
        settings(node).finish();
        layer made = begin(node, layer::kind::add, 2, 2);
        made.inputs = node.inputs;
        if (made.inputs[0] == made.inputs[1]) throw std::runtime_error("Add: twice the same");
        for (const size_t index : {1, 0}) {
            layer *maker = maker_of(made.inputs[index]);
            // Behind an activation the sum would leave the fast kernels.
            if (maker == nullptr || maker->what != layer::kind::convolution || !maker->tails.empty()) continue;
            layer fused = *maker;
            fused.tails.push_back({tail::kind::sum, made.inputs[1 - index]});
            fused.output = made.output;
            // It moves here, where both operands are there.
            layers.erase(layers.begin() + (maker - layers.data()));
            layers.push_back(std::move(fused));
            return;
        }
        layers.push_back(std::move(made));
    }

    onnx::graph &graph;
    std::map<std::string, int> uses;
    std::map<std::string, std::string> flattened;
};

}  // namespace

std::vector<layer> layers_of(onnx::graph &graph) {
    if (graph.inputs.size() != 1) throw std::runtime_error("the network has not one input");
    return std::move(translation(graph).layers);
}

}  // namespace afe::onednn
