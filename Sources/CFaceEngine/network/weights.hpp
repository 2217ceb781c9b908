#pragma once

#include "onnx.hpp"
#include "pages.hpp"

#include <map>
#include <string>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

namespace afe::onednn {

/// The constants of one network, each in the layouts that its kernels asked for.
class weights {
public:
    weights(std::map<std::string, onnx::tensor> constants, const dnnl::engine &engine);

    const std::vector<int64_t> &dimensions(const std::string &name) const;

    /// The constant in the layout `wanted`, converted at the first call. `plain` says how ONNX's order of numbers is
    /// to be read.
    dnnl::memory get(const std::string &name, const dnnl::memory::desc &plain, const dnnl::memory::desc &wanted);

private:
    struct constant {
        std::vector<int64_t> dimensions;
        std::vector<float> numbers;
        std::vector<dnnl::memory> variants;
    };

    const dnnl::engine engine;
    page_store store;
    std::map<std::string, constant> constants;
};

}  // namespace afe::onednn
