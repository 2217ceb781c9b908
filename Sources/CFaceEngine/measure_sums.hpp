#pragma once

#include <algorithm>
#include <cstdint>

#include <opencv2/core.hpp>

// Quality is measured on a chip of its own, not on the embedder's, so that the limits hold whatever embedder is in
// place. Places on it are given in distances between the eyes, from the middle between them: u to the right, v down.
namespace afe::measuring {

constexpr int side = 150;
constexpr double eye_span = 57.06;
constexpr double middle_x = 75;
constexpr double middle_y = 46.57;

enum zone : uint8_t { face = 1, left_side = 2, right_side = 4, left_eye = 8, right_eye = 16, mouth = 32 };

/// Which zones each pixel of the chip belongs to.
struct zones {
    uint8_t of[side][side] = {};
    /// All pixels of the face; it does not reach the chip's edges.
    cv::Rect box;

    zones();
};

const zones &all_zones();

/// The luminance of the pixels of one zone.
struct tally {
    int histogram[256] = {};
    int pixels = 0;
    double luminance = 0;
    double luminance_squared = 0;

    double mean() const { return luminance / pixels; }
    double variance() const { return std::max(0.0, luminance_squared / pixels - mean() * mean()); }
};

/// What the measures are made of.
struct sums {
    tally face;
    tally left_side;
    tally right_side;
    tally left_eye;
    tally right_eye;
    tally mouth;
    double edges_squared = 0;
    double detail_squared = 0;
};

/// Adds up the luminance of a whole chip.
sums add_up(const zones &zones, const cv::Mat &luminance);

}  // namespace afe::measuring
