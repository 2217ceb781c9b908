#ifndef CFACEENGINE_H
#define CFACEENGINE_H

// The face engine: pictures (libjpeg-turbo, libpng) and neural networks (oneDNN, OpenCV) behind plain C.
//
// Why C: a C++ exception must never unwind into Swift, and no type of theirs should be visible outside this target.
// Every function catches everything and reports it in `afe_error`.
//
// Threads: an `afe_image` is immutable after it was decoded. An `afe_engine` keeps scratch memory inside its networks:
// use one engine from one thread at a time, and create one engine per worker.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

/// What went wrong. The values are stable.
typedef enum {
    AFE_OK = 0,
    /// The file has more bytes than the caps allow.
    AFE_TOO_LARGE = 1,
    /// The picture has more pixels, a longer side or needs more memory than the caps allow; known before decoding.
    AFE_TOO_MANY_PIXELS = 2,
    /// Neither JPEG nor PNG, or a variant of them that nobody's camera writes.
    AFE_UNSUPPORTED_FORMAT = 3,
    /// The file is damaged or cut short.
    AFE_CORRUPT = 4,
    /// A network could not be built from the bytes given, or its output has the wrong shape.
    AFE_BAD_MODEL = 5,
    /// Anything else: out of memory, an error inside a library.
    AFE_INTERNAL = 6,
} afe_code;

/// Filled by a function that failed; untouched by one that succeeded.
typedef struct {
    afe_code code;
    char message[240];
} afe_error;

typedef struct {
    float x;
    float y;
} afe_point;

// MARK: - Pictures

/// Caps that are checked before any pixel is decoded, and the size to which big pictures are shrunk.
typedef struct {
    size_t max_bytes;
    uint64_t max_pixels;
    int32_t max_side;
    /// Pictures are shrunk by a power of two as long as their longer side stays at least this long.
    int32_t target_side;
    /// Whether binary PGM files are read too, as data sets of faces have them.
    bool accepts_pgm;
} afe_limits;

typedef struct {
    /// Size of the whole picture in pixels, upright (after its EXIF orientation).
    int32_t width;
    int32_t height;
    /// Size of what is kept in memory.
    int32_t kept_width;
    int32_t kept_height;
    /// EXIF orientation that was applied, 1 to 8.
    int32_t orientation;
    /// Mean and standard deviation of the luminance over the whole picture, 0 to 255.
    float brightness;
    float contrast;
    uint64_t decode_nanoseconds;
} afe_image_info;

/// A decoded picture: upright, RGB, 8 bits a channel.
typedef struct afe_image afe_image;

/// Decodes a JPEG or PNG file. NULL on failure. The bytes are not kept.
afe_image *_Nullable afe_image_decode(
    const uint8_t *_Nullable bytes, size_t count, const afe_limits *_Nonnull limits, afe_error *_Nonnull error);

void afe_image_free(afe_image *_Nullable image);

afe_image_info afe_image_get_info(const afe_image *_Nonnull image);

// MARK: - Pixels

// Rasters are RGB, 8 bits a channel, row by row without padding. Loops over whole pictures are on this side of the
// boundary because a debug build of Swift takes a second for what takes milliseconds here.

/// Copies the pixels kept of a picture, `kept_width` x `kept_height`. False unless `count` is 3 bytes for each.
bool afe_image_copy_pixels(
    const afe_image *_Nonnull image, uint8_t *_Nonnull pixels, size_t count, afe_error *_Nonnull error);

/// Encodes a raster as a baseline JPEG with chroma at half resolution. NULL on failure.
/// The bytes belong to the caller, who frees them with `afe_bytes_free`.
uint8_t *_Nullable afe_jpeg_encode(
    const uint8_t *_Nonnull pixels, int32_t width, int32_t height, int32_t quality, size_t *_Nonnull count,
    afe_error *_Nonnull error);

void afe_bytes_free(uint8_t *_Nullable bytes);

/// Scales a raster: by area where it shrinks, cubic where it grows.
bool afe_pixels_resize(
    const uint8_t *_Nonnull pixels, int32_t width, int32_t height, uint8_t *_Nonnull scaled, int32_t scaled_width,
    int32_t scaled_height, afe_error *_Nonnull error);

/// A corner of a triangle to draw.
typedef struct {
    /// Where it lies in the target, pixels.
    float x;
    float y;
    /// Distance from the camera, above zero, any unit.
    float depth;
    /// Where it lies in the texture, pixels; beyond the edges the edge continues.
    float u;
    float v;
    /// Factor on the texture's values.
    float light;
} afe_vertex;

/// Draws textured triangles (three indices each) with perspective and a z-buffer of one float a pixel, larger than any
/// distance where nothing was drawn yet. A triangle with a corner at or behind the camera is left out.
bool afe_pixels_draw(
    uint8_t *_Nonnull pixels, float *_Nonnull depths, int32_t width, int32_t height, const uint8_t *_Nonnull texture,
    int32_t texture_width, int32_t texture_height, const afe_vertex *_Nonnull vertices, size_t vertex_count,
    const uint32_t *_Nonnull indices, size_t index_count, afe_error *_Nonnull error);

/// Multiplies by `gain`, then adds a sensor's noise of standard deviation sqrt(read^2 + shot * value).
/// The same seed gives the same noise.
void afe_pixels_expose(
    uint8_t *_Nonnull pixels, size_t count, float gain, float read, float shot, uint64_t seed);

