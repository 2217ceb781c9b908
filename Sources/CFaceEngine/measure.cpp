#include "measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <opencv2/imgproc.hpp>

// Quality is measured on a chip of its own, not on the embedder's, so that the limits hold whatever embedder is in
// place. Places on it are given in distances between the eyes, from the middle between them: u to the right, v down.
namespace {

constexpr int side = 150;
constexpr double eye_span = 57.06;
constexpr double middle_x = 75;
constexpr double middle_y = 46.57;

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

enum zone : uint8_t { face = 1, left_side = 2, right_side = 4, left_eye = 8, right_eye = 16, mouth = 32 };

bool is_inside(double u, double v, double centre_u, double centre_v, double half_width, double half_height) {
    const double x = (u - centre_u) / half_width;
    const double y = (v - centre_v) / half_height;
    return x * x + y * y < 1;
}

/// Which zones each pixel of the chip belongs to.
struct zones {
    uint8_t of[side][side] = {};

    zones() {
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                const double u = (x - middle_x) / eye_span;
                const double v = (y - middle_y) / eye_span;
                // Brows to chin, without ears and hair.
                if (!is_inside(u, v, 0, 0.5, 0.88, 0.88)) continue;
                uint8_t here = face;
                // The cheeks, without the nose's own shadow.
                if (v > 0.15 && v < 1.1 && u < -0.08) here |= left_side;
                if (v > 0.15 && v < 1.1 && u > 0.08) here |= right_side;
                if (is_inside(u, v, -0.5, 0, 0.28, 0.2)) here |= left_eye;
                if (is_inside(u, v, 0.5, 0, 0.28, 0.2)) here |= right_eye;
                if (is_inside(u, v, 0, 1.05, 0.42, 0.2)) here |= mouth;
                of[y][x] = here;
            }
        }
    }
};

const zones &all_zones() {
    static const zones made;
    return made;
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

/// What one pass over the zones adds up.
struct sums {
    int histogram[256] = {};
    int left_histogram[16] = {};
    int right_histogram[16] = {};
    double luminance = 0;
    double luminance_squared = 0;
    double left_luminance = 0;
    double right_luminance = 0;
    double edges_squared = 0;
    double detail_squared = 0;
    double feature_luminance[3] = {};
    double feature_luminance_squared[3] = {};
    int face_pixels = 0;
    int left_pixels = 0;
    int right_pixels = 0;
    int feature_pixels[3] = {};
};

sums add_up(const zones &zones, const cv::Mat &luminance, const cv::Mat &smooth) {
    constexpr uint8_t features[3] = {left_eye, right_eye, mouth};
    sums all;
    for (int y = 1; y < side - 1; y++) {
        const uint8_t *above = luminance.ptr<uint8_t>(y - 1);
        const uint8_t *row = luminance.ptr<uint8_t>(y);
        const uint8_t *below = luminance.ptr<uint8_t>(y + 1);
        const uint8_t *around = smooth.ptr<uint8_t>(y);
        for (int x = 1; x < side - 1; x++) {
            const uint8_t here = zones.of[y][x];
            if (here == 0) continue;
            const int value = row[x];
            const int edge = above[x] + below[x] + row[x - 1] + row[x + 1] - 4 * value;
            const int detail = value - around[x];
            all.face_pixels++;
            all.histogram[value]++;
            all.luminance += value;
            all.luminance_squared += value * value;
            all.edges_squared += edge * edge;
            all.detail_squared += detail * detail;
            if (here & left_side) {
                all.left_pixels++;
                all.left_histogram[value / 16]++;
                all.left_luminance += value;
            } else if (here & right_side) {
                all.right_pixels++;
                all.right_histogram[value / 16]++;
                all.right_luminance += value;
            }
            for (int index = 0; index < 3; index++) {
                if (!(here & features[index])) continue;
                all.feature_pixels[index]++;
                all.feature_luminance[index] += value;
                all.feature_luminance_squared[index] += value * value;
            }
        }
    }
    return all;
}

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

float share_of(const int *histogram, int first, int last, int count) {
    int found = 0;
    for (int value = first; value <= last; value++) found += histogram[value];
    return static_cast<float>(found) / static_cast<float>(count);
}

float entropy(const int *histogram, int count) {
    double bits = 0;
    for (int value = 0; value < 256; value++) {
        if (histogram[value] == 0) continue;
        const double share = static_cast<double>(histogram[value]) / count;
        bits -= share * std::log2(share);
    }
    return static_cast<float>(bits);
}

/// Shape of the light on both cheeks; unknown where one of them is not in the picture.
void compare_sides(const sums &all, afe_face_measures &measures) {
    measures.light_overlap = unknown;
    measures.light_balance = unknown;
    if (all.left_pixels == 0 || all.right_pixels == 0) return;
    double overlap = 0;
    for (int bin = 0; bin < 16; bin++) {
        overlap += std::min(
            static_cast<double>(all.left_histogram[bin]) / all.left_pixels,
            static_cast<double>(all.right_histogram[bin]) / all.right_pixels);
    }
    const double left = all.left_luminance / all.left_pixels;
    const double right = all.right_luminance / all.right_pixels;
    measures.light_overlap = static_cast<float>(overlap);
    measures.light_balance = static_cast<float>((left - right) / (std::max(left, right) + 1));
}

/// Standard deviation of a feature's luminance over the face's mean; unknown outside the picture. Taken inside the
/// feature alone: the surroundings of a dark bar must not lend it their contrast.
float feature_detail(const sums &all, int index) {
    const int count = all.feature_pixels[index];
    if (count == 0) return unknown;
    const double mean = all.feature_luminance[index] / count;
    const double variance = std::max(0.0, all.feature_luminance_squared[index] / count - mean * mean);
    return static_cast<float>(std::sqrt(variance) / (all.luminance / all.face_pixels + 1));
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
        cv::Mat smooth;
        cv::boxFilter(luminance, smooth, CV_8U, cv::Size(21, 21), cv::Point(-1, -1), true, cv::BORDER_REFLECT_101);
        const sums all = add_up(zones, luminance, smooth);
        if (all.face_pixels == 0) {
            // The detector may see a face's edge at the edge of a tiny picture: there is nothing to measure, which is
            // a finding about the picture and no fault of the engine.
            *measures = {unknown, unknown, unknown, unknown, unknown, unknown,
                         unknown, unknown, unknown, unknown, unknown, unknown};
            return true;
        }

        const double count = all.face_pixels;
        const double mean = all.luminance / count;
        measures->brightness = static_cast<float>(mean);
        measures->contrast = static_cast<float>(std::sqrt(std::max(0.0, all.luminance_squared / count - mean * mean)));
        measures->dark_share = share_of(all.histogram, 0, 25, all.face_pixels);
        measures->bright_share = share_of(all.histogram, 247, 255, all.face_pixels);
        measures->entropy = entropy(all.histogram, all.face_pixels);
        // Rounding to whole numbers alone makes a Laplacian of 20/12: without taking that off, a dark or a very blurred
        // face would come out sharp.
        constexpr double rounding = 2;
        measures->sharpness = static_cast<float>(
            std::max(0.0, all.edges_squared / count - rounding) / (all.detail_squared / count + 1));
        compare_sides(all, *measures);
        measures->left_eye_detail = feature_detail(all, 0);
        measures->right_eye_detail = feature_detail(all, 1);
        measures->mouth_detail = feature_detail(all, 2);
        measures->background_gradient = afe::background_gradient(*image, landmarks);
        return true;
    });
}
