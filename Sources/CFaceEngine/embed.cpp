#include "align.hpp"

#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

namespace {

/// The chip as the network wants it, and behind it the mirror image when the embedder wants both, in one pass.
void fill_batch(const cv::Mat &chip, const afe_embedder_options &options, cv::Mat &batch) {
    const int side = chip.rows;
    batch.create(std::vector<int>{options.mirror ? 2 : 1, side, side, 3}, CV_32F);
    // The means go by the network's order of channels.
    const int first = options.blue_first ? 2 : 0;
    std::vector<float> means;
    for (int column = 0; column < side; column++) {
        means.insert(means.end(), {options.mean[first], options.mean[1], options.mean[2 - first]});
    }
    for (int row = 0; row < side; row++) {
        const uint8_t *from = chip.ptr<uint8_t>(row);
        float *const plain = batch.ptr<float>(0, row);
        for (int place = 0; place < 3 * side; place++) {
            plain[place] = (static_cast<float>(from[place]) - means[static_cast<size_t>(place)]) * options.scale;
        }
        if (options.blue_first) {
            for (int place = 0; place < 3 * side; place += 3) std::swap(plain[place], plain[place + 2]);
        }
        if (!options.mirror) continue;
        float *mirrored = batch.ptr<float>(1, row) + 3 * side;
        for (int place = 0; place < 3 * side; place += 3) {
            mirrored -= 3;
            std::memcpy(mirrored, plain + place, 3 * sizeof(float));
        }
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
