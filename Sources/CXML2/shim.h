// libxml2 for Swift.

#ifndef ATTESTD_CXML2_SHIM_H
#define ATTESTD_CXML2_SHIM_H

// Debian's libxml2 is built with ICU, and its header would bring ICU's, which contradict those of Foundation's own ICU.
// All that hides is two fields at the end of a structure that is only ever handed around by pointer.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>

/// Frees what libxml2 handed over: xmlFree is a global variable, which Swift takes for shared mutable state.
static inline void cxml2_free(void *_Nullable pointer)
{
    xmlFree(pointer);
}

static inline void cxml2_ignore(void *_Nullable context, xmlErrorPtr _Nullable error)
{
    (void)context;
    (void)error;
}

/// Keeps libxml2 from printing errors that belong to no parser, in the calling thread; the setting is the thread's.
static inline void cxml2_silence(void)
{
    xmlSetStructuredErrorFunc(NULL, cxml2_ignore);
}

#endif
