#include "measure.hpp"

#include "measure_sums.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <opencv2/imgproc.hpp>

namespace {

using namespace afe::measuring;

afe_embedder_options measuring_chip() {
    afe_embedder_options options{};
    options.chip_side = side;
    options.chip_points[0] = {46.47f, 46.57f};
    options.chip_points[1] = {103.53f, 46.57f};
    options.chip_points[2] = {75.00f, 79.22f};
    options.chip_points[3] = {51.10f, 105.08f};
    options.chip_points[4] = {98.90f, 105.08f};
    return options;
}

/// Takes what lies outside the picture out of the zones and paints it in the mean of the rest, so that a face cut by
/// the edge is not also called dark or unevenly lit.
void leave_out(zones &zones, cv::Mat &luminance, const afe_image &image, const afe::similarity &to_chip) {
    const afe::similarity to_picture = to_chip.inverted();
    // The chip's pixels nearer to the edge than this are mixed with the black beyond it.
    const double inset = std::max(1.0, 1.5 / to_chip.scale());
    const double right = image.info.width - 1 - inset;
    const double bottom = image.info.height - 1 - inset;
    const auto is_outside = [&](int x, int y) {
        const double px = to_picture.a * x - to_picture.b * y + to_picture.c;
        const double py = to_picture.b * x + to_picture.a * y + to_picture.d;
        return !(px >= inset && py >= inset && px <= right && py <= bottom);
    };
    const int last = side - 1;
    if (!is_outside(0, 0) && !is_outside(last, 0) && !is_outside(0, last) && !is_outside(last, last)) return;

    cv::Mat outside(side, side, CV_8U, cv::Scalar(0));
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            if (!is_outside(x, y)) continue;
            outside.at<uint8_t>(y, x) = 255;
            zones.of[y][x] = 0;
        }
    }
    luminance.setTo(cv::mean(luminance, outside == 0), outside);
}

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

float share_of(const tally &tally, int first, int last) {
    int found = 0;
    for (int value = first; value <= last; value++) found += tally.histogram[value];
    return static_cast<float>(found) / static_cast<float>(tally.pixels);
}

float entropy(const tally &tally) {
    double bits = 0;
    for (const int count : tally.histogram) {
        if (count == 0) continue;
        const double share = static_cast<double>(count) / tally.pixels;
        bits -= share * std::log2(share);
    }
    return static_cast<float>(bits);
}

/// Shape of the light on both cheeks; unknown where one of them is not in the picture.
void compare_sides(const sums &all, afe_face_measures &measures) {
    measures.light_overlap = unknown;
    measures.light_balance = unknown;
    if (all.left_side.pixels == 0 || all.right_side.pixels == 0) return;
    double overlap = 0;
    for (int value = 0; value < 256; value += 16) {
        const auto share = [&](const tally &side) {
            const int *const first = side.histogram + value;
            return static_cast<double>(std::accumulate(first, first + 16, 0)) / side.pixels;
        };
        overlap += std::min(share(all.left_side), share(all.right_side));
    }
    const double left = all.left_side.mean();
    const double right = all.right_side.mean();
    measures.light_overlap = static_cast<float>(overlap);
    measures.light_balance = static_cast<float>((left - right) / (std::max(left, right) + 1));
}

/// Standard deviation of a feature's luminance over the face's mean; unknown outside the picture. Taken inside the
/// feature alone: the surroundings of a dark bar must not lend it their contrast.
float feature_detail(const sums &all, const tally &feature) {
    if (feature.pixels == 0) return unknown;
    return static_cast<float>(std::sqrt(feature.variance()) / (all.face.mean() + 1));
}

}  // namespace

bool afe_engine_measure(
    afe_engine *engine, const afe_image *image, const afe_point *landmarks, afe_face_measures *measures,
    afe_error *error) {
    return afe::guarded(*error, false, [&] {
        static const afe_embedder_options chip = measuring_chip();
        cv::Mat luminance;
        cv::cvtColor(afe::cut_chip(*engine, *image, landmarks, chip), luminance, cv::COLOR_RGB2GRAY);
        zones zones = all_zones();
        leave_out(zones, luminance, *image, afe::fit_to_chip(landmarks, chip));
        const sums all = add_up(zones, luminance);
        if (all.face.pixels == 0) {
            // The detector may see a face's edge at the edge of a tiny picture: there is nothing to measure, which is
            // a finding about the picture and no fault of the engine.
            *measures = {unknown, unknown, unknown, unknown, unknown, unknown,
                         unknown, unknown, unknown, unknown, unknown, unknown};
            return true;
        }

        const double count = all.face.pixels;
        measures->brightness = static_cast<float>(all.face.mean());
        measures->contrast = static_cast<float>(std::sqrt(all.face.variance()));
        measures->dark_share = share_of(all.face, 0, 25);
        measures->bright_share = share_of(all.face, 247, 255);
        measures->entropy = entropy(all.face);
        // Rounding to whole numbers alone makes a Laplacian of 20/12: without taking that off, a dark or a very blurred
        // face would come out sharp.
        constexpr double rounding = 2;
        measures->sharpness = static_cast<float>(
            std::max(0.0, all.edges_squared / count - rounding) / (all.detail_squared / count + 1));
        compare_sides(all, *measures);
        measures->left_eye_detail = feature_detail(all, all.left_eye);
        measures->right_eye_detail = feature_detail(all, all.right_eye);
        measures->mouth_detail = feature_detail(all, all.mouth);
        measures->background_gradient = afe::background_gradient(*image, landmarks);
        return true;
    });
}
