// libxlsxwriter for Swift, and a file in memory for it to write to: Debian 12's version writes to named files only, and
// a grade sheet must not lie in a folder for temporary files.

#ifndef ATTESTD_CXLSXWRITER_SHIM_H
#define ATTESTD_CXLSXWRITER_SHIM_H

#include <xlsxwriter.h>

/// Of glibc 2.27 and later; its header declares it to GNU sources only, and a module cannot ask for that by itself.
extern int memfd_create(const char *_Nonnull name, unsigned int flags);

/// A file that lies in memory only, or -1; to be closed by the caller.
static inline int cxlsx_memory_file(void)
{
    return memfd_create("sheet", 1U /* MFD_CLOEXEC */);
}

#endif
