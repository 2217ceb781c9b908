#include "compiler.hpp"

#include "layouts.hpp"

#include <stdexcept>

namespace afe::onednn {

namespace {

const auto inference = dnnl::prop_kind::forward_inference;

/// How many windows there are along one side.
int64_t windows(int64_t size, int64_t padding, int64_t window, int64_t stride) {
    if (stride < 1 || window < 1 || size + padding < window) throw std::runtime_error("a window does not fit");
    return (size + padding - window) / stride + 1;
}

description bias_layout(const layer &layer, int64_t channels) {
    return layer.bias.empty() ? description() : description({channels}, float32, tag::a);
}

dnnl::primitive_attr attributes_of(const layer &layer) {
    dnnl::post_ops operations;
    for (const tail &tail : layer.tails) {
        switch (tail.what) {
        case tail::kind::relu: operations.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0); break;
        case tail::kind::sigmoid: operations.append_eltwise(1, dnnl::algorithm::eltwise_logistic, 0, 0); break;
        case tail::kind::sum: operations.append_sum(); break;
        }
    }
    dnnl::primitive_attr attributes = own_scratchpad();
    attributes.set_post_ops(operations);
    return attributes;
}

}  // namespace

template <typename Kernel>
void compiler::push_weighted(
    const layer &layer, const typename Kernel::primitive_desc &made, const description &plain_weights) {
    const value source = in_layout(find(layer.inputs[0]), made.src_desc());
    const value target = result_of(layer, source, made.dst_desc());
    std::unordered_map<int, dnnl::memory> arguments = {
        {DNNL_ARG_SRC, source.memory},
        {DNNL_ARG_WEIGHTS, constants.get(layer.weights, plain_weights, made.weights_desc())},
        {DNNL_ARG_DST, target.memory},
    };
    if (!layer.bias.empty()) {
        const description bias = plain_layout(constants.dimensions(layer.bias));
        arguments[DNNL_ARG_BIAS] = constants.get(layer.bias, bias, made.bias_desc());
    }
    push<Kernel>(made, std::move(arguments), {source.buffer, target.buffer});
    values[layer.output] = target;
}

void compiler::convolution(const layer &layer) {
    const dims input_size = four(find(layer.inputs[0]).memory.get_desc());
    const dims &shape = constants.dimensions(layer.weights);
    if (shape[1] * layer.groups != input_size[1] || shape[2] != layer.kernel[0] || shape[3] != layer.kernel[1]) {
        throw std::runtime_error("a convolution's weights do not fit its input");
    }
    dims size = {input_size[0], shape[0]};
    dims dilations;  // oneDNN counts from 0
    for (size_t axis = 0; axis < 2; axis++) {
        if (layer.dilations[axis] < 1) throw std::runtime_error("a convolution's dilation");
        dilations.push_back(layer.dilations[axis] - 1);
        const int64_t reach = (layer.kernel[axis] - 1) * layer.dilations[axis] + 1;
        size.push_back(windows(
            input_size[2 + axis], layer.padding_before[axis] + layer.padding_behind[axis], reach,
            layer.strides[axis]));
    }
    const dims grouped = {layer.groups, shape[0] / layer.groups, shape[1], shape[2], shape[3]};
    const dims &weights_size = layer.groups == 1 ? shape : grouped;
    // Winograd's algorithm was no faster in a whole network: its weights are four times as large.
    using kernel = dnnl::convolution_forward;
    const kernel::primitive_desc made(
        kernel::desc(
            inference, dnnl::algorithm::convolution_direct, any_layout(input_size), any_layout(weights_size),
            bias_layout(layer, shape[0]), any_layout(size), layer.strides, dilations, layer.padding_before,
            layer.padding_behind),
        attributes_of(layer), engine);
    push_weighted<kernel>(layer, made, plain_layout(weights_size));
}

