#ifndef CPAGES_H
#define CPAGES_H

// The files of the pages, as they stand in Sources/Pages/Site, inside the program. C has `#embed`: a literal of as many
// bytes would keep the Swift compiler busy for minutes.

#include <stddef.h>

/// One file.
struct cpages_file {
    /// Its path below Sources/Pages/Site, such as "lib/api.js".
    const char *_Nonnull path;
    const unsigned char *_Nonnull bytes;
    size_t count;
};

/// How many files there are.
extern const size_t cpages_file_count;

/// The file at a place below `cpages_file_count`.
const struct cpages_file *_Nonnull cpages_file_at(size_t place);

#endif
