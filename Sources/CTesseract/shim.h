/* Nothing of tesseract that is used is variadic. This header gives the module
   map one name to hold on to, wherever Debian puts the library. */
#ifndef ATTESTD_CTESSERACT_SHIM_H
#define ATTESTD_CTESSERACT_SHIM_H

#include <tesseract/capi.h>

/* OpenMP's own header lies where only gcc looks. Tesseract asks for four
   threads for each layer of a network; on few cores they wait for each other
   most of the time. With no active level a region runs on its caller. */
int omp_get_max_active_levels(void);
void omp_set_max_active_levels(int levels);

#endif
