#pragma once

#include <cstddef>
#include <vector>

namespace afe::onednn {

/// Bytes that are needed from one step to another, both included.
struct lifetime {
    size_t bytes;
    size_t first;
    size_t last;
    /// Where they lie; set by `place`.
    size_t offset = 0;
};

/// Gives all their places so that those needed at the same time do not overlap; returns how many bytes that takes.
size_t place(std::vector<lifetime> &lifetimes);

}  // namespace afe::onednn
