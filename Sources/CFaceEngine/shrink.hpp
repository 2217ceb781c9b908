#pragma once

#include <opencv2/core.hpp>

namespace afe {

/// Shrinks an RGB picture of bytes into one of floats (whole numbers from 0 to 255): each pixel of `target` becomes the
/// mean of the area that it covers. `target` is a picture of its size already, no larger than `source` on either side.
void shrink_by_area(const cv::Mat &source, cv::Mat target);

}  // namespace afe
