// libical for Swift: all its functions that are used here can be called as they are.

#ifndef ATTESTD_CICAL_SHIM_H
#define ATTESTD_CICAL_SHIM_H

#include <libical/ical.h>

#endif
