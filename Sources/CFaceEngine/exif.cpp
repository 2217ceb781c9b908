#include "decode.hpp"

namespace {

/// Reads numbers from a TIFF block; everything outside the block reads as absent.
class tiff_reader {
public:
    tiff_reader(const uint8_t *bytes, size_t count, bool big_endian)
        : bytes(bytes), count(count), big_endian(big_endian) {}

    bool number(size_t offset, int size, uint32_t &value) const noexcept {
        if (offset > count || count - offset < static_cast<size_t>(size)) return false;
        value = 0;
        for (int index = 0; index < size; index++) {
            const int place = big_endian ? size - 1 - index : index;
            value |= static_cast<uint32_t>(bytes[offset + static_cast<size_t>(index)]) << (8 * place);
        }
        return true;
    }

private:
    const uint8_t *bytes;
    size_t count;
    bool big_endian;
};

}  // namespace

// TIFF 6.0, section 2; orientation is tag 0x0112 of the first directory (EXIF 2.32, 4.6.4).
int afe::exif_orientation(const uint8_t *tiff, size_t count) noexcept {
    if (count < 8) return 1;
    const bool intel = tiff[0] == 'I' && tiff[1] == 'I';
    const bool motorola = tiff[0] == 'M' && tiff[1] == 'M';
    if (!intel && !motorola) return 1;
    const tiff_reader reader(tiff, count, motorola);

    uint32_t magic = 0;
    uint32_t directory = 0;
    uint32_t entries = 0;
    if (!reader.number(2, 2, magic) || magic != 42) return 1;
    if (!reader.number(4, 4, directory) || !reader.number(directory, 2, entries)) return 1;
    for (uint32_t index = 0; index < entries; index++) {
        const size_t entry = static_cast<size_t>(directory) + 2 + static_cast<size_t>(index) * 12;
        uint32_t tag = 0;
        uint32_t type = 0;
        uint32_t values = 0;
        uint32_t orientation = 0;
        if (!reader.number(entry, 2, tag)) return 1;
        if (tag != 0x0112) continue;
        if (!reader.number(entry + 2, 2, type) || !reader.number(entry + 4, 4, values)) return 1;
        if (type != 3 || values != 1 || !reader.number(entry + 8, 2, orientation)) return 1;
        return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
    }
    return 1;
}
