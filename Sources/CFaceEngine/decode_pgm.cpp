#include "decode.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>

#include <opencv2/imgproc.hpp>

namespace {

/// Reads the header of a binary PGM (Netpbm's «P5»): numbers parted by white space and comments.
struct pgm_header {
    const uint8_t *bytes;
    size_t count;
    size_t place = 2;

    bool is_at_space() const { return place < count && std::isspace(bytes[place]); }

    uint64_t number() {
        if (!is_at_space() && (place >= count || bytes[place] != '#')) {
            throw afe::failure(AFE_CORRUPT, "a number does not stand alone in the picture's header");
        }
        while (place < count && (std::isspace(bytes[place]) || bytes[place] == '#')) {
            if (bytes[place] == '#') {
                while (place < count && bytes[place] != '\n') ++place;
            } else {
                ++place;
            }
        }
        const size_t start = place;
        uint64_t value = 0;
        for (; place < count && std::isdigit(bytes[place]); ++place) {
            value = std::min<uint64_t>(value * 10 + (bytes[place] - '0'), uint64_t(1) << 32);
        }
        if (place == start) throw afe::failure(AFE_CORRUPT, "a number is missing in the picture's header");
        return value;
    }
};

}  // namespace

namespace afe {

decoded decode_pgm(const uint8_t *bytes, size_t count, const afe_limits &limits) {
    pgm_header header{bytes, count};
    const uint64_t width = header.number();
    const uint64_t height = header.number();
    const uint64_t most = header.number();
    check_size(width, height, limits);
    if (most == 0 || most > 255) throw failure(AFE_UNSUPPORTED_FORMAT, "only PGM pictures of 8 bits are read");
    // One white space parts the header from the pixels.
    const size_t start = header.place + 1;
    if (!header.is_at_space() || count - start < width * height) throw failure(AFE_CORRUPT, "the file is cut short");

    decoded result;
    result.whole_width = static_cast<int32_t>(width);
    result.whole_height = static_cast<int32_t>(height);
    cv::Mat grey(result.whole_height, result.whole_width, CV_8UC1);
    std::memcpy(grey.data, bytes + start, width * height);
    if (most < 255) grey.convertTo(grey, CV_8UC1, 255.0 / static_cast<double>(most));
    cv::cvtColor(grey, result.pixels, cv::COLOR_GRAY2RGB);
    return result;
}

}  // namespace afe
