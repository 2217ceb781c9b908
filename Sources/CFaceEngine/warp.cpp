#include "warp.hpp"

#include "processor.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include <opencv2/core/hal/intrin.hpp>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

/// Where the pixels of a target's row come from, in 1/1024 of a pixel.
struct row_of_places {
    int begin_x;
    int begin_y;
    const int *along_x;
    const int *along_y;

    /// In 1/32 of a pixel.
    int x(int column) const { return (begin_x + along_x[column]) >> (place_bits - weight_bits); }
    int y(int column) const { return (begin_y + along_y[column]) >> (place_bits - weight_bits); }
};

/// The part of a source in which all the bytes exist that are read at once: eight in each of two rows, which are two
/// pixels and most of a third.
struct inner_source {
    // Copies, because the compiler must assume that a byte written changes anything else.
    const uint8_t *const pixels;
    const size_t stride;
    const unsigned columns;
    const unsigned rows;

    explicit inner_source(const cv::Mat &source)
        : pixels(source.data), stride(source.step), columns(static_cast<unsigned>(std::max(source.cols - 2, 0))),
          rows(static_cast<unsigned>(std::max(source.rows - 1, 0))) {}

    bool has(int column, int row) const {
        return static_cast<unsigned>(column) < columns && static_cast<unsigned>(row) < rows;
    }
    /// Whether a whole row of a target comes from here. It is straight: so it does when its ends do.
    bool has(const row_of_places &places, int count) const {
        const auto has_place = [&](int place) {
            return has(places.x(place) >> weight_bits, places.y(place) >> weight_bits);
        };
        return has_place(0) && has_place(count - 1);
    }
    const uint8_t *at(int column, int row) const {
        return pixels + static_cast<size_t>(row) * stride + 3 * static_cast<size_t>(column);
    }
};

#if defined(__x86_64__)

// Four pixels of a target are made at a time, from eight bytes of two rows each.
struct four_pixels {
    /// Of the first byte that is read.
    int32_t offsets[4];
    /// In each 32-bit number the weights of two neighbours that add up to 32: above and below in bytes, left and right
    /// in words, the former in the lower half.
    __m128i down;
    __m128i across;
};

__attribute__((target("avx2"))) inline four_pixels four_at(const row_of_places &places, int column, int stride) {
    const auto load = [](const int *numbers) __attribute__((target("avx2"))) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i *>(numbers));
    };
    const auto weights = [](__m128i second, __m128i shifted) __attribute__((target("avx2"))) {
        return _mm_or_si128(_mm_sub_epi32(_mm_set1_epi32(one), second), shifted);
    };
    const __m128i x = _mm_srai_epi32(
        _mm_add_epi32(_mm_set1_epi32(places.begin_x), load(places.along_x + column)), place_bits - weight_bits);
    const __m128i y = _mm_srai_epi32(
        _mm_add_epi32(_mm_set1_epi32(places.begin_y), load(places.along_y + column)), place_bits - weight_bits);
    const __m128i right = _mm_and_si128(x, _mm_set1_epi32(one - 1));
    const __m128i below = _mm_and_si128(y, _mm_set1_epi32(one - 1));
    const __m128i offsets = _mm_add_epi32(
        _mm_mullo_epi32(_mm_srai_epi32(y, weight_bits), _mm_set1_epi32(stride)),
        _mm_mullo_epi32(_mm_srai_epi32(x, weight_bits), _mm_set1_epi32(3)));
    four_pixels result;
    _mm_storeu_si128(reinterpret_cast<__m128i *>(result.offsets), offsets);
    result.down = weights(below, _mm_slli_epi32(below, 8));
    result.across = weights(right, _mm_slli_epi32(right, 16));
    return result;
}

