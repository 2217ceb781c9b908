#include "CVectorKernels.h"

// What chooses a version runs before the thread sanitizer is set up, and would crash in it.
#if defined(__x86_64__) && !__has_feature(thread_sanitizer)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

/// Sixteen numbers wherever they lie.
typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));

FOR_EACH_PROCESSOR
void cvk_inner_products(float *products, const float *rows, size_t count, size_t width, const float *probe) {
    for (size_t row = 0; row < count; row++) {
        const float *values = rows + row * width;
        lanes even = {0};
        lanes odd = {0};
        size_t place = 0;
        for (; place + 32 <= width; place += 32) {
            even += *(const lanes *)(values + place) * *(const lanes *)(probe + place);
            odd += *(const lanes *)(values + place + 16) * *(const lanes *)(probe + place + 16);
        }
        if (place < width) even += *(const lanes *)(values + place) * *(const lanes *)(probe + place);
        // In four steps, not fifteen: halves are added to halves.
        lanes both = even + odd;
        both += __builtin_shufflevector(both, both, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
        both += __builtin_shufflevector(both, both, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
        both += __builtin_shufflevector(both, both, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
        products[row] = both[0] + both[1];
    }
}
