#include "internal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <opencv2/imgproc.hpp>

namespace {

struct raster {
    const uint8_t *pixels;
    int32_t width;
    int32_t height;

    /// Bilinear, times a factor; outside the raster its edge continues.
    void sample(float u, float v, float light, uint8_t *to) const {
        const float x = std::min(std::max(u, 0.0f), static_cast<float>(width - 1));
        const float y = std::min(std::max(v, 0.0f), static_cast<float>(height - 1));
        const int left = std::min(static_cast<int>(x), std::max(0, width - 2));
        const int top = std::min(static_cast<int>(y), std::max(0, height - 2));
        const float right_share = x - static_cast<float>(left);
        const float low_share = y - static_cast<float>(top);
        const size_t row = static_cast<size_t>(width) * 3;
        const uint8_t *upper = pixels + static_cast<size_t>(top) * row + static_cast<size_t>(left) * 3;
        const uint8_t *lower = height > 1 ? upper + row : upper;
        const size_t step = width > 1 ? 3 : 0;
        for (size_t channel = 0; channel < 3; channel++) {
            const float high = upper[channel] + right_share * (upper[channel + step] - upper[channel]);
            const float low = lower[channel] + right_share * (lower[channel + step] - lower[channel]);
            const float value = (high + low_share * (low - high)) * light;
            to[channel] = static_cast<uint8_t>(std::min(std::max(value + 0.5f, 0.0f), 255.0f));
        }
    }
};

struct target {
    uint8_t *pixels;
    float *depths;
    int32_t width;
    int32_t height;
};

/// Twice the signed area of the triangle.
float area(const afe_vertex &a, const afe_vertex &b, const afe_vertex &c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

void draw_triangle(
    const target &to, const raster &texture, const afe_vertex &a, const afe_vertex &b, const afe_vertex &c) {
    if (!(a.depth > 0) || !(b.depth > 0) || !(c.depth > 0)) return;
    const float whole = area(a, b, c);
    // Written so that a corner that is not a number draws nothing.
    if (!(std::fabs(whole) > 1e-6f) || !(std::fabs(whole) < 1e9f)) return;
    const auto clamped = [](float value, int32_t most) {
        return static_cast<int>(std::min(std::max(value, 0.0f), static_cast<float>(most)));
    };
    const int first_x = clamped(std::floor(std::min({a.x, b.x, c.x})), to.width);
    const int last_x = clamped(std::ceil(std::max({a.x, b.x, c.x})) + 1, to.width);
    const int first_y = clamped(std::floor(std::min({a.y, b.y, c.y})), to.height);
    const int last_y = clamped(std::ceil(std::max({a.y, b.y, c.y})) + 1, to.height);

    // Perspective keeps value/depth and 1/depth linear in the picture, not the values themselves.
    const float wa = 1 / (a.depth * whole);
    const float wb = 1 / (b.depth * whole);
    const float wc = 1 / (c.depth * whole);
    for (int y = first_y; y < last_y; y++) {
        const float py = static_cast<float>(y);
        for (int x = first_x; x < last_x; x++) {
            const float px = static_cast<float>(x);
            float share_a = (b.x - px) * (c.y - py) - (b.y - py) * (c.x - px);
            float share_b = (c.x - px) * (a.y - py) - (c.y - py) * (a.x - px);
            float share_c = whole - share_a - share_b;
            if (whole < 0 ? share_a > 0 || share_b > 0 || share_c > 0 : share_a < 0 || share_b < 0 || share_c < 0) {
                continue;
            }
            share_a *= wa;
            share_b *= wb;
            share_c *= wc;
            const float depth = 1 / (share_a + share_b + share_c);
            const size_t place = static_cast<size_t>(y) * static_cast<size_t>(to.width) + static_cast<size_t>(x);
            if (!(depth < to.depths[place])) continue;
            to.depths[place] = depth;
            texture.sample(
                (share_a * a.u + share_b * b.u + share_c * c.u) * depth,
                (share_a * a.v + share_b * b.v + share_c * c.v) * depth,
                (share_a * a.light + share_b * b.light + share_c * c.light) * depth, to.pixels + place * 3);
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same everywhere, unlike the standard library's distributions.
struct split_mix {
    uint64_t state;

    uint64_t next() {
        state += 0x9E3779B97F4A7C15u;
        uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        return mixed ^ (mixed >> 31);
    }
};

/// Draws from the normal distribution, made once; a picture's noise picks among them.
const std::array<float, 4096> &normal_draws() {
    static const std::array<float, 4096> draws = [] {
        std::array<float, 4096> made{};
        split_mix random{1};
        for (float &draw : made) {
            // Box and Muller; 53 bits, never zero.
            const double one = (static_cast<double>(random.next() >> 11) + 0.5) / 9007199254740992.0;
            const double other = static_cast<double>(random.next() >> 11) / 9007199254740992.0;
            draw = static_cast<float>(std::sqrt(-2 * std::log(one)) * std::cos(2 * CV_PI * other));
        }
        return made;
    }();
    return draws;
}

}  // namespace

bool afe_image_copy_pixels(const afe_image *image, uint8_t *pixels, size_t count, afe_error *error) {
    return afe::guarded(*error, false, [&] {
        const cv::Mat &kept = image->pixels;
        const size_t row = static_cast<size_t>(kept.cols) * 3;
        if (count != row * static_cast<size_t>(kept.rows)) {
            throw afe::failure(AFE_INTERNAL, "the raster has another size than the picture");
        }
        for (int y = 0; y < kept.rows; y++) std::memcpy(pixels + row * static_cast<size_t>(y), kept.ptr(y), row);
        return true;
    });
}

bool afe_pixels_resize(
    const uint8_t *pixels, int32_t width, int32_t height, uint8_t *scaled, int32_t scaled_width, int32_t scaled_height,
    afe_error *error) {
    return afe::guarded(*error, false, [&] {
        // OpenCV only reads the source; its headers have no const raster.
        const cv::Mat from(height, width, CV_8UC3, const_cast<uint8_t *>(pixels));
        cv::Mat to(scaled_height, scaled_width, CV_8UC3, scaled);
        const bool shrinks = scaled_width < width && scaled_height < height;
        cv::resize(from, to, to.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_CUBIC);
        return true;
    });
}

bool afe_pixels_draw(
    uint8_t *pixels, float *depths, int32_t width, int32_t height, const uint8_t *texture, int32_t texture_width,
    int32_t texture_height, const afe_vertex *vertices, size_t vertex_count, const uint32_t *indices,
    size_t index_count, afe_error *error) {
    return afe::guarded(*error, false, [&] {
        const raster from{texture, texture_width, texture_height};
        const target to{pixels, depths, width, height};
        for (size_t place = 0; place + 2 < index_count; place += 3) {
            const uint32_t *corner = indices + place;
            if (std::max({corner[0], corner[1], corner[2]}) >= vertex_count) {
                throw afe::failure(AFE_INTERNAL, "a triangle names a corner that is not there");
            }
            draw_triangle(to, from, vertices[corner[0]], vertices[corner[1]], vertices[corner[2]]);
        }
        return true;
    });
}

void afe_pixels_expose(uint8_t *pixels, size_t count, float gain, float read, float shot, uint64_t seed) {
    std::array<float, 256> levels{};
    std::array<float, 256> deviations{};
    for (size_t value = 0; value < 256; value++) {
        levels[value] = static_cast<float>(value) * gain + 0.5f;
        deviations[value] = std::sqrt(std::max(0.0f, read * read + shot * static_cast<float>(value) * gain));
    }
    const std::array<float, 4096> &draws = normal_draws();
    split_mix random{seed};
    uint64_t bits = 0;
    for (size_t place = 0; place < count; place++) {
        // Five draws of twelve bits each from one number.
        if (place % 5 == 0) bits = random.next();
        const float noisy = levels[pixels[place]] + deviations[pixels[place]] * draws[bits & 4095];
        bits >>= 12;
        pixels[place] = static_cast<uint8_t>(std::min(std::max(noisy, 0.0f), 255.0f));
    }
}