void compiler::transposed_convolution(const layer &layer) {
    const dims input_size = four(find(layer.inputs[0]).memory.get_desc());
    const dims &shape = constants.dimensions(layer.weights);  // ONNX puts the input channels first here
    if (shape[0] != input_size[1] || shape[2] != layer.kernel[0] || shape[3] != layer.kernel[1]) {
        throw std::runtime_error("a transposed convolution's weights do not fit its input");
    }
    if (layer.strides[0] < 1 || layer.strides[1] < 1 || layer.dilations[0] < 1 || layer.dilations[1] < 1) {
        throw std::runtime_error("a transposed convolution's strides");
    }
    dims size = {input_size[0], shape[1]};
    dims dilations;
    for (size_t axis = 0; axis < 2; axis++) {
        dilations.push_back(layer.dilations[axis] - 1);
        size.push_back(
            (input_size[2 + axis] - 1) * layer.strides[axis] + (layer.kernel[axis] - 1) * layer.dilations[axis] + 1
            - layer.padding_before[axis] - layer.padding_behind[axis]);
    }
    const dims weights_size = {shape[1], shape[0], shape[2], shape[3]};
    using kernel = dnnl::deconvolution_forward;
    const kernel::primitive_desc made(
        kernel::desc(
            inference, dnnl::algorithm::deconvolution_direct, any_layout(input_size), any_layout(weights_size),
            bias_layout(layer, shape[1]), any_layout(size), layer.strides, dilations, layer.padding_before,
            layer.padding_behind),
        attributes_of(layer), engine);
    push_weighted<kernel>(layer, made, description(weights_size, float32, tag::iohw));
}

/// Channels in the order tile row, tile column, channel become tiles of pixels.
void compiler::depth_to_space(const layer &layer) {
    const value given = find(layer.inputs[0]);
    const dims input_size = four(given.memory.get_desc());
    const value source = in_layout(given, {input_size, float32, tag::nhwc});
    const int64_t batch = input_size[0], rows = input_size[2], columns = input_size[3];
    const int64_t tile_rows = layer.kernel[0], tile_columns = layer.kernel[1];
    const int64_t channels = input_size[1] / (tile_rows * tile_columns);
    const value target = new_value({{batch, channels, rows * tile_rows, columns * tile_columns}, float32, tag::nhwc});

    // Both sides as batch and row, column, tile row, tile column with channel: the same numbers at other strides.
    const dims size = {batch * rows, columns, tile_rows, tile_columns * channels};
    const int64_t tile_line = tile_columns * channels;
    const description from(size, float32, dims{columns * tile_rows * tile_line, tile_rows * tile_line, tile_line, 1});
    const description to(size, float32, dims{tile_rows * columns * tile_line, tile_line, columns * tile_line, 1});
    const dnnl::reorder::primitive_desc made(engine, from, engine, to, own_scratchpad());
    push<dnnl::reorder>(
        made, {{DNNL_ARG_FROM, source.memory}, {DNNL_ARG_TO, target.memory}}, {source.buffer, target.buffer});
    values[layer.output] = target;
}

void compiler::inner_product(const layer &layer) {
    const dims input_size = four(find(layer.inputs[0]).memory.get_desc());
    const dims &shape = constants.dimensions(layer.weights);
    if (shape[1] != input_size[1] * input_size[2] * input_size[3]) {
        throw std::runtime_error("an inner product's weights do not fit its input");
    }
    const dims weights_size = {shape[0], input_size[1], input_size[2], input_size[3]};
    using kernel = dnnl::inner_product_forward;
    const kernel::primitive_desc made(
        kernel::desc(
            inference, any_layout(input_size), any_layout(weights_size), bias_layout(layer, shape[0]),
            any_layout({input_size[0], shape[0]})),
        attributes_of(layer), engine);
    push_weighted<kernel>(layer, made, plain_layout(weights_size));
}

