// libzip for Swift.

#ifndef ATTESTD_CZIP_SHIM_H
#define ATTESTD_CZIP_SHIM_H

#include <zip.h>

#endif
