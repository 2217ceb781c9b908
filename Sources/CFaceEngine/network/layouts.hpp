#pragma once

#include <stdexcept>

#include <oneapi/dnnl/dnnl.hpp>

namespace afe::onednn {

using dims = dnnl::memory::dims;
using tag = dnnl::memory::format_tag;
using description = dnnl::memory::desc;

const auto float32 = dnnl::memory::data_type::f32;

/// The kernel shall choose.
inline description any_layout(const dims &size) { return {size, float32, tag::any}; }

/// As pictures lie in memory, channel next to channel; what has not four dimensions lies as ONNX stores it.
inline description picture_layout(const dims &size) {
    if (size.size() == 4) return {size, float32, tag::nhwc};
    if (size.size() == 2) return {size, float32, tag::nc};
    throw std::runtime_error("a result of unexpected rank");
}

/// As ONNX stores it: densely, the last dimension next to each other.
inline description plain_layout(const dims &size) {
    switch (size.size()) {
    case 1: return {size, float32, tag::a};
    case 2: return {size, float32, tag::ab};
    case 4: return {size, float32, tag::abcd};
    case 5: return {size, float32, tag::abcde};
    default: throw std::runtime_error("a value of unexpected rank");
    }
}

/// Batch, channels, rows, columns.
inline dims four(const description &of) {
    const dims size = of.dims();
    if (size.size() != 4) throw std::runtime_error("a layer needs batch, channels, rows and columns");
    return size;
}

/// Scratch memory comes from the arena instead of being held by every kernel.
inline dnnl::primitive_attr own_scratchpad() {
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    return attributes;
}

}  // namespace afe::onednn