// MARK: - Engine

typedef struct {
    /// The picture's longer side is scaled to this many pixels before detection.
    int32_t longer_side;
    float score_threshold;
    /// Overlap (intersection over union) above which the weaker of two boxes is dropped.
    float overlap_threshold;
} afe_detector_options;

typedef struct {
    /// Side of the square face picture (chip) that the embedder takes.
    int32_t chip_side;
    /// Where eyes, nose tip and mouth corners lie in the chip, in the order of `afe_face.landmarks`.
    afe_point chip_points[5];
    /// Input of the network = (value - mean) * scale, values 0 to 255.
    float mean[3];
    float scale;
    /// The network wants blue first.
    bool blue_first;
    /// Embed the chip and its mirror image and add both.
    bool mirror;
    /// How many numbers the network gives.
    int32_t dimensions;
} afe_embedder_options;

/// Detector and embedder, with their scratch memory.
typedef struct afe_engine afe_engine;

/// What runs a network.
typedef enum {
    /// Fast, but only for the operators that the models brought along consist of.
    AFE_RUNTIME_ONEDNN = 1,
    /// For any other model put in place by manifest.
    AFE_RUNTIME_OPENCV = 2,
} afe_runtime;

/// Builds both networks from ONNX files in memory. NULL on failure. The bytes are not kept.
/// oneDNN runs a network of which it knows every operator, OpenCV any other.
afe_engine *_Nullable afe_engine_create(
    const uint8_t *_Nonnull detector, size_t detector_count, const afe_detector_options *_Nonnull detector_options,
    const uint8_t *_Nonnull embedder, size_t embedder_count, const afe_embedder_options *_Nonnull embedder_options,
    afe_error *_Nonnull error);

/// The same with one of them for both networks, so that they can be compared; fails where it cannot run them.
afe_engine *_Nullable afe_engine_create_on(
    afe_runtime runtime, const uint8_t *_Nonnull detector, size_t detector_count,
    const afe_detector_options *_Nonnull detector_options, const uint8_t *_Nonnull embedder, size_t embedder_count,
    const afe_embedder_options *_Nonnull embedder_options, afe_error *_Nonnull error);

/// What the engine runs its networks with.
afe_runtime afe_engine_detector_runtime(const afe_engine *_Nonnull engine);
afe_runtime afe_engine_embedder_runtime(const afe_engine *_Nonnull engine);

void afe_engine_free(afe_engine *_Nullable engine);

/// One face. Coordinates are pixels of the whole upright picture; a box or landmark may lie outside it.
typedef struct {
    float left;
    float top;
    float right;
    float bottom;
    float score;
    /// Left eye, right eye, nose tip, left and right mouth corner, as seen in the picture.
    afe_point landmarks[5];
    /// Share (0 to 1) of the aligned chip that lies outside the picture.
    float chip_outside;
} afe_face;

typedef struct {
    /// Inside the network.
    uint64_t forward_nanoseconds;
    /// Before and behind the network: scaling, padding, decoding its outputs; for the embedder cutting the chip.
    uint64_t rest_nanoseconds;
} afe_timing;

/// Finds at most `capacity` faces, strongest first. Returns how many, or -1 on failure.
int32_t afe_engine_detect(
    afe_engine *_Nonnull engine, const afe_image *_Nonnull image, afe_face *_Nonnull faces, int32_t capacity,
    afe_timing *_Nonnull timing, afe_error *_Nonnull error);

/// Measured on an aligned face of its own size, so that size and tilt of the face do not matter, nor which embedder is
/// in place. "Luminance" is 0 to 255; what lies outside the picture is left out, and a part that lies there as a whole is
/// not a number.
typedef struct {
    /// Mean and standard deviation of the face's luminance.
    float brightness;
    float contrast;
    /// Mean square of the Laplacian over the mean square of the detail (what differs from its surroundings): blur lowers
    /// it, dim or uneven light does not.
    float sharpness;
    /// Shares (0 to 1) of the face with a luminance of at most 25, and of at least 247.
    float dark_share;
    float bright_share;
    /// Entropy of the luminance's histogram in bits, 0 to 8.
    float entropy;
    /// Overlap (0 to 1) of the luminance's histograms of both cheeks.
    float light_overlap;
    /// Mean luminance of the left cheek (as seen in the picture) less that of the right one, over the larger: -1 to 1.
    float light_balance;
    /// Standard deviation of the luminance of each eye and of the mouth, over the face's mean luminance.
    float left_eye_detail;
    float right_eye_detail;
    float mouth_detail;
    /// Mean gradient of the luminance around the head, in levels over a sixth of the distance between the eyes.
    float background_gradient;
} afe_face_measures;

/// Cuts the aligned chip and embeds it as a vector of unit length. Returns false on failure.
/// `values` takes as many numbers as the embedder options said.
bool afe_engine_embed(
    afe_engine *_Nonnull engine, const afe_image *_Nonnull image, const afe_point *_Nonnull landmarks,
    float *_Nonnull values, afe_timing *_Nonnull timing, afe_error *_Nonnull error);

/// Measures the quality of a face. Returns false on failure.
bool afe_engine_measure(
    afe_engine *_Nonnull engine, const afe_image *_Nonnull image, const afe_point *_Nonnull landmarks,
    afe_face_measures *_Nonnull measures, afe_error *_Nonnull error);

#if defined(__cplusplus)
}
#endif

#endif
