#include "decode.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <vector>

#include <opencv2/imgproc.hpp>
#include <png.h>

namespace {

// Text, colour profiles and the like are not used, and libpng would inflate and keep them: so it does not look at them.
const png_byte skipped_chunks[] =
    "bKGD\0cHRM\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0sTER\0tEXt\0tIME\0zTXt";
const png_alloc_size_t most_chunk_bytes = 1 << 20;
const png_uint_32 most_chunks = 128;
// A deflate stream ends within a few bytes of the last row. libpng would inflate whatever follows it, and 8 MiB that
// inflate to 8 GiB take a worker for a quarter of a minute.
const size_t most_bytes_behind_rows = 16 << 10;

/// One decompression. As with libjpeg, the functions that call setjmp hold trivial values only.
struct png_decompression {
    png_structp reader = nullptr;
    png_infop info = nullptr;
    const uint8_t *bytes;
    size_t left;
    bool is_reading_rows = false;
    png_uint_32 height = 0;
    size_t behind_rows = 0;
    char message[200] = {0};

    png_decompression(const uint8_t *bytes, size_t count) : bytes(bytes), left(count) {}
    ~png_decompression() { png_destroy_read_struct(&reader, &info, nullptr); }
    png_decompression(const png_decompression &) = delete;
    png_decompression &operator=(const png_decompression &) = delete;

