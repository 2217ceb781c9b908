#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using bytes = std::vector<uint8_t>;
/// File names and contents.
using seeds = std::vector<std::pair<std::string, bytes>>;

seeds jpeg_seeds();
/// Real faces, small: the file is decoded at an eighth of its size and encoded again. Empty when it cannot be read.
bytes small_photograph(const std::string &path);
seeds png_seeds();
seeds pgm_seeds();
seeds onnx_seeds();
seeds exif_seeds();

/// A TIFF block with the orientation among a few other entries.
bytes tiff(int orientation, bool big_endian);
