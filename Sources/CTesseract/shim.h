/* Nothing of tesseract that is used is variadic. This header gives the module
   map one name to hold on to, wherever Debian puts the library. */
#ifndef ATTESTD_CTESSERACT_SHIM_H
#define ATTESTD_CTESSERACT_SHIM_H

#include <tesseract/capi.h>

#endif