    [[noreturn]] void fail() const { throw afe::failure(AFE_CORRUPT, message); }
};

[[noreturn]] void give_up(png_structp reader, png_const_charp message) {
    auto &self = *static_cast<png_decompression *>(png_get_error_ptr(reader));
    std::snprintf(self.message, sizeof self.message, "%s", message);
    png_longjmp(reader, 1);
}

void print_nothing(png_structp, png_const_charp) {}

void copy_bytes(png_structp reader, png_bytep target, size_t count) {
    auto &self = *static_cast<png_decompression *>(png_get_io_ptr(reader));
    if (count > self.left) png_error(reader, "the file is cut short");
    // An interlaced picture has no more rows behind its seventh pass, where the row's number is 0 again.
    const bool is_behind = png_get_current_row_number(reader) >= self.height || png_get_current_pass_number(reader) >= 7;
    if (self.is_reading_rows && is_behind) {
        self.behind_rows += count;
        if (self.behind_rows > most_bytes_behind_rows) png_error(reader, "more data than rows");
    }
    std::memcpy(target, self.bytes, count);
    self.bytes += count;
    self.left -= count;
}

bool read_header(png_decompression &self, const afe_limits &limits) {
    self.reader = png_create_read_struct(PNG_LIBPNG_VER_STRING, &self, give_up, print_nothing);
    if (self.reader == nullptr) return false;
    if (setjmp(png_jmpbuf(self.reader)) != 0) return false;
    self.info = png_create_info_struct(self.reader);
    if (self.info == nullptr) return false;
    png_set_read_fn(self.reader, &self, copy_bytes);
    png_set_user_limits(
        self.reader, static_cast<png_uint_32>(limits.max_side), static_cast<png_uint_32>(limits.max_side));
    png_set_chunk_malloc_max(self.reader, most_chunk_bytes);
    png_set_chunk_cache_max(self.reader, most_chunks);
    png_set_keep_unknown_chunks(self.reader, PNG_HANDLE_CHUNK_NEVER, nullptr, 0);
    png_set_keep_unknown_chunks(
        self.reader, PNG_HANDLE_CHUNK_NEVER, skipped_chunks, static_cast<int>(sizeof skipped_chunks / 5));
    png_read_info(self.reader, self.info);

    // Whatever is stored becomes 8-bit RGB, or RGBA where there is transparency.
    png_set_palette_to_rgb(self.reader);
    if (png_get_bit_depth(self.reader, self.info) < 8) png_set_expand_gray_1_2_4_to_8(self.reader);
    if (png_get_valid(self.reader, self.info, PNG_INFO_tRNS) != 0) png_set_tRNS_to_alpha(self.reader);
    png_set_scale_16(self.reader);
    png_set_gray_to_rgb(self.reader);
    png_set_interlace_handling(self.reader);
    png_read_update_info(self.reader, self.info);
    return true;
}

bool read_pixels(png_decompression &self, png_bytepp rows) {
    if (setjmp(png_jmpbuf(self.reader)) != 0) return false;
    self.height = png_get_image_height(self.reader, self.info);
    self.is_reading_rows = true;
    png_read_image(self.reader, rows);
    self.is_reading_rows = false;
    png_read_end(self.reader, self.info);
    return true;
}

int orientation(const png_decompression &self) {
    png_uint_32 count = 0;
    png_bytep tiff = nullptr;
    if (png_get_eXIf_1(self.reader, self.info, &count, &tiff) == 0 || tiff == nullptr) return 1;
    return afe::exif_orientation(tiff, count);
}

/// Composites on white, in place: three bytes behind four, row by row.
cv::Mat rgb_on_white(const cv::Mat &rgba) {
    for (int y = 0; y < rgba.rows; y++) {
        const uint8_t *from = rgba.ptr<uint8_t>(y);
        uint8_t *to = const_cast<uint8_t *>(from);
        for (int x = 0; x < rgba.cols; x++, from += 4) {
            const int alpha = from[3];
            for (int channel = 0; channel < 3; channel++) {
                *to++ = static_cast<uint8_t>((from[channel] * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
    }
    return cv::Mat(rgba.rows, rgba.cols, CV_8UC3, rgba.data, rgba.step);
}

uint32_t big_endian(const uint8_t *bytes) {
    return static_cast<uint32_t>(bytes[0]) << 24 | static_cast<uint32_t>(bytes[1]) << 16
        | static_cast<uint32_t>(bytes[2]) << 8 | bytes[3];
}

/// Throws unless every chunk up to the last ends within the file. libpng fills as much memory as a chunk claims before
/// it reads a byte of it: 2 GiB for a file of a hundred bytes.
void check_chunks(const uint8_t *bytes, size_t count) {
    for (size_t place = 8; count - place >= 12;) {
        const size_t length = big_endian(bytes + place);
        if (length > count - place - 12) break;
        if (std::memcmp(bytes + place + 4, "IEND", 4) == 0) return;
        place += 12 + length;
    }
    throw afe::failure(AFE_CORRUPT, "the file is cut short");
}

}  // namespace

afe::decoded afe::decode_png(const uint8_t *bytes, size_t count, const afe_limits &limits) {
    // The size stands at a fixed place: look before libpng allocates anything.
    if (count < 33 || std::memcmp(bytes + 8, "\0\0\0\15IHDR", 8) != 0) throw failure(AFE_CORRUPT, "no PNG header");
    check_size(big_endian(bytes + 16), big_endian(bytes + 20), limits);
    check_chunks(bytes, count);

    png_decompression self(bytes, count);
    if (!read_header(self, limits)) self.fail();
    decoded result;
    result.whole_width = static_cast<int32_t>(png_get_image_width(self.reader, self.info));
    result.whole_height = static_cast<int32_t>(png_get_image_height(self.reader, self.info));
    const int channels = png_get_channels(self.reader, self.info);
    const size_t width = static_cast<size_t>(result.whole_width);
    if ((channels != 3 && channels != 4)
        || png_get_rowbytes(self.reader, self.info) != width * static_cast<size_t>(channels)) {
        throw failure(AFE_UNSUPPORTED_FORMAT, "unusual arrangement of channels");
    }

    cv::Mat stored(result.whole_height, result.whole_width, CV_8UC(channels));
    std::vector<png_bytep> rows(static_cast<size_t>(result.whole_height));
    for (size_t row = 0; row < rows.size(); row++) rows[row] = stored.ptr<uint8_t>(static_cast<int>(row));
    if (!read_pixels(self, rows.data())) self.fail();
    result.orientation = orientation(self);

    const cv::Mat rgb = channels == 4 ? rgb_on_white(stored) : stored;
    const int shrink = shrink_factor(result.whole_width, result.whole_height, limits.target_side, 64);
    if (shrink > 1) {
        const cv::Size size((rgb.cols + shrink - 1) / shrink, (rgb.rows + shrink - 1) / shrink);
        cv::resize(rgb, result.pixels, size, 0, 0, cv::INTER_AREA);
    } else {
        result.pixels = channels == 4 ? rgb.clone() : rgb;
    }
    return result;
}
