#include "align.hpp"
#include "processor.hpp"

#include <cmath>
#include <utility>
#include <vector>

namespace {

/// One row of pixels from the right to the left.
void mirror(const uint8_t *row, int side, uint8_t *mirrored) {
    const uint8_t *from = row + 3 * side;
    for (int pixel = 0; pixel < side; pixel++) {
        from -= 3;
        *mirrored++ = from[0];
        *mirrored++ = from[1];
        *mirrored++ = from[2];
    }
}

inline __attribute__((always_inline)) void convert(
    const uint8_t *__restrict bytes, const float *__restrict means, float scale, int count, float *__restrict numbers) {
    for (int place = 0; place < count; place++) {
        numbers[place] = (static_cast<float>(bytes[place]) - means[place]) * scale;
    }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void convert_avx2(
    const uint8_t *bytes, const float *means, float scale, int count, float *numbers) {
    convert(bytes, means, scale, count, numbers);
}
#else
void convert_avx2(const uint8_t *, const float *, float, int, float *) {}
#endif

/// The chip as the network wants it, and behind it the mirror image when the embedder wants both, in one pass.
void fill_batch(const cv::Mat &chip, const afe_embedder_options &options, cv::Mat &batch) {
    const bool is_fast = afe::has_avx2();
    const int side = chip.rows;
    const int count = 3 * side;
    batch.create(std::vector<int>{options.mirror ? 2 : 1, side, side, 3}, CV_32F);
    // The means go by the network's order of channels, which the numbers get last.
    const int first = options.blue_first ? 2 : 0;
    std::vector<float> means;
    for (int column = 0; column < side; column++) {
        means.insert(means.end(), {options.mean[first], options.mean[1], options.mean[2 - first]});
    }
    std::vector<uint8_t> mirrored(static_cast<size_t>(count));
    const auto fill = [&](const uint8_t *bytes, float *numbers) {
        if (is_fast) convert_avx2(bytes, means.data(), options.scale, count, numbers);
        else convert(bytes, means.data(), options.scale, count, numbers);
        if (!options.blue_first) return;
        for (int place = 0; place < count; place += 3) std::swap(numbers[place], numbers[place + 2]);
    };
    for (int row = 0; row < side; row++) {
        const uint8_t *from = chip.ptr<uint8_t>(row);
        fill(from, batch.ptr<float>(0, row));
        if (!options.mirror) continue;
        mirror(from, side, mirrored.data());
        fill(mirrored.data(), batch.ptr<float>(1, row));
    }
}

/// Adds the rows of the batch and scales the sum to unit length.
void add_up(const cv::Mat &output, const afe_embedder_options &options, float *values) {
    const int rows = options.mirror ? 2 : 1;
    const size_t expected = static_cast<size_t>(rows) * static_cast<size_t>(options.dimensions);
    if (output.type() != CV_32F || !output.isContinuous() || output.total() != expected) {
        throw afe::failure(AFE_BAD_MODEL, "the embedder's output has the wrong shape");
    }
    const float *numbers = output.ptr<float>();
    double squares = 0;
    for (int index = 0; index < options.dimensions; index++) {
        const float sum = numbers[index] + (rows == 2 ? numbers[options.dimensions + index] : 0.0f);
        values[index] = sum;
        squares += static_cast<double>(sum) * sum;
    }
    const double length = std::sqrt(squares);
    if (!std::isfinite(length) || length < 1e-6) throw afe::failure(AFE_INTERNAL, "the embedding is not a direction");
    for (int index = 0; index < options.dimensions; index++) {
        values[index] = static_cast<float>(values[index] / length);
    }
}

}  // namespace

bool afe_engine_embed(
    afe_engine *engine, const afe_image *image, const afe_point *landmarks, float *values, afe_timing *timing,
    afe_error *error) {
    return afe::guarded(*error, false, [&] {
        const afe::stopwatch whole;
        const afe_embedder_options &options = engine->embedder_options;
        fill_batch(afe::cut_chip(*engine, *image, landmarks, options), options, engine->embedder_input);

        const afe::stopwatch forward;
        const std::vector<cv::Mat> outputs = engine->embedder.runnable->run(engine->embedder_input);
        timing->forward_nanoseconds = forward.nanoseconds();

        add_up(outputs.at(0), options, values);
        timing->rest_nanoseconds = whole.nanoseconds() - timing->forward_nanoseconds;
        return true;
    });
}
