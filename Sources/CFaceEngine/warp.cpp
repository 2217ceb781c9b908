#include "warp.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include <opencv2/core/hal/intrin.hpp>

// The same numbers as cv::warpAffine gives. That one first writes a map of all pixels, and in a verification, where
// nothing of it is in the cache, it takes twice as long.

namespace afe {

namespace {

// Places in the source are whole numbers of 1/1024 of a pixel, and weights of 1/32.
const int place_bits = 10;
const int weight_bits = 5;
const int one = 1 << weight_bits;
const double unit = 1 << place_bits;

int rounded(double value) {
    // Beyond any picture, yet small enough for sums of three.
    return static_cast<int>(std::lrint(std::clamp(value, -5e8, 5e8)));
}

/// Around the edge, where some of the four pixels do not exist.
void interpolate_at_edge(const cv::Mat &source, int x, int y, int right, int below, uint8_t *target) {
    const int weights[4] = {(one - right) * (one - below), right * (one - below), (one - right) * below, right * below};
    int sums[3] = {0, 0, 0};
    for (int corner = 0; corner < 4; corner++) {
        const int column = x + (corner & 1);
        const int row = y + (corner >> 1);
        if (column < 0 || row < 0 || column >= source.cols || row >= source.rows) continue;
        const uint8_t *pixel = source.ptr<uint8_t>(row) + 3 * column;
        for (int channel = 0; channel < 3; channel++) sums[channel] += weights[corner] * pixel[channel];
    }
    for (int channel = 0; channel < 3; channel++) {
        target[channel] = static_cast<uint8_t>((sums[channel] + one * one / 2) >> (2 * weight_bits));
    }
}

/// Reads eight bytes of both rows.
inline void interpolate(const uint8_t *above, const uint8_t *under, int right, int below, uint8_t *target) {
    const cv::v_uint16x8 upper = cv::v_load_expand(above);
    const cv::v_uint16x8 lower = cv::v_load_expand(under);
    // At most 255 * 32: it fits.
    const cv::v_uint16x8 columns = cv::v_mul_wrap(upper, cv::v_setall_u16(static_cast<ushort>(one - below)))
        + cv::v_mul_wrap(lower, cv::v_setall_u16(static_cast<ushort>(below)));
    const cv::v_int16x8 left = cv::v_reinterpret_as_s16(columns);
    const cv::v_int16x8 next = cv::v_rotate_right<3>(left);
    cv::v_int16x8 pairs, unused;
    cv::v_zip(left, next, pairs, unused);
    const int both = (one - right) | (right << 16);
    const cv::v_int32x4 sums =
        cv::v_dotprod(pairs, cv::v_reinterpret_as_s16(cv::v_setall_s32(both)), cv::v_setall_s32(one * one / 2));
    const cv::v_int32x4 pixel = cv::v_shr<2 * weight_bits>(sums);
    const cv::v_int16x8 words = cv::v_pack(pixel, pixel);
    const cv::v_uint8x16 bytes = cv::v_pack_u(words, words);
    const uint32_t four = cv::v_reinterpret_as_u32(bytes).get0();
    std::memcpy(target, &four, 3);
}

}  // namespace

void warp(const cv::Mat &source, const similarity &to_source, cv::Mat &target) {
    std::vector<int> along_x, along_y;
    for (int column = 0; column < target.cols; column++) {
        along_x.push_back(rounded(to_source.a * column * unit));
        along_y.push_back(rounded(to_source.b * column * unit));
    }
    // Copies, because the compiler must assume that a byte written changes anything else.
    const uint8_t *const pixels = source.data;
    const size_t stride = source.step;
    // Eight bytes are two pixels and most of a third, which must exist too.
    const unsigned inner_columns = static_cast<unsigned>(std::max(source.cols - 2, 0));
    const unsigned inner_rows = static_cast<unsigned>(std::max(source.rows - 1, 0));
    const int columns = target.cols;
    const int half_a_weight = 1 << (place_bits - weight_bits - 1);
    for (int row = 0; row < target.rows; row++) {
        const int begin_x = rounded((-to_source.b * row + to_source.c) * unit) + half_a_weight;
        const int begin_y = rounded((to_source.a * row + to_source.d) * unit) + half_a_weight;
        uint8_t *to = target.ptr<uint8_t>(row);
        const int *const x_steps = along_x.data();
        const int *const y_steps = along_y.data();
        for (int column = 0; column < columns; column++, to += 3) {
            const int place_x = (begin_x + x_steps[column]) >> (place_bits - weight_bits);
            const int place_y = (begin_y + y_steps[column]) >> (place_bits - weight_bits);
            const int x = place_x >> weight_bits, right = place_x & (one - 1);
            const int y = place_y >> weight_bits, below = place_y & (one - 1);
            if (static_cast<unsigned>(x) < inner_columns && static_cast<unsigned>(y) < inner_rows) {
                const uint8_t *above = pixels + static_cast<size_t>(y) * stride + 3 * static_cast<size_t>(x);
                interpolate(above, above + stride, right, below, to);
            } else {
                interpolate_at_edge(source, x, y, right, below, to);
            }
        }
    }
}

}  // namespace afe
