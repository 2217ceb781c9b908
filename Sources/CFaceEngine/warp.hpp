#pragma once

#include "align.hpp"

namespace afe {

/// Fills `target`, an RGB picture of its size already, with the pixels of `source` that `to_source` leads to,
/// interpolated between four to 1/32 of a pixel; what lies outside is black.
void warp(const cv::Mat &source, const similarity &to_source, cv::Mat &target);

}  // namespace afe
