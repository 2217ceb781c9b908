#pragma once

#include "layers.hpp"

namespace afe::onednn {

/// Whether the layer is a transposed convolution in which each input pixel makes a tile of its own.
bool makes_tiles(const layer &layer);

/// Such a layer as a convolution of single pixels, whose channels are then laid out as tiles: the same numbers, but
/// oneDNN's kernel for transposed convolutions is ten times slower. Adds the reordered weights to the graph.
std::vector<layer> tiles(const layer &layer, onnx::graph &graph);

}  // namespace afe::onednn
