#include "decode.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jpeglib.h>
// The message numbers, needed to tell a cut file from an unusual one.
#include <jerror.h>

namespace {

// A legitimate progressive file has some ten scans; thousands of them are a denial of service.
const int most_scans = 64;
// Coefficients of a progressive picture are held as a whole: 2 bytes each.
const long most_memory = 256L << 20;

/// One decompression. libjpeg reports errors through longjmp, which must not skip a destructor: so the functions that
/// call setjmp hold trivial values only, and this object, which owns everything, lives in their caller's frame.
struct jpeg_decompression {
    jpeg_decompress_struct info;
    jpeg_error_mgr errors;
    jpeg_progress_mgr progress;
    jmp_buf jump;
    afe_code code = AFE_CORRUPT;
    char message[JMSG_LENGTH_MAX] = {0};

    jpeg_decompression() {
        std::memset(&info, 0, sizeof info);
        std::memset(&progress, 0, sizeof progress);
        info.err = jpeg_std_error(&errors);
        info.client_data = this;
    }
    ~jpeg_decompression() { jpeg_destroy_decompress(&info); }
    jpeg_decompression(const jpeg_decompression &) = delete;
    jpeg_decompression &operator=(const jpeg_decompression &) = delete;

    [[noreturn]] void fail() const { throw afe::failure(code, message); }
};

[[noreturn]] void give_up(j_common_ptr info) {
    auto &self = *static_cast<jpeg_decompression *>(info->client_data);
    info->err->format_message(info, self.message);
    switch (info->err->msg_code) {
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_ARITH_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_COMPONENT_COUNT: self.code = AFE_UNSUPPORTED_FORMAT; break;
    case JERR_NO_BACKING_STORE:
    case JERR_OUT_OF_MEMORY:
    case JERR_IMAGE_TOO_BIG: self.code = AFE_TOO_MANY_PIXELS; break;
    default: self.code = AFE_CORRUPT; break;
    }
    longjmp(self.jump, 1);
}

/// libjpeg only warns when data are missing and paints the rest grey: evidence with a grey half is not evidence.
void judge_message(j_common_ptr info, int level) {
    if (level >= 0) return;
    switch (info->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
    case JWRN_TOO_MUCH_DATA: return;
    default: give_up(info);
    }
}

void print_nothing(j_common_ptr) {}

void count_scans(j_common_ptr info) {
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= most_scans) return;
    auto &self = *static_cast<jpeg_decompression *>(info->client_data);
    self.code = AFE_CORRUPT;
    std::snprintf(self.message, sizeof self.message, "more than %d scans", most_scans);
    longjmp(self.jump, 1);
}

bool read_header(jpeg_decompression &self, const uint8_t *bytes, size_t count) {
    if (setjmp(self.jump) != 0) return false;
    self.errors.error_exit = give_up;
    self.errors.emit_message = judge_message;
    self.errors.output_message = print_nothing;
    jpeg_create_decompress(&self.info);
    self.info.mem->max_memory_to_use = most_memory;
    self.progress.progress_monitor = count_scans;
    self.info.progress = &self.progress;
    jpeg_mem_src(&self.info, bytes, static_cast<unsigned long>(count));
    jpeg_save_markers(&self.info, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&self.info, TRUE);
    return true;
}

bool start(jpeg_decompression &self, int shrink) {
    if (setjmp(self.jump) != 0) return false;
    const bool inks = self.info.jpeg_color_space == JCS_CMYK || self.info.jpeg_color_space == JCS_YCCK;
    self.info.out_color_space = inks ? JCS_CMYK : JCS_RGB;
    self.info.scale_num = 1;
    self.info.scale_denom = static_cast<unsigned>(shrink);
    jpeg_start_decompress(&self.info);
    return true;
}

bool read_pixels(jpeg_decompression &self, uint8_t *pixels, size_t stride) {
    if (setjmp(self.jump) != 0) return false;
    while (self.info.output_scanline < self.info.output_height) {
        // Several rows a call: the up-sampler works on pairs of rows.
        JSAMPROW rows[8];
        for (int index = 0; index < 8; index++) {
            const size_t last = self.info.output_height - 1;
            const size_t row = self.info.output_scanline + static_cast<size_t>(index);
            rows[index] = pixels + stride * (row < last ? row : last);
        }
        const unsigned left = self.info.output_height - self.info.output_scanline;
        jpeg_read_scanlines(&self.info, rows, left < 8 ? left : 8);
    }
    // Reads to the end mark, so that a file without its last bytes is noticed too.
    jpeg_finish_decompress(&self.info);
    return true;
}

int orientation(const jpeg_decompression &self) {
    static const uint8_t prefix[6] = {'E', 'x', 'i', 'f', 0, 0};
    for (jpeg_saved_marker_ptr marker = self.info.marker_list; marker != nullptr; marker = marker->next) {
        if (marker->marker != JPEG_APP0 + 1 || marker->data_length < sizeof prefix) continue;
        if (std::memcmp(marker->data, prefix, sizeof prefix) != 0) continue;
        return afe::exif_orientation(marker->data + sizeof prefix, marker->data_length - sizeof prefix);
    }
    return 1;
}

/// Inks to light, in place: row by row, three bytes behind four. Adobe's files hold the inks inverted.
cv::Mat rgb_from_inks(const cv::Mat &inks, bool inverted) {
    for (int y = 0; y < inks.rows; y++) {
        const uint8_t *from = inks.ptr<uint8_t>(y);
        uint8_t *to = const_cast<uint8_t *>(from);
        for (int x = 0; x < inks.cols; x++, from += 4) {
            const int black = inverted ? from[3] : 255 - from[3];
            for (int channel = 0; channel < 3; channel++) {
                const int light = inverted ? from[channel] : 255 - from[channel];
                *to++ = static_cast<uint8_t>((light * black + 127) / 255);
            }
        }
    }
    return cv::Mat(inks.rows, inks.cols, CV_8UC3, inks.data, inks.step).clone();
}

}  // namespace

afe::decoded afe::decode_jpeg(const uint8_t *bytes, size_t count, const afe_limits &limits) {
    jpeg_decompression self;
    if (!read_header(self, bytes, count)) self.fail();
    check_size(self.info.image_width, self.info.image_height, limits);

    decoded result;
    result.whole_width = static_cast<int32_t>(self.info.image_width);
    result.whole_height = static_cast<int32_t>(self.info.image_height);
    result.orientation = orientation(self);
    if (!start(self, shrink_factor(result.whole_width, result.whole_height, limits.target_side, 8))) self.fail();

    const int channels = self.info.output_components;
    if (channels != 3 && channels != 4) throw failure(AFE_UNSUPPORTED_FORMAT, "unusual number of colour components");
    result.pixels.create(
        static_cast<int>(self.info.output_height), static_cast<int>(self.info.output_width), CV_8UC(channels));
    if (!read_pixels(self, result.pixels.data, result.pixels.step)) self.fail();
    if (channels == 4) result.pixels = rgb_from_inks(result.pixels, self.info.saw_Adobe_marker != 0);
    return result;
}
