// One small JPEG file of each kind, by libjpeg.

#include "seeds.hpp"

#include <cstdio>
#include <cstdlib>
#include <functional>

#include <jpeglib.h>

namespace {

struct picture {
    unsigned width;
    unsigned height;
    int channels;
    J_COLOR_SPACE space;
    bytes pixels;
};

/// A gradient with an edge in it.
picture drawn(unsigned width, unsigned height, int channels, J_COLOR_SPACE space) {
    picture made = {width, height, channels, space, {}};
    for (unsigned y = 0; y < height; y++) {
        for (unsigned x = 0; x < width; x++) {
            for (int channel = 0; channel < channels; channel++) {
                const unsigned value = x < width / 2 ? x * 9 + y * 3 : 255 - y * 7;
                made.pixels.push_back(static_cast<uint8_t>(value + static_cast<unsigned>(channel) * 40));
            }
        }
    }
    return made;
}

bytes encoded(
    const picture &given, int quality, const std::function<void(jpeg_compress_struct &)> &settings,
    const bytes &exif = {}) {
    jpeg_compress_struct info;
    jpeg_error_mgr errors;
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char *target = nullptr;
    unsigned long count = 0;
    jpeg_mem_dest(&info, &target, &count);
    info.image_width = given.width;
    info.image_height = given.height;
    info.input_components = given.channels;
    info.in_color_space = given.space;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    settings(info);
    jpeg_start_compress(&info, TRUE);
    if (!exif.empty()) {
        bytes block = {'E', 'x', 'i', 'f', 0, 0};
        block.insert(block.end(), exif.begin(), exif.end());
        jpeg_write_marker(&info, JPEG_APP0 + 1, block.data(), static_cast<unsigned>(block.size()));
    }
    while (info.next_scanline < info.image_height) {
        const size_t place = static_cast<size_t>(info.next_scanline) * given.width * static_cast<size_t>(given.channels);
        JSAMPROW row = const_cast<JSAMPROW>(given.pixels.data() + place);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    const bytes file(target, target + count);
    jpeg_destroy_compress(&info);
    std::free(target);
    return file;
}

void nothing(jpeg_compress_struct &) {}

}  // namespace

seeds jpeg_seeds() {
    const picture colour = drawn(33, 17, 3, JCS_RGB);
    const picture grey = drawn(24, 16, 1, JCS_GRAYSCALE);
    const picture inks = drawn(16, 16, 4, JCS_CMYK);
    const auto progressive = [](jpeg_compress_struct &info) { jpeg_simple_progression(&info); };
    const auto plain = [](jpeg_compress_struct &info) {
        for (int index = 0; index < info.num_components; index++) {
            info.comp_info[index].h_samp_factor = info.comp_info[index].v_samp_factor = 1;
        }
    };
    seeds result = {
        {"colour", encoded(colour, 75, nothing)},
        {"plain", encoded(colour, 30, plain)},
        {"grey", encoded(grey, 75, nothing)},
        {"progressive", encoded(colour, 75, progressive)},
        {"progressive-grey", encoded(grey, 75, progressive)},
        {"restarts", encoded(colour, 75, [](jpeg_compress_struct &info) { info.restart_interval = 1; })},
        {"optimised", encoded(colour, 75, [](jpeg_compress_struct &info) { info.optimize_coding = TRUE; })},
        {"arithmetic", encoded(grey, 75, [](jpeg_compress_struct &info) { info.arith_code = TRUE; })},
        {"arithmetic-progressive", encoded(colour, 75, [&](jpeg_compress_struct &info) {
             info.arith_code = TRUE;
             jpeg_simple_progression(&info);
         })},
        {"red-green-blue", encoded(colour, 75, [](jpeg_compress_struct &info) {
             jpeg_set_colorspace(&info, JCS_RGB);
         })},
        {"inks", encoded(inks, 75, nothing)},
        {"inks-ycck", encoded(inks, 75, [](jpeg_compress_struct &info) { jpeg_set_colorspace(&info, JCS_YCCK); })},
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
        const bytes block = tiff(orientation, orientation % 2 == 0);
        result.emplace_back("orientation" + std::to_string(orientation), encoded(grey, 50, nothing, block));
    }
    return result;
}

bytes small_photograph(const std::string &path) {
    std::FILE *file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return {};
    jpeg_decompress_struct info;
    jpeg_error_mgr errors;
    info.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&info);
    jpeg_stdio_src(&info, file);
    jpeg_read_header(&info, TRUE);
    info.out_color_space = JCS_RGB;
    info.scale_num = 1;
    info.scale_denom = 8;
    jpeg_start_decompress(&info);
    picture small = {info.output_width, info.output_height, 3, JCS_RGB, {}};
    small.pixels.resize(static_cast<size_t>(small.width) * small.height * 3);
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = small.pixels.data() + static_cast<size_t>(info.output_scanline) * small.width * 3;
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    std::fclose(file);
    return encoded(small, 60, nothing);
}
