#ifndef CVECTORKERNELS_H
#define CVECTORKERNELS_H

// The one loop of the gallery search that must run at the speed of memory. Swift compiles for the oldest x86-64 only;
// here the loader picks the version that the processor has the registers for.

#include <stddef.h>

/// Writes the inner product of a probe with each of `count` rows of `width` values, a multiple of 16.
void cvk_inner_products(
    float *_Nonnull products, const float *_Nonnull rows, size_t count, size_t width, const float *_Nonnull probe);

#endif
