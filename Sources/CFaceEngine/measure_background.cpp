#include "measure.hpp"

#include "processor.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

/// Cells a distance between the eyes.
constexpr double cells_a_span = 6;

// Where background may be, in distances between the eyes from the middle between them: beside and above the head, not
// below the mouth, where the shoulders are.
constexpr double reach_aside = 4;
constexpr double reach_above = 3.5;
constexpr double reach_below = 1;
// The head with its hair: 155 mm wide and 115 mm from the eyes to the crown where the eyes are 63 mm apart, and a
// quarter more.
constexpr double head_half_width = 1.6;
constexpr double head_half_height = 2.2;

bool is_head(double u, double v) {
    const double x = u / head_half_width;
    const double y = v / head_half_height;
    return x * x + y * y < 1;
}

// Nine samples a cell: enough to even out a camera's noise, and independent of the picture's size.
constexpr int samples = 3;

/// Where the samples of `cells` lie, from `start` on: rows or columns of a picture that has `end` of them.
std::vector<int> places(double start, double cell, int cells, int end) {
    std::vector<int> result;
    for (int index = 0; index < cells; index++) {
        for (int part = 0; part < samples; part++) {
            const double place = start + (index + (part + 0.5) / samples) * cell;
            result.push_back(std::clamp(static_cast<int>(place), 0, end - 1));
        }
    }
    return result;
}

/// The mean luminance of each cell, row by row.
std::vector<float> cell_means(const cv::Mat &pixels, const std::vector<int> &x, const std::vector<int> &y) {
    const size_t columns = x.size() / samples, rows = y.size() / samples;
    std::vector<float> result(columns * rows);
    const size_t first = 3 * static_cast<size_t>(x.front());
    const size_t bytes = 3 * static_cast<size_t>(x.back()) + 3 - first;
    for (size_t line = 0; line < y.size(); line++) {
        if (line + 1 < y.size()) afe::prefetch(pixels.ptr<uint8_t>(y[line + 1]) + first, bytes);
        const uint8_t *const row = pixels.ptr<uint8_t>(y[line]);
        float *const sums = &result[line / samples * columns];
        for (size_t column = 0; column < columns; column++) {
            float sum = sums[column];
            for (size_t part = 0; part < samples; part++) {
                const uint8_t *const rgb = row + 3 * x[samples * column + part];
                sum += 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
            }
            sums[column] = sum;
        }
    }
    for (float &mean : result) mean /= samples * samples;
    return result;
}

}  // namespace

float afe::background_gradient(const afe_image &image, const afe_point *landmarks) {
    const double left_x = landmarks[0].x * image.scale_x();
    const double left_y = landmarks[0].y * image.scale_y();
    const double right_x = landmarks[1].x * image.scale_x();
    const double right_y = landmarks[1].y * image.scale_y();
    const double span = std::hypot(right_x - left_x, right_y - left_y);
    const double middle_x = (left_x + right_x) / 2;
    const double middle_y = (left_y + right_y) / 2;
    const cv::Mat &pixels = image.pixels;

    // Whole cells only, so that the edge of the picture is no edge of the background.
    const double cell = span / cells_a_span;
    const double left = std::max(0.0, middle_x - reach_aside * span);
    const double top = std::max(0.0, middle_y - reach_above * span);
    const double right = std::min<double>(pixels.cols, middle_x + reach_aside * span);
    const double bottom = std::min<double>(pixels.rows, middle_y + reach_below * span);
    if (!std::isfinite(cell) || cell <= 0) return 0;
    const int columns = static_cast<int>((right - left) / cell);
    const int rows = static_cast<int>((bottom - top) / cell);
    if (columns < 2 || rows < 2) return 0;

    const std::vector<float> luminance =
        cell_means(pixels, places(left, cell, columns, pixels.cols), places(top, cell, rows, pixels.rows));

    double lengths = 0;
    int count = 0;
    for (int row = 0; row + 1 < rows; row++) {
        for (int column = 0; column + 1 < columns; column++) {
            const double u = (left + (column + 1) * cell - middle_x) / span;
            const double v = (top + (row + 1) * cell - middle_y) / span;
            if (is_head(u, v)) continue;
            const float *here = &luminance[static_cast<size_t>(row) * static_cast<size_t>(columns)
                                           + static_cast<size_t>(column)];
            lengths += std::hypot(here[1] - here[0], here[columns] - here[0]);
            count++;
        }
    }
    return count == 0 ? 0 : static_cast<float>(lengths / count);
}
