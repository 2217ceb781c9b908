#include "decode.hpp"

#include "processor.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include <opencv2/imgproc.hpp>

namespace afe {

void check_size(uint64_t width, uint64_t height, const afe_limits &limits) {
    if (width == 0 || height == 0) throw failure(AFE_CORRUPT, "the picture has no pixels");
    const uint64_t side = static_cast<uint64_t>(std::max(limits.max_side, 1));
    if (width > side || height > side || width * height > limits.max_pixels) {
        throw failure(
            AFE_TOO_MANY_PIXELS, "the picture is " + std::to_string(width) + " x " + std::to_string(height) + " pixels");
    }
}

int shrink_factor(int32_t width, int32_t height, int32_t target, int most) {
    const int32_t longer = std::max(width, height);
    int factor = 1;
    while (factor * 2 <= most && longer / (factor * 2) >= std::max(target, 1)) factor *= 2;
    return factor;
}

cv::Mat upright(const cv::Mat &pixels, int orientation) {
    cv::Mat result;
    switch (orientation) {
    case 2: cv::flip(pixels, result, 1); break;
    case 3: cv::flip(pixels, result, -1); break;
    case 4: cv::flip(pixels, result, 0); break;
    case 5: cv::transpose(pixels, result); break;
    case 6: cv::rotate(pixels, result, cv::ROTATE_90_CLOCKWISE); break;
    case 7: cv::transpose(pixels, result); cv::flip(result, result, -1); break;
    case 8: cv::rotate(pixels, result, cv::ROTATE_90_COUNTERCLOCKWISE); break;
    default: result = pixels; break;
    }
    return result;
}

/// Mean and deviation of the luminance; every fourth row and column of a large picture is plenty.
static void measure(const cv::Mat &pixels, afe_image_info &info) {
    const int step = std::max(1, std::max(pixels.cols, pixels.rows) / 160);
    // In thousandths of a level; whole numbers, because a sum of floats must wait for each addition.
    uint64_t sum = 0;
    uint64_t squares = 0;
    uint64_t count = 0;
    for (int y = 0; y < pixels.rows; y += step) {
        const uint8_t *row = pixels.ptr<uint8_t>(y);
        if (y + step < pixels.rows) prefetch(pixels.ptr<uint8_t>(y + step), 3 * static_cast<size_t>(pixels.cols));
        for (int x = 0; x < pixels.cols; x += step) {
            const uint8_t *pixel = row + 3 * x;
            const uint64_t luminance = 299u * pixel[0] + 587u * pixel[1] + 114u * pixel[2];
            sum += luminance;
            squares += luminance * luminance;
            count += 1;
        }
    }
    const double pixels_seen = static_cast<double>(count);
    const double mean = static_cast<double>(sum) / pixels_seen;
    const double variance = static_cast<double>(squares) / pixels_seen - mean * mean;
    info.brightness = static_cast<float>(mean / 1000);
    info.contrast = static_cast<float>(std::sqrt(std::max(0.0, variance)) / 1000);
}

static decoded decode(const uint8_t *bytes, size_t count, const afe_limits &limits) {
    static const uint8_t jpeg[] = {0xFF, 0xD8, 0xFF};
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    if (count > limits.max_bytes) {
        throw failure(AFE_TOO_LARGE, "the file has " + std::to_string(count) + " bytes");
    }
    if (count >= sizeof jpeg && std::memcmp(bytes, jpeg, sizeof jpeg) == 0) return decode_jpeg(bytes, count, limits);
    if (count >= sizeof png && std::memcmp(bytes, png, sizeof png) == 0) return decode_png(bytes, count, limits);
    if (limits.accepts_pgm && count >= 2 && bytes[0] == 'P' && bytes[1] == '5') return decode_pgm(bytes, count, limits);
    throw failure(AFE_UNSUPPORTED_FORMAT, "the file is neither a JPEG nor a PNG picture");
}

}  // namespace afe

afe_image *afe_image_decode(const uint8_t *bytes, size_t count, const afe_limits *limits, afe_error *error) {
    return afe::guarded(*error, static_cast<afe_image *>(nullptr), [&] {
        afe::configure_opencv();
        const afe::stopwatch watch;
        afe::decoded raw = afe::decode(bytes, bytes == nullptr ? 0 : count, *limits);
        const bool swapped = raw.orientation >= 5;

        auto image = std::make_unique<afe_image>();
        image->pixels = afe::upright(raw.pixels, raw.orientation);
        image->info = afe_image_info{};
        image->info.width = swapped ? raw.whole_height : raw.whole_width;
        image->info.height = swapped ? raw.whole_width : raw.whole_height;
        image->info.kept_width = image->pixels.cols;
        image->info.kept_height = image->pixels.rows;
        image->info.orientation = raw.orientation;
        afe::measure(image->pixels, image->info);
        image->info.decode_nanoseconds = watch.nanoseconds();
        return image.release();
    });
}

void afe_image_free(afe_image *image) { delete image; }

afe_image_info afe_image_get_info(const afe_image *image) { return image->info; }
