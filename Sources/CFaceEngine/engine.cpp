#include "internal.hpp"

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

static cv::dnn::Net read_network(const uint8_t *bytes, size_t count, const char *name) {
    try {
        cv::dnn::Net network = cv::dnn::readNetFromONNX(reinterpret_cast<const char *>(bytes), count);
        if (network.empty()) throw failure(AFE_BAD_MODEL, std::string(name) + ": the network is empty");
        network.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        network.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        return network;
    } catch (const cv::Exception &caught) {
        throw failure(AFE_BAD_MODEL, std::string(name) + ": " + caught.err);
    }
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

}  // namespace afe

afe_engine *afe_engine_create(
    const uint8_t *detector, size_t detector_count, const afe_detector_options *detector_options,
    const uint8_t *embedder, size_t embedder_count, const afe_embedder_options *embedder_options, afe_error *error) {
    return afe::guarded(*error, static_cast<afe_engine *>(nullptr), [&] {
        afe::configure_opencv();
        afe::check(*detector_options, *embedder_options);
        auto engine = std::make_unique<afe_engine>();
        engine->detector_options = *detector_options;
        engine->embedder_options = *embedder_options;
        engine->detector = afe::read_network(detector, detector_count, "detector");
        engine->embedder = afe::read_network(embedder, embedder_count, "embedder");
        return engine.release();
    });
}

void afe_engine_free(afe_engine *engine) { delete engine; }