void compiler::pool(const layer &layer) {
    using kind = layer::kind;
    const value source = find(layer.inputs[0]);
    const dims input_size = four(source.memory.get_desc());
    const bool global = layer.what == kind::global_average_pool;
    const dims window = global ? dims{input_size[2], input_size[3]} : layer.kernel;
    const dims strides = global ? dims{1, 1} : layer.strides;
    const dims before = global ? dims{0, 0} : layer.padding_before;
    const dims behind = global ? dims{0, 0} : layer.padding_behind;
    dims size = {input_size[0], input_size[1]};
    for (size_t axis = 0; axis < 2; axis++) {
        size.push_back(windows(input_size[2 + axis], before[axis] + behind[axis], window[axis], strides[axis]));
    }
    const auto average = layer.counts_padding ? dnnl::algorithm::pooling_avg_include_padding
                                              : dnnl::algorithm::pooling_avg_exclude_padding;
    using kernel = dnnl::pooling_forward;
    const kernel::primitive_desc made(
        kernel::desc(
            inference, layer.what == kind::max_pool ? dnnl::algorithm::pooling_max : average,
            source.memory.get_desc(), any_layout(size), strides, window, before, behind),
        own_scratchpad(), engine);
    const value target = new_value(made.dst_desc());
    push<kernel>(
        made, {{DNNL_ARG_SRC, source.memory}, {DNNL_ARG_DST, target.memory}}, {source.buffer, target.buffer});
    values[layer.output] = target;
}

/// Zeros behind channels, rows and columns: the value is copied into a larger one of the same layout.
void compiler::pad(const layer &layer) {
    const value source = find(layer.inputs[0]);
    const description from = source.memory.get_desc();
    const dims input_size = four(from);
    dims size;
    for (size_t axis = 0; axis < 4; axis++) size.push_back(input_size[axis] + layer.padding_behind[axis]);
    tag layout = tag::nchw;
    for (const tag candidate : {tag::nChw16c, tag::nChw8c, tag::nhwc}) {
        if (description(input_size, float32, candidate) == from) layout = candidate;
    }
    const value target = new_value({size, float32, layout});
    const description inside = target.memory.get_desc().submemory_desc(input_size, {0, 0, 0, 0});
    const dnnl::reorder::primitive_desc made(engine, from, engine, inside, own_scratchpad());
    step &made_step = push<dnnl::reorder>(
        made, {{DNNL_ARG_FROM, source.memory}, {DNNL_ARG_TO, target.memory}}, {source.buffer, target.buffer});
    made_step.cleared = target.memory;
    values[layer.output] = target;
}

void compiler::sum(const layer &layer) {
    const value left = find(layer.inputs[0]);
    if (four(left.memory.get_desc()) != four(find(layer.inputs[1]).memory.get_desc())) {
        throw std::runtime_error("a sum of different sizes");
    }
    const description size = left.memory.get_desc();
    const value right = in_layout(find(layer.inputs[1]), size);
    using kernel = dnnl::binary;
    const kernel::primitive_desc made(
        kernel::desc(dnnl::algorithm::binary_add, size, size, size), attributes_of(layer), engine);
    const value target = new_value(size);
    push<kernel>(
        made,
        {{DNNL_ARG_SRC_0, left.memory}, {DNNL_ARG_SRC_1, right.memory}, {DNNL_ARG_DST, target.memory}},
        {left.buffer, right.buffer, target.buffer});
    values[layer.output] = target;
}

void compiler::activation(const layer &layer) {
    const value source = find(layer.inputs[0]);
    const auto algorithm = layer.tails[0].what == tail::kind::sigmoid ? dnnl::algorithm::eltwise_logistic
                                                                      : dnnl::algorithm::eltwise_relu;
    using kernel = dnnl::eltwise_forward;
    const kernel::primitive_desc made(
        kernel::desc(inference, algorithm, source.memory.get_desc()), own_scratchpad(), engine);
    const value target = new_value(source.memory.get_desc());
    push<kernel>(
        made, {{DNNL_ARG_SRC, source.memory}, {DNNL_ARG_DST, target.memory}}, {source.buffer, target.buffer});
    values[layer.output] = target;
}

}  // namespace afe::onednn
