// Changes a picture as a fuzzer does, and repairs what would make every change the same dull refusal: a PNG whose
// checksums are wrong is refused before anything else of it is looked at. JPEG segments get lengths that lie.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include <zlib.h>

extern "C" size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t most);

namespace {

void put(uint8_t *target, uint32_t number) {
    for (int index = 0; index < 4; index++) target[index] = static_cast<uint8_t>(number >> (24 - 8 * index));
}

uint32_t number_at(const uint8_t *source) {
    return static_cast<uint32_t>(source[0]) << 24 | static_cast<uint32_t>(source[1]) << 16
        | static_cast<uint32_t>(source[2]) << 8 | source[3];
}

void repair_checksums(uint8_t *bytes, size_t count) {
    size_t place = 8;
    while (count - place >= 12) {
        const uint32_t length = number_at(bytes + place);
        if (length > count - place - 12) return;
        put(bytes + place + 8 + length, static_cast<uint32_t>(crc32(0, bytes + place + 4, length + 4)));
        place += 12 + length;
    }
}

/// Gives one segment another length.
void lie_about_length(uint8_t *bytes, size_t count, std::mt19937 &random) {
    std::vector<size_t> segments;
    for (size_t place = 2; place + 4 < count; place++) {
        if (bytes[place] == 0xFF && bytes[place + 1] >= 0xC0 && bytes[place + 1] != 0xFF) segments.push_back(place + 2);
    }
    if (segments.empty()) return;
    const size_t place = segments[random() % segments.size()];
    const uint32_t honest = static_cast<uint32_t>(bytes[place]) << 8 | bytes[place + 1];
    const uint32_t lies[] = {0, 1, 2, 3, 8, honest - 1, honest + 1, honest * 2, 0x7FFF, 0xFFFF};
    const uint32_t lie = lies[random() % (sizeof lies / sizeof lies[0])];
    bytes[place] = static_cast<uint8_t>(lie >> 8);
    bytes[place + 1] = static_cast<uint8_t>(lie);
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t count, size_t most, unsigned seed) {
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    std::mt19937 random(seed);
    const bool is_jpeg = count >= 4 && bytes[0] == 0xFF && bytes[1] == 0xD8;
    if (is_jpeg && random() % 8 == 0) {
        lie_about_length(bytes, count, random);
        return count;
    }
    count = LLVMFuzzerMutate(bytes, count, most);
    const bool is_png = count >= sizeof png && std::memcmp(bytes, png, sizeof png) == 0;
    if (is_png && random() % 8 != 0) repair_checksums(bytes, count);
    return count;
}
