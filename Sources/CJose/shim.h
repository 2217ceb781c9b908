// libcjose for Swift.
//
// cjose writes texts with jansson and leaves it to the caller to free them with an allocator that Swift would have to
// ask for; its attribute names are mutable globals, which Swift 6 does not read. Nothing else is wrapped.

#ifndef ATTESTD_CJOSE_SHIM_H
#define ATTESTD_CJOSE_SHIM_H

#include <cjose/cjose.h>

/// The text of a header parameter, owned by the header; NULL if it is absent or no text.
static inline const char *_Nullable ccjose_header_text(cjose_header_t *_Nonnull header, const char *_Nonnull name)
{
    return cjose_header_get(header, name, NULL);
}

/// Whether the header has the parameter, of whatever type.
static inline bool ccjose_header_has(cjose_header_t *_Nonnull header, const char *_Nonnull name)
{
    char *json = cjose_header_get_raw(header, name, NULL);
    bool present = json != NULL;
    cjose_get_dealloc()(json);
    return present;
}

#endif
