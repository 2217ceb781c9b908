// zlib for Swift: its initialiser is a macro.

#ifndef ATTESTD_CZLIB_SHIM_H
#define ATTESTD_CZLIB_SHIM_H

#include <zlib.h>

/// Begins compressing to the gzip format (RFC 1952), as small as it gets.
static inline int czlib_begin_gzip(z_stream *stream) {
    return deflateInit2(stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
}

#endif
