#include "compiler.hpp"

#include "layouts.hpp"

#include <algorithm>
#include <stdexcept>

namespace afe::onednn {

plan compiler::compile(
    const std::vector<layer> &layers, const std::string &input, const std::vector<std::string> &outputs,
    const dims &input_size, weights &constants, const dnnl::engine &engine) {
    compiler work(constants, engine);
    work.note_last_uses(layers, outputs);
    work.begin(input, input_size);
    for (const layer &layer : layers) {
        work.add(layer);
        work.layer_number++;
    }
    work.finish(outputs);
    return std::move(work.result);
}

void compiler::note_last_uses(const std::vector<layer> &layers, const std::vector<std::string> &outputs) {
    for (size_t number = 0; number < layers.size(); number++) {
        for (const std::string &input : layers[number].inputs) last_use[input] = number;
        for (const tail &tail : layers[number].tails) {
            if (tail.what == tail::kind::sum) last_use[tail.other] = number;
        }
    }
    for (const std::string &output : outputs) last_use[output] = layers.size();
}

void compiler::begin(const std::string &name, const dims &size) {
    // The caller's memory, bound at each run; buffer 0 stands for it and takes no place.
    result.input = dnnl::memory(picture_layout(size), engine, nullptr);
    result.input_dimensions = size;
    result.buffers.push_back({0, 0, 0});
    values[name] = {result.input, 0};
}

void compiler::finish(const std::vector<std::string> &outputs) {
    std::vector<size_t> outputs_made;
    for (const std::string &name : outputs) {
        const value made = find(name);
        const value output = in_layout(made, picture_layout(made.memory.get_desc().dims()));
        outputs_made.push_back(output.buffer);
        result.outputs[name] = output.memory;
    }
    // Read when all steps are done.
    for (const size_t buffer : outputs_made) result.buffers[buffer].last = result.steps.size();
    result.arena_size = place(result.buffers);
}

void compiler::add(const layer &layer) {
    using kind = layer::kind;
    switch (layer.what) {
    case kind::convolution: return convolution(layer);
    case kind::transposed_convolution: return transposed_convolution(layer);
    case kind::depth_to_space: return depth_to_space(layer);
    case kind::inner_product: return inner_product(layer);
    case kind::max_pool: case kind::average_pool: case kind::global_average_pool: return pool(layer);
    case kind::pad: return pad(layer);
    case kind::add: return sum(layer);
    case kind::activation: return activation(layer);
    }
}

const compiler::value &compiler::find(const std::string &name) const {
    const auto found = values.find(name);
    if (found == values.end()) throw std::runtime_error("a value is used before it is made: " + name);
    return found->second;
}

compiler::value compiler::new_value(const description &made) {
    dnnl::memory memory(made, engine, nullptr);
    result.buffers.push_back({made.get_size(), result.steps.size(), result.steps.size()});
    result.memories.push_back({memory, result.buffers.size() - 1});
    return {memory, result.buffers.size() - 1};
}

void compiler::copy(const dnnl::memory &from, const dnnl::memory &to, const std::vector<size_t> &used) {
    const dnnl::reorder::primitive_desc made(from, to, own_scratchpad());
    push<dnnl::reorder>(made, {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}}, used);
}

compiler::value compiler::in_layout(const value &source, const description &wanted) {
    if (source.memory.get_desc() == wanted) return source;
    const value converted = new_value(wanted);
    copy(source.memory, converted.memory, {source.buffer, converted.buffer});
    return converted;
}

// A sum is made in place: its other operand lies there already.
compiler::value compiler::result_of(const layer &layer, const value &source, const description &made) {
    const auto sum = std::find_if(layer.tails.begin(), layer.tails.end(), [](const tail &tail) {
        return tail.what == tail::kind::sum;
    });
    if (sum == layer.tails.end()) return new_value(made);
    const value other = find(sum->other);
    if (four(other.memory.get_desc()) != four(made)) throw std::runtime_error("a sum of different sizes");
    const bool is_free = last_use.at(sum->other) == layer_number && other.buffer != 0 && other.buffer != source.buffer;
    if (is_free && other.memory.get_desc() == made) return other;
    const value converted = new_value(made);
    copy(other.memory, converted.memory, {other.buffer, converted.buffer});
    return converted;
}

}  // namespace afe::onednn
