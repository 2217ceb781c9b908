#pragma once

#include "align.hpp"

namespace afe {

/// How busy the picture is around the head: the mean length of the luminance's gradient, in levels (0 to 255) over a
/// sixth of the distance between the eyes. 0 where nothing of a background is in the picture.
float background_gradient(const afe_image &image, const afe_point *landmarks);

}  // namespace afe
