// Fuzz target: a TIFF block as EXIF holds it.

#include "check.hpp"

#include "decode.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    const int orientation = afe::exif_orientation(bytes, count);
    CHECK(orientation >= 1 && orientation <= 8);
    return 0;
}
