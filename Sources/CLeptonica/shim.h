/* Nothing of leptonica that is used is variadic. This header gives the module
   map one name to hold on to, wherever Debian puts the library. */
#ifndef ATTESTD_CLEPTONICA_SHIM_H
#define ATTESTD_CLEPTONICA_SHIM_H

#include <leptonica/allheaders.h>

#endif
