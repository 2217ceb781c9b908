#include "internal.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <jpeglib.h>

namespace {

/// One compression. As in decoding, libjpeg's longjmp must not skip a destructor: the function that calls setjmp holds
/// trivial values only, and this object lives in its caller's frame.
struct jpeg_compression {
    jpeg_compress_struct info;
    jpeg_error_mgr errors;
    jmp_buf jump;
    uint8_t *bytes = nullptr;
    unsigned long count = 0;
    char message[JMSG_LENGTH_MAX] = {0};

    jpeg_compression() {
        std::memset(&info, 0, sizeof info);
        info.err = jpeg_std_error(&errors);
        info.client_data = this;
    }
    ~jpeg_compression() {
        jpeg_destroy_compress(&info);
        std::free(bytes);
    }
    jpeg_compression(const jpeg_compression &) = delete;
    jpeg_compression &operator=(const jpeg_compression &) = delete;
};

[[noreturn]] void give_up(j_common_ptr info) {
    auto &self = *static_cast<jpeg_compression *>(info->client_data);
    info->err->format_message(info, self.message);
    longjmp(self.jump, 1);
}

void print_nothing(j_common_ptr) {}

bool compress(jpeg_compression &self, const uint8_t *pixels, int32_t width, int32_t height, int32_t quality) {
    if (setjmp(self.jump) != 0) return false;
    self.errors.error_exit = give_up;
    self.errors.output_message = print_nothing;
    jpeg_create_compress(&self.info);
    jpeg_mem_dest(&self.info, &self.bytes, &self.count);
    self.info.image_width = static_cast<JDIMENSION>(width);
    self.info.image_height = static_cast<JDIMENSION>(height);
    self.info.input_components = 3;
    self.info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&self.info);
    jpeg_set_quality(&self.info, quality, TRUE);
    jpeg_start_compress(&self.info, TRUE);
    const size_t stride = static_cast<size_t>(width) * 3;
    while (self.info.next_scanline < self.info.image_height) {
        // libjpeg only reads the rows; its interface is older than const.
        JSAMPROW row = const_cast<uint8_t *>(pixels) + stride * self.info.next_scanline;
        jpeg_write_scanlines(&self.info, &row, 1);
    }
    jpeg_finish_compress(&self.info);
    return true;
}

}  // namespace

uint8_t *afe_jpeg_encode(
    const uint8_t *pixels, int32_t width, int32_t height, int32_t quality, size_t *count, afe_error *error) {
    return afe::guarded(*error, static_cast<uint8_t *>(nullptr), [&]() -> uint8_t * {
        if (width < 1 || height < 1 || width > JPEG_MAX_DIMENSION || height > JPEG_MAX_DIMENSION) {
            throw afe::failure(AFE_TOO_MANY_PIXELS, "a JPEG picture has 1 to 65500 rows and columns");
        }
        jpeg_compression self;
        if (!compress(self, pixels, width, height, quality)) throw afe::failure(AFE_INTERNAL, self.message);
        *count = self.count;
        uint8_t *bytes = self.bytes;
        self.bytes = nullptr;
        return bytes;
    });
}

void afe_bytes_free(uint8_t *bytes) { std::free(bytes); }
