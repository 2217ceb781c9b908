#include "shrink.hpp"

#include "processor.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/core/hal/intrin.hpp>
#include <opencv2/imgproc.hpp>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The same numbers as cv::resize gives with INTER_AREA, but for a rounding here and there, in a half to a fourth of its
// time: that one has a vector kernel for halving only, and none that makes floats.

namespace afe {

namespace {

/// The pixels from `first` on of which one target pixel is made, and how much of each it covers.
struct cover {
    int first;
    std::vector<float> shares;
};

std::vector<cover> covers(int from, int to) {
    const double factor = static_cast<double>(from) / to;
    std::vector<cover> result;
    for (int index = 0; index < to; index++) {
        const double begin = index * factor;
        const double end = std::min(begin + factor, static_cast<double>(from));
        cover made = {std::min(static_cast<int>(begin), from - 1), {}};
        for (int pixel = made.first; pixel < end; pixel++) {
            const double share = std::min(end, pixel + 1.0) - std::max(begin, static_cast<double>(pixel));
            // What is left over by rounding is no pixel.
            if (share > 1e-3) made.shares.push_back(static_cast<float>(share));
            else if (made.shares.empty()) made.first++;
        }
        result.push_back(std::move(made));
    }
    return result;
}

/// `sums` = the sum of rows of `count` numbers, each by its share.
inline __attribute__((always_inline)) void sum_up(
    const cv::Mat &source, const cover &rows, int count, float *sums) {
    for (size_t index = 0; index < rows.shares.size(); index++) {
        const uint8_t *const from = source.ptr<uint8_t>(rows.first + static_cast<int>(index));
        const float share = rows.shares[index];
        if (index == 0) {
            for (int place = 0; place < count; place++) sums[place] = share * from[place];
        } else {
            for (int place = 0; place < count; place++) sums[place] += share * from[place];
        }
    }
}

bool is_half(const cv::Mat &source, const cv::Mat &target) {
    return source.cols == 2 * target.cols && source.rows == 2 * target.rows;
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) void sum_up_avx2(const cv::Mat &source, const cover &rows, int count, float *sums) {
    sum_up(source, rows, count, sums);
}

/// Halves two rows into one of `count` pixels.
__attribute__((target("avx2"))) void halve_rows(const uint8_t *upper, const uint8_t *lower, int count, float *to) {
    // In each half of a register: channel by channel the two neighbours of a target pixel, two target pixels.
    const __m256i neighbours = _mm256_setr_epi8(
        0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, -1, -1, -1, -1, 0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, -1, -1, -1, -1);
    const auto sums = [&](const uint8_t *from) __attribute__((target("avx2"))) {
        const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
        const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from + 12));
        const __m256i pixels = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
        return _mm256_maddubs_epi16(_mm256_shuffle_epi8(pixels, neighbours), _mm256_set1_epi8(1));
    };
    int done = 0;
    // Four pixels at a time, of which 28 bytes are read and 14 floats written: so two more must follow.
    for (; done + 6 <= count; done += 4) {
        const __m256i four = _mm256_add_epi16(sums(upper + 6 * done), sums(lower + 6 * done));
        const __m256i mean = _mm256_srli_epi16(_mm256_add_epi16(four, _mm256_set1_epi16(2)), 2);
        const __m256i left = _mm256_cvtepu16_epi32(_mm256_castsi256_si128(mean));
        const __m256i right = _mm256_cvtepu16_epi32(_mm256_extracti128_si256(mean, 1));
        _mm256_storeu_ps(to + 3 * done, _mm256_cvtepi32_ps(left));
        _mm256_storeu_ps(to + 3 * done + 6, _mm256_cvtepi32_ps(right));
    }
    for (int place = 3 * done; place < 3 * count; place++) {
        const int from = place / 3 * 6 + place % 3;
        to[place] = static_cast<float>((upper[from] + upper[from + 3] + lower[from] + lower[from + 3] + 2) / 4);
    }
}

#else

void sum_up_avx2(const cv::Mat &, const cover &, int, float *) {}
void halve_rows(const uint8_t *, const uint8_t *, int, float *) {}

#endif

}  // namespace

void shrink_by_area(const cv::Mat &source, cv::Mat target) {
    const bool is_fast = has_avx2();
    if (is_half(source, target) && is_fast) {
        const size_t two_rows = 2 * 3 * static_cast<size_t>(source.cols);
        for (int row = 0; row < target.rows; row++) {
            if (row + 1 < target.rows) prefetch(source.ptr<uint8_t>(2 * row + 2), two_rows);
            halve_rows(
                source.ptr<uint8_t>(2 * row), source.ptr<uint8_t>(2 * row + 1), target.cols, target.ptr<float>(row));
        }
        return;
    }
    if (is_half(source, target)) {
        cv::Mat half;
        cv::resize(source, half, target.size(), 0, 0, cv::INTER_AREA);
        half.convertTo(target, CV_32F);
        return;
    }
    const std::vector<cover> rows = covers(source.rows, target.rows);
    const std::vector<cover> columns = covers(source.cols, target.cols);
    const float area = static_cast<float>(
        static_cast<double>(target.rows) * target.cols / (static_cast<double>(source.rows) * source.cols));
    // A pixel is read as four numbers, so the last one needs one more behind it.
    const int count = source.cols * 3;
    std::vector<float> sums(static_cast<size_t>(count) + 1);
    for (int row = 0; row < target.rows; row++) {
        const cover &covered = rows[static_cast<size_t>(row)];
        if (is_fast) sum_up_avx2(source, covered, count, sums.data());
        else sum_up(source, covered, count, sums.data());
        float *to = target.ptr<float>(row);
        for (const cover &column : columns) {
            const float *from = sums.data() + 3 * column.first;
            cv::v_float32x4 sum = cv::v_setzero_f32();
            for (const float share : column.shares) {
                sum += cv::v_setall_f32(share) * cv::v_load(from);
                from += 3;
            }
            float mean[4];
            cv::v_store(mean, cv::v_cvt_f32(cv::v_round(sum * cv::v_setall_f32(area))));
            to = std::copy_n(mean, 3, to);
        }
    }
}

}  // namespace afe
