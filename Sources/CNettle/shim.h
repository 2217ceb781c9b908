/* Nettle needs no wrapper functions. This header only gives the module map one
   name to hold on to, wherever Debian puts it. */
#ifndef ATTESTD_CNETTLE_SHIM_H
#define ATTESTD_CNETTLE_SHIM_H

#include <nettle/sha2.h>

#endif
