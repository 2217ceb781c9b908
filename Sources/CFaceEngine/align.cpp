#include "align.hpp"

#include "processor.hpp"
#include "warp.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <opencv2/imgproc.hpp>

namespace afe {

double similarity::scale() const { return std::sqrt(a * a + b * b); }

similarity similarity::inverted() const {
    const double square = a * a + b * b;
    const double p = a / square;
    const double q = -b / square;
    return {p, q, -(p * c - q * d), -(q * c + p * d)};
}

static similarity fit(const afe_point *from, const afe_point *to) {
    double from_x = 0;
    double from_y = 0;
    double to_x = 0;
    double to_y = 0;
    for (int index = 0; index < 5; index++) {
        from_x += from[index].x / 5.0;
        from_y += from[index].y / 5.0;
        to_x += to[index].x / 5.0;
        to_y += to[index].y / 5.0;
    }
    double along = 0;
    double across = 0;
    double spread = 0;
    for (int index = 0; index < 5; index++) {
        const double x = from[index].x - from_x;
        const double y = from[index].y - from_y;
        const double u = to[index].x - to_x;
        const double v = to[index].y - to_y;
        along += x * u + y * v;
        across += x * v - y * u;
        spread += x * x + y * y;
    }
    const double a = along / spread;
    const double b = across / spread;
    const double size = std::sqrt(a * a + b * b);
    // Landmarks on one spot or a face thousands of times too large or small: nothing to cut.
    if (!std::isfinite(size) || size < 1e-3 || size > 1e3) throw failure(AFE_INTERNAL, "the landmarks make no face");
    return {a, b, to_x - (a * from_x - b * from_y), to_y - (b * from_x + a * from_y)};
}

similarity fit_to_chip(const afe_point *landmarks, const afe_embedder_options &options) {
    return fit(landmarks, options.chip_points);
}

/// What the chip is made of, with a border for interpolation; never empty.
static cv::Rect region_of_chip(const similarity &to_chip, int chip_side, const cv::Size &picture) {
    const similarity to_picture = to_chip.inverted();
    const double side = chip_side;
    const double corners[4][2] = {{0, 0}, {side, 0}, {0, side}, {side, side}};
    double low_x = picture.width;
    double low_y = picture.height;
    double high_x = 0;
    double high_y = 0;
    for (const auto &corner : corners) {
        const double x = to_picture.a * corner[0] - to_picture.b * corner[1] + to_picture.c;
        const double y = to_picture.b * corner[0] + to_picture.a * corner[1] + to_picture.d;
        low_x = std::min(low_x, x);
        low_y = std::min(low_y, y);
        high_x = std::max(high_x, x);
        high_y = std::max(high_y, y);
    }
    const double border = 2 / to_chip.scale();
    const int left = static_cast<int>(std::clamp(std::floor(low_x - border), 0.0, picture.width - 1.0));
    const int top = static_cast<int>(std::clamp(std::floor(low_y - border), 0.0, picture.height - 1.0));
    const int right = static_cast<int>(std::clamp(std::ceil(high_x + border), left + 1.0, 1.0 * picture.width));
    const int bottom = static_cast<int>(std::clamp(std::ceil(high_y + border), top + 1.0, 1.0 * picture.height));
    return cv::Rect(left, top, right - left, bottom - top);
}

static void prefetch_chip(const cv::Mat &picture, const similarity &to_chip, int chip_side) {
    const cv::Mat region = picture(region_of_chip(to_chip, chip_side, picture.size()));
    for (int row = 0; row < region.rows; row++) {
        prefetch(region.ptr(row), static_cast<size_t>(region.cols) * region.elemSize());
    }
}

cv::Mat cut_chip(const afe_image &image, const afe_point *landmarks, const afe_embedder_options &options) {
    afe_point kept[5];
    for (int index = 0; index < 5; index++) {
        kept[index] = {landmarks[index].x * image.scale_x(), landmarks[index].y * image.scale_y()};
    }
    similarity to_chip = fit(kept, options.chip_points);
    cv::Mat source = image.pixels;

    // A bilinear warp looks at four pixels only: halve by area until it shrinks by less than two.
    if (to_chip.scale() <= 0.5) {
        const cv::Rect region = region_of_chip(to_chip, options.chip_side, source.size());
        source = source(region);
        to_chip.c += to_chip.a * region.x - to_chip.b * region.y;
        to_chip.d += to_chip.b * region.x + to_chip.a * region.y;

        while (to_chip.scale() <= 0.5 && source.cols >= 4 && source.rows >= 4) {
            source = source(cv::Rect(0, 0, source.cols & ~1, source.rows & ~1));
            cv::Mat half;
            cv::resize(source, half, cv::Size(source.cols / 2, source.rows / 2), 0, 0, cv::INTER_AREA);
            source = half;
            // Pixel x of the half is the middle of pixels 2x and 2x + 1.
            to_chip.c += (to_chip.a - to_chip.b) * 0.5;
            to_chip.d += (to_chip.b + to_chip.a) * 0.5;
            to_chip.a *= 2;
            to_chip.b *= 2;
        }
    }

    prefetch_chip(source, to_chip, options.chip_side);
    cv::Mat chip(options.chip_side, options.chip_side, CV_8UC3);
    warp(source, to_chip.inverted(), chip);
    return chip;
}

const cv::Mat &cut_chip(
    afe_engine &engine, const afe_image &image, const afe_point *landmarks, const afe_embedder_options &options) {
    cut_face &last = engine.last_cut;
    const size_t points = sizeof last.landmarks;
    const bool is_known = last.picture == image.number && last.chip_side == options.chip_side
        && std::memcmp(last.landmarks, landmarks, points) == 0
        && std::memcmp(last.chip_points, options.chip_points, points) == 0;
    if (is_known) return last.chip;
    last.picture = 0;  // should it fail
    last.chip = cut_chip(image, landmarks, options);
    std::memcpy(last.landmarks, landmarks, points);
    std::memcpy(last.chip_points, options.chip_points, points);
    last.chip_side = options.chip_side;
    last.picture = image.number;
    return last.chip;
}

float share_outside(
    const afe_point *landmarks, const afe_embedder_options &options, int32_t width, int32_t height) {
    const similarity to_picture = fit_to_chip(landmarks, options).inverted();
    const int steps = 50;
    const double step = static_cast<double>(options.chip_side) / steps;
    int outside = 0;
    for (int row = 0; row < steps; row++) {
        for (int column = 0; column < steps; column++) {
            const double u = (column + 0.5) * step;
            const double v = (row + 0.5) * step;
            const double x = to_picture.a * u - to_picture.b * v + to_picture.c;
            const double y = to_picture.b * u + to_picture.a * v + to_picture.d;
            if (x < 0 || y < 0 || x >= width || y >= height) outside++;
        }
    }
    return static_cast<float>(outside) / (steps * steps);
}

}  // namespace afe
