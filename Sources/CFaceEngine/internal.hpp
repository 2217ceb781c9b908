#pragma once

#include "CFaceEngine.h"
#include "network/network.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <string>

#include <opencv2/core.hpp>

namespace afe {

/// A number that no other picture of this process has.
inline uint64_t next_picture_number() {
    static std::atomic<uint64_t> last{0};
    return ++last;
}

/// A chip, and what it was cut from and how.
struct cut_face {
    uint64_t picture = 0;
    afe_point landmarks[5] = {};
    int32_t chip_side = 0;
    afe_point chip_points[5] = {};
    cv::Mat chip;
};

}  // namespace afe

/// The picture as the rest of the engine sees it: `pixels` is RGB and upright, perhaps smaller than the whole.
struct afe_image {
    cv::Mat pixels;
    afe_image_info info;
    const uint64_t number = afe::next_picture_number();

    /// Kept pixels per pixel of the whole picture.
    float scale_x() const { return static_cast<float>(info.kept_width) / static_cast<float>(info.width); }
    float scale_y() const { return static_cast<float>(info.kept_height) / static_cast<float>(info.height); }
};

struct afe_engine {
    afe::loaded_network detector;
    afe::loaded_network embedder;
    afe_detector_options detector_options;
    afe_embedder_options embedder_options;

    // Kept from picture to picture, so that no memory is taken and cleared for each.
    cv::Mat detector_input;
    cv::Mat embedder_input;
    afe::cut_face last_cut;
};

namespace afe {

/// A failure with a stable code; becomes an `afe_error` at the C boundary.
class failure : public std::exception {
public:
    failure(afe_code code, std::string message) : code(code), message(std::move(message)) {}
    const char *what() const noexcept override { return message.c_str(); }

    const afe_code code;

private:
    const std::string message;
};

void report(afe_error &error, afe_code code, const char *message) noexcept;

/// Runs `body` and turns whatever it throws into `error`; nothing passes the C boundary.
template <typename Result, typename Body>
Result guarded(afe_error &error, Result on_failure, Body &&body) noexcept {
    try {
        return body();
    } catch (const failure &caught) {
        report(error, caught.code, caught.what());
    } catch (const std::bad_alloc &) {
        report(error, AFE_INTERNAL, "out of memory");
    } catch (const cv::Exception &caught) {
        report(error, AFE_INTERNAL, caught.err.c_str());
    } catch (const std::exception &caught) {
        report(error, AFE_INTERNAL, caught.what());
    } catch (...) {
        report(error, AFE_INTERNAL, "unknown exception");
    }
    return on_failure;
}

class stopwatch {
public:
    uint64_t nanoseconds() const {
        const auto passed = std::chrono::steady_clock::now() - start;
        return static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(passed).count());
    }

private:
    std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

/// Keeps OpenCV on the calling thread and off the standard error; once per process.
void configure_opencv();

}  // namespace afe
