#pragma once

#include "internal.hpp"

namespace afe {

/// What a decoder hands over: RGB pixels as stored, not yet upright.
struct decoded {
    cv::Mat pixels;
    int32_t whole_width = 0;
    int32_t whole_height = 0;
    int orientation = 1;
};

decoded decode_jpeg(const uint8_t *bytes, size_t count, const afe_limits &limits);
decoded decode_pgm(const uint8_t *bytes, size_t count, const afe_limits &limits);
decoded decode_png(const uint8_t *bytes, size_t count, const afe_limits &limits);

/// Throws unless a picture of this size is within the caps.
void check_size(uint64_t width, uint64_t height, const afe_limits &limits);

/// The largest power of two, at most `most`, that keeps the longer side at least `target` pixels long.
int shrink_factor(int32_t width, int32_t height, int32_t target, int most);

/// Orientation (1 to 8) from a TIFF block as EXIF holds it; 1 when there is none or it is damaged.
int exif_orientation(const uint8_t *tiff, size_t count) noexcept;

/// Turns and mirrors so that the picture is upright.
cv::Mat upright(const cv::Mat &pixels, int orientation);

}  // namespace afe
