/* libqrencode needs no wrapper functions: nothing in it is variadic. This header
   only gives the module map one name to hold on to, wherever Debian puts it. */
#ifndef ATTESTD_CQRENCODE_SHIM_H
#define ATTESTD_CQRENCODE_SHIM_H

#include <qrencode.h>

#endif
