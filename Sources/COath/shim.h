/* liboath needs no wrapper functions: nothing in it is variadic. This header
   only gives the module map one name to hold on to, wherever Debian puts it. */
#ifndef ATTESTD_COATH_SHIM_H
#define ATTESTD_COATH_SHIM_H

#include <oath.h>

#endif
