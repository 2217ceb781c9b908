#include "align.hpp"

#include <cmath>
#include <vector>

#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

namespace {

/// The chip, and its mirror image behind it when the embedder wants both.
cv::Mat batch(const cv::Mat &chip, const afe_embedder_options &options) {
    std::vector<cv::Mat> chips = {chip};
    if (options.mirror) {
        cv::Mat mirrored;
        cv::flip(chip, mirrored, 1);
        chips.push_back(mirrored);
    }
    const cv::Scalar mean(options.mean[0], options.mean[1], options.mean[2]);
    return cv::dnn::blobFromImages(chips, options.scale, cv::Size(), mean, options.blue_first);
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
        const cv::Mat chip = afe::cut_chip(*image, landmarks, options);
        const cv::Mat input = batch(chip, options);

        const afe::stopwatch forward;
        const std::vector<cv::Mat> outputs = engine->embedder.runnable->run(input);
        timing->forward_nanoseconds = forward.nanoseconds();

        add_up(outputs.at(0), options, values);
        timing->rest_nanoseconds = whole.nanoseconds() - timing->forward_nanoseconds;
        return true;
    });
}
