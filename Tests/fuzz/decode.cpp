// Fuzz target: a picture file of any of the three formats.

#include "picture.hpp"

#include <cstdlib>
#include <cstring>

/// Small caps keep a run short. Files of odd length are kept as they are, others are shrunk, so that both ways are taken
/// without a byte of the input being spent on the choice. A replay has the caps of the service.
static afe_limits limits_for(size_t count) {
    static const char *const caps = std::getenv("ATTESTD_FUZZ_CAPS");
    if (caps != nullptr && std::strcmp(caps, "service") == 0) return {8 << 20, 40'000'000, 16'384, 1280, true};
    return {1 << 20, 1 << 18, 4096, count % 2 == 1 ? 4096 : 16, true};
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    const afe_limits limits = limits_for(count);
    afe_image *image = decode_checked(bytes, count, limits);
    afe_image_free(image);

    // What candidates send is never read as PGM.
    if (image != nullptr && bytes[0] == 'P') {
        afe_limits candidates = limits;
        candidates.accepts_pgm = false;
        afe_error error = {};
        CHECK(afe_image_decode(bytes, count, &candidates, &error) == nullptr);
        CHECK(error.code == AFE_UNSUPPORTED_FORMAT);
    }
    return 0;
}
