#include "detect.hpp"

#include <cmath>
#include <cstdio>
#include <memory>
#include <mutex>

#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>

namespace afe {

void report(afe_error &error, afe_code code, const char *message) noexcept {
    error.code = code;
    std::snprintf(error.message, sizeof error.message, "%s", message == nullptr ? "" : message);
}

static int stay_silent(int, const char *, const char *, const char *, int, void *) { return 0; }

void configure_opencv() {
    static std::once_flag once;
    std::call_once(once, [] {
        // Workers bring their own threads; OpenCV's pool beneath them would only contend.
        cv::setNumThreads(1);
        cv::redirectError(stay_silent);
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    });
}

static void check(const afe_detector_options &detector, const afe_embedder_options &embedder) {
    if (detector.longer_side < 32 || detector.longer_side > 4096) {
        throw failure(AFE_BAD_MODEL, "the detector's longer side is out of range");
    }
    if (embedder.chip_side < 16 || embedder.chip_side > 1024 || embedder.dimensions < 1
        || embedder.dimensions > 65536) {
        throw failure(AFE_BAD_MODEL, "the embedder's chip or dimensions are out of range");
    }
    for (const afe_point &point : embedder.chip_points) {
        if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
            throw failure(AFE_BAD_MODEL, "the embedder's chip points are not numbers");
        }
    }
}

// Laid out like a webcam's picture, the size that most often comes first.
static std::vector<int> typical_input(const afe_detector_options &options) {
    return {1, 3, up_to_32(options.longer_side * 3 / 4), up_to_32(options.longer_side)};
}

static std::vector<int> typical_input(const afe_embedder_options &options) {
    return {options.mirror ? 2 : 1, 3, options.chip_side, options.chip_side};
}

}  // namespace afe

static afe_engine *create(
    const uint8_t *detector, size_t detector_count, const afe_detector_options &detector_options,
    const uint8_t *embedder, size_t embedder_count, const afe_embedder_options &embedder_options,
    const afe_runtime *runtime, afe_error &error) {
    return afe::guarded(error, static_cast<afe_engine *>(nullptr), [&] {
        afe::configure_opencv();
        afe::check(detector_options, embedder_options);
        auto engine = std::make_unique<afe_engine>();
        engine->detector_options = detector_options;
        engine->embedder_options = embedder_options;
        engine->detector = afe::load_network(
            {detector, detector_count, "detector", afe::detector_outputs(), afe::typical_input(detector_options)},
            runtime);
        engine->embedder = afe::load_network(
            {embedder, embedder_count, "embedder", {}, afe::typical_input(embedder_options)}, runtime);
        return engine.release();
    });
}

afe_engine *afe_engine_create(
    const uint8_t *detector, size_t detector_count, const afe_detector_options *detector_options,
    const uint8_t *embedder, size_t embedder_count, const afe_embedder_options *embedder_options, afe_error *error) {
    return create(
        detector, detector_count, *detector_options, embedder, embedder_count, *embedder_options, nullptr, *error);
}

afe_engine *afe_engine_create_on(
    afe_runtime runtime, const uint8_t *detector, size_t detector_count, const afe_detector_options *detector_options,
    const uint8_t *embedder, size_t embedder_count, const afe_embedder_options *embedder_options, afe_error *error) {
    return create(
        detector, detector_count, *detector_options, embedder, embedder_count, *embedder_options, &runtime, *error);
}

afe_runtime afe_engine_detector_runtime(const afe_engine *engine) { return engine->detector.runtime; }

afe_runtime afe_engine_embedder_runtime(const afe_engine *engine) { return engine->embedder.runtime; }

void afe_engine_free(afe_engine *engine) { delete engine; }
