// One small PNG file of each kind, by libpng.

#include "seeds.hpp"

#include <cstring>

#include <png.h>

namespace {

void append(png_structp writer, png_bytep data, size_t count) {
    auto &file = *static_cast<bytes *>(png_get_io_ptr(writer));
    file.insert(file.end(), data, data + count);
}

bytes encoded(int colour, int depth, bool interlaced, bool with_extras) {
    const png_uint_32 width = 13, height = 9;
    bytes file;
    png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(writer);
    png_set_write_fn(writer, &file, append, nullptr);
    png_set_IHDR(
        writer, info, width, height, depth, colour, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (colour == PNG_COLOR_TYPE_PALETTE) {
        png_color colours[2] = {{10, 20, 30}, {200, 210, 220}};
        png_set_PLTE(writer, info, colours, 2);
    }
    if (with_extras) {
        png_byte alphas[2] = {0, 128};
        png_color_16 shade = {};
        shade.gray = shade.red = 1;
        if (colour == PNG_COLOR_TYPE_PALETTE) png_set_tRNS(writer, info, alphas, 2, nullptr);
        else if ((colour & PNG_COLOR_MASK_ALPHA) == 0) png_set_tRNS(writer, info, nullptr, 0, &shade);
        bytes exif = tiff(6, true);
        png_set_eXIf_1(writer, info, static_cast<png_uint_32>(exif.size()), exif.data());
        char key[] = "Comment", text[] = "a text that is long enough to be compressed, compressed, compressed";
        png_text texts[2] = {};
        texts[0].compression = PNG_TEXT_COMPRESSION_NONE;
        texts[1].compression = PNG_TEXT_COMPRESSION_zTXt;
        for (png_text &entry : texts) {
            entry.key = key;
            entry.text = text;
            entry.text_length = std::strlen(text);
        }
        png_set_text(writer, info, texts, 2);
        png_set_gAMA(writer, info, 0.45455);
    }
    png_write_info(writer, info);
    const size_t stride = png_get_rowbytes(writer, info);
    std::vector<bytes> rows(height, bytes(stride));
    std::vector<png_bytep> pointers;
    for (size_t y = 0; y < height; y++) {
        // With a palette of two, numbers of 0 and 1 only.
        const bool is_palette = colour == PNG_COLOR_TYPE_PALETTE;
        for (size_t x = 0; x < stride; x++) {
            rows[y][x] = static_cast<uint8_t>(is_palette ? (depth < 8 ? 0x11 : x & 1) : x * 31 + y * 5);
        }
        pointers.push_back(rows[y].data());
    }
    png_write_image(writer, pointers.data());
    png_write_end(writer, info);
    png_destroy_write_struct(&writer, &info);
    return file;
}

}  // namespace

seeds png_seeds() {
    const struct { const char *name; int colour; std::vector<int> depths; } kinds[] = {
        {"grey", PNG_COLOR_TYPE_GRAY, {1, 2, 4, 8, 16}},
        {"palette", PNG_COLOR_TYPE_PALETTE, {1, 2, 4, 8}},
        {"colour", PNG_COLOR_TYPE_RGB, {8, 16}},
        {"grey-alpha", PNG_COLOR_TYPE_GRAY_ALPHA, {8, 16}},
        {"colour-alpha", PNG_COLOR_TYPE_RGB_ALPHA, {8, 16}},
    };
    seeds result;
    for (const auto &kind : kinds) {
        for (const int depth : kind.depths) {
            const std::string name = std::string(kind.name) + std::to_string(depth);
            result.emplace_back(name, encoded(kind.colour, depth, false, false));
            result.emplace_back(name + "-interlaced", encoded(kind.colour, depth, true, false));
            result.emplace_back(name + "-extras", encoded(kind.colour, depth, false, true));
        }
    }
    return result;
}
