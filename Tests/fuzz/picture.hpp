#pragma once

#include "check.hpp"

#include "CFaceEngine.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

/// Decodes and checks everything that the header promises of a picture and of an error. NULL when it was refused.
inline afe_image *decode_checked(const uint8_t *bytes, size_t count, const afe_limits &limits) {
    afe_error error = {};
    afe_image *image = afe_image_decode(bytes, count, &limits, &error);
    if (image == nullptr) {
        // An internal error or a bad model would blame us for somebody's file.
        CHECK(error.code >= AFE_TOO_LARGE && error.code <= AFE_CORRUPT);
        CHECK(error.message[0] != 0);
        return nullptr;
    }
    CHECK(error.code == AFE_OK);
    const afe_image_info info = afe_image_get_info(image);
    CHECK(info.width >= 1 && info.width <= limits.max_side);
    CHECK(info.height >= 1 && info.height <= limits.max_side);
    CHECK(static_cast<uint64_t>(info.width) * static_cast<uint64_t>(info.height) <= limits.max_pixels);
    CHECK(info.kept_width >= 1 && info.kept_width <= info.width);
    CHECK(info.kept_height >= 1 && info.kept_height <= info.height);
    CHECK(info.orientation >= 1 && info.orientation <= 8);
    CHECK(std::isfinite(info.brightness) && info.brightness >= 0 && info.brightness <= 255.01f);
    CHECK(std::isfinite(info.contrast) && info.contrast >= 0 && info.contrast <= 127.6f);
    return image;
}
