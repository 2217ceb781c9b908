#pragma once

#include "internal.hpp"

namespace afe {

/// Turn, scale and shift: (x, y) -> (a x - b y + c, b x + a y + d).
struct similarity {
    double a;
    double b;
    double c;
    double d;

    double scale() const;
    similarity inverted() const;
};

/// The least-squares similarity from the landmarks to the embedder's chip points.
similarity fit_to_chip(const afe_point *landmarks, const afe_embedder_options &options);

/// The aligned face, RGB; what lies outside the picture is black.
cv::Mat cut_chip(const afe_image &image, const afe_point *landmarks, const afe_embedder_options &options);

/// The same, cut only once when one face is asked for several times in turn. Valid until the next call.
const cv::Mat &cut_chip(
    afe_engine &engine, const afe_image &image, const afe_point *landmarks, const afe_embedder_options &options);

/// Share (0 to 1) of the chip that lies outside a picture of `width` x `height` pixels.
float share_outside(
    const afe_point *landmarks, const afe_embedder_options &options, int32_t width, int32_t height);

}  // namespace afe