/// Two of the four pixels, one in each half of a register: four 32-bit numbers, of which the last is waste.
template <int first>
__attribute__((target("avx2"))) inline __m256i mixed(const inner_source &source, const four_pixels &four) {
    const auto columns_at = [&](int offset) __attribute__((target("avx2"))) {
        const uint8_t *const bytes = source.pixels + offset;
        return _mm_unpacklo_epi8(
            _mm_loadl_epi64(reinterpret_cast<const __m128i *>(bytes)),
            _mm_loadl_epi64(reinterpret_cast<const __m128i *>(bytes + source.stride)));
    };
    const __m256i columns = _mm256_inserti128_si256(
        _mm256_castsi128_si256(columns_at(four.offsets[first])), columns_at(four.offsets[first + 1]), 1);
    // The weights of the one pixel in all of its half.
    constexpr short low_word_first = 4 * first + 256 * (4 * first + 1);
    constexpr short low_word_second = low_word_first + 4 + 256 * 4;
    const __m256i word = _mm256_set_m128i(_mm_set1_epi16(low_word_second), _mm_set1_epi16(low_word_first));
    const __m256i down = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(four.down), word);
    const __m256i across = _mm256_permutevar8x32_epi32(
        _mm256_castsi128_si256(four.across),
        _mm256_set_m128i(_mm_set1_epi32(first + 1), _mm_set1_epi32(first)));
    const __m256i neighbours = _mm256_setr_epi8(
        0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1, 0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1);
    // At most 255 * 32: it fits.
    const __m256i pairs = _mm256_shuffle_epi8(_mm256_maddubs_epi16(columns, down), neighbours);
    const __m256i sums = _mm256_add_epi32(_mm256_madd_epi16(pairs, across), _mm256_set1_epi32(one * one / 2));
    return _mm256_srli_epi32(sums, 2 * weight_bits);
}

/// As many pixels of a row as can be made four at a time; all their places must be within. Returns how many.
__attribute__((target("avx2"))) int fill_avx2(
    const inner_source &source, const row_of_places &places, int columns, uint8_t *to) {
    const __m128i without_waste = _mm_setr_epi8(0, 1, 2, 8, 9, 10, 4, 5, 6, 12, 13, 14, -1, -1, -1, -1);
    int done = 0;
    // Sixteen bytes are written for twelve: so two more pixels must follow, which then overwrite them.
    for (; done + 6 <= columns; done += 4, to += 12) {
        const four_pixels four = four_at(places, done, static_cast<int>(source.stride));
        const __m256i words = _mm256_packus_epi32(mixed<0>(source, four), mixed<2>(source, four));
        const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(to), _mm_shuffle_epi8(bytes, without_waste));
    }
    return done;
}

#else

int fill_avx2(const inner_source &, const row_of_places &, int, uint8_t *) { return 0; }

#endif

}  // namespace

void warp(const cv::Mat &source, const similarity &to_source, cv::Mat &target) {
    std::vector<int> along_x, along_y;
    for (int column = 0; column < target.cols; column++) {
        along_x.push_back(rounded(to_source.a * column * unit));
        along_y.push_back(rounded(to_source.b * column * unit));
    }
    // Offsets are 32-bit numbers there.
    const bool is_fast = has_avx2() && source.step * static_cast<size_t>(source.rows) <= INT32_MAX;
    const inner_source inner(source);
    const int columns = target.cols;
    const int half_a_weight = 1 << (place_bits - weight_bits - 1);
    for (int row = 0; row < target.rows; row++) {
        const int begin_x = rounded((-to_source.b * row + to_source.c) * unit) + half_a_weight;
        const int begin_y = rounded((to_source.a * row + to_source.d) * unit) + half_a_weight;
        const row_of_places places = {begin_x, begin_y, along_x.data(), along_y.data()};
        uint8_t *to = target.ptr<uint8_t>(row);
        int column = is_fast && inner.has(places, columns) ? fill_avx2(inner, places, columns, to) : 0;
        for (to += 3 * column; column < columns; column++, to += 3) {
            const int place_x = places.x(column), place_y = places.y(column);
            const int x = place_x >> weight_bits, right = place_x & (one - 1);
            const int y = place_y >> weight_bits, below = place_y & (one - 1);
            if (inner.has(x, y)) {
                const uint8_t *above = inner.at(x, y);
                interpolate(above, above + inner.stride, right, below, to);
            } else {
                interpolate_at_edge(source, x, y, right, below, to);
            }
        }
    }
}

}  // namespace afe
