#include "align.hpp"

#include <algorithm>
#include <cmath>

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

cv::Mat cut_chip(const afe_image &image, const afe_point *landmarks, const afe_embedder_options &options) {
    afe_point kept[5];
    for (int index = 0; index < 5; index++) {
        kept[index] = {landmarks[index].x * image.scale_x(), landmarks[index].y * image.scale_y()};
    }
    similarity to_chip = fit(kept, options.chip_points);
    cv::Mat source = image.pixels;

    // A bilinear warp looks at four pixels only: halve by area until it shrinks by less than two.
    if (to_chip.scale() <= 0.5) {
        const similarity to_source = to_chip.inverted();
        const double side = options.chip_side;
        const double corners[4][2] = {{0, 0}, {side, 0}, {0, side}, {side, side}};
        double low_x = source.cols;
        double low_y = source.rows;
        double high_x = 0;
        double high_y = 0;
        for (const auto &corner : corners) {
            const double x = to_source.a * corner[0] - to_source.b * corner[1] + to_source.c;
            const double y = to_source.b * corner[0] + to_source.a * corner[1] + to_source.d;
            low_x = std::min(low_x, x);
            low_y = std::min(low_y, y);
            high_x = std::max(high_x, x);
            high_y = std::max(high_y, y);
        }
        const double border = 2 / to_chip.scale();
        const int left = static_cast<int>(std::clamp(std::floor(low_x - border), 0.0, source.cols - 1.0));
        const int top = static_cast<int>(std::clamp(std::floor(low_y - border), 0.0, source.rows - 1.0));
        const int right = static_cast<int>(std::clamp(std::ceil(high_x + border), left + 1.0, 1.0 * source.cols));
        const int bottom = static_cast<int>(std::clamp(std::ceil(high_y + border), top + 1.0, 1.0 * source.rows));
        source = source(cv::Rect(left, top, right - left, bottom - top));
        to_chip.c += to_chip.a * left - to_chip.b * top;
        to_chip.d += to_chip.b * left + to_chip.a * top;

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

    const cv::Matx23d matrix(to_chip.a, -to_chip.b, to_chip.c, to_chip.b, to_chip.a, to_chip.d);
    cv::Mat chip;
    cv::warpAffine(
        source, chip, matrix, cv::Size(options.chip_side, options.chip_side), cv::INTER_LINEAR, cv::BORDER_CONSTANT);
    return chip;
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
