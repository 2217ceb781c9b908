#pragma once

#include "internal.hpp"

#include <string>
#include <vector>

namespace afe {

/// The detector's outputs in the order in which they are read.
std::vector<std::string> detector_outputs();

/// The detector takes only sides that are multiples of 32.
inline int up_to_32(int side) { return (side + 31) / 32 * 32; }

}  // namespace afe
