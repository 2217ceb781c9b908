// Pango and cairo for Swift.
//
// GObject's casts are macros, which Swift does not see; each function here does one cast or one call with a macro in
// its arguments, and adds nothing to it. Everything else is called directly.

#ifndef ATTESTD_CPANGO_SHIM_H
#define ATTESTD_CPANGO_SHIM_H

#include <cairo/cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

/// A map of the fonts that a configuration names and of no others; to be released with `cpango_release`. It keeps a
/// reference to the configuration. One unit is one point.
static inline PangoFontMap *_Nullable cpango_font_map_create(FcConfig *_Nonnull fonts)
{
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (map == NULL)
        return NULL;
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), fonts);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72.0);
    return map;
}

/// Gives up a reference to an object of Pango.
static inline void cpango_release(void *_Nonnull object)
{
    g_object_unref(object);
}

/// Whether the fonts of a file could be added.
static inline int cpango_add_font(FcConfig *_Nonnull fonts, const char *_Nonnull file)
{
    return FcConfigAppFontAddFile(fonts, (const FcChar8 *)file) == FcTrue;
}

#endif
