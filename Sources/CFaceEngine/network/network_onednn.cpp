#include "network.hpp"

#include "compiler.hpp"
#include "one_thread.hpp"
#include "pages.hpp"

#include <algorithm>
#include <list>
#include <stdexcept>

namespace afe {

namespace {

using dims = dnnl::memory::dims;

// All the sizes that pictures of any shape can have, scaled to a longer side of 320 in steps of 32.
const size_t most_plans = 20;

/// Compiles the network for every size of input that it meets. The plans share weights and arena.
class onednn_network : public network {
public:
    onednn_network(onnx::graph graph, const std::vector<std::string> &wanted)
        : outputs(wanted.empty() ? graph.outputs : wanted), layers(onednn::layers_of(graph)),
          input(graph.inputs.front()), constants(std::move(graph.constants), engine) {
        if (wanted.empty() && outputs.size() != 1) throw std::runtime_error("the network has not one output");
        for (const std::string &name : outputs) {
            const auto &made = graph.outputs;
            if (std::find(made.begin(), made.end(), name) == made.end()) {
                throw std::runtime_error("the network has no output " + name);
            }
        }
    }

    std::vector<cv::Mat> run(const cv::Mat &pixels) override {
        if (pixels.dims != 4 || pixels.type() != CV_32F || !pixels.isContinuous()) {
            throw std::invalid_argument("a network's input must be four-dimensional");
        }
        const one_thread alone;
        onednn::plan &plan = plan_for({pixels.size[0], pixels.size[3], pixels.size[1], pixels.size[2]});
        plan.run(arena.get(), pixels.ptr<float>(), stream);
        std::vector<cv::Mat> results;
        for (const std::string &name : outputs) results.push_back(plan.output(name));
        return results;
    }

    void prepare(const std::vector<int> &size) {
        const one_thread alone;
        plan_for(dims(size.begin(), size.end()));
    }

private:
    /// The plan for this size, the last used first.
    onednn::plan &plan_for(const dims &size) {
        const auto found = std::find_if(
            plans.begin(), plans.end(), [&](const onednn::plan &plan) { return plan.input_size() == size; });
        if (found != plans.end()) {
            plans.splice(plans.begin(), plans, found);
            return plans.front();
        }
        onednn::plan made = onednn::compiler::compile(layers, input, outputs, size, constants, engine);
        if (made.arena_bytes() > arena_bytes) {
            arena_bytes = 0;
            arena = allocate_pages(made.arena_bytes());
            arena_bytes = made.arena_bytes();
        }
        plans.push_front(std::move(made));
        if (plans.size() > most_plans) plans.pop_back();
        return plans.front();
    }

    dnnl::engine engine = dnnl::engine(dnnl::engine::kind::cpu, 0);
    dnnl::stream stream = dnnl::stream(engine);
    const std::vector<std::string> outputs;
    const std::vector<onednn::layer> layers;
    const std::string input;
    onednn::weights constants;
    std::list<onednn::plan> plans;
    pages arena;
    size_t arena_bytes = 0;
};

}  // namespace

std::unique_ptr<network> read_onednn_network(const network_file &file) {
    auto made = std::make_unique<onednn_network>(onnx::read(file.bytes, file.count), file.outputs);
    // What does not fit together shows now, while there is still another way to run it.
    made->prepare(file.typical_input);
    return made;
}

}  // namespace afe
