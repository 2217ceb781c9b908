/* libargon2 needs no wrapper functions: nothing in it is variadic. This header
   only gives the module map one name to hold on to, wherever Debian puts it. */
#ifndef ATTESTD_CARGON2_SHIM_H
#define ATTESTD_CARGON2_SHIM_H

#include <argon2.h>

#endif
