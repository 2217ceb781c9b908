// libcrypto's time stamps (RFC 3161) for Swift.
//
// Flags and the allocator are macros, which Swift does not see; each function here does one call with one of them, and
// adds nothing to it. Everything else is called directly.

#ifndef ATTESTD_COPENSSL_SHIM_H
#define ATTESTD_COPENSSL_SHIM_H

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

/// What a stamp must be that answers a request: its version, imprint and nonce, and signed by whom the store trusts. The
/// context takes the store.
static inline TS_VERIFY_CTX *_Nullable copenssl_verification_of_answer(
    TS_REQ *_Nonnull request, X509_STORE *_Nonnull store)
{
    TS_VERIFY_CTX *context = TS_REQ_to_TS_VERIFY_CTX(request, NULL);
    if (context == NULL)
        return NULL;
    TS_VERIFY_CTX_add_flags(context, TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_store(context, store);
    return context;
}

/// What a stamp must be that was kept: its version and imprint, and signed by whom the store trusts. The context takes the
/// store and keeps a copy of the imprint.
static inline TS_VERIFY_CTX *_Nullable copenssl_verification_of_kept(
    X509_STORE *_Nonnull store, const unsigned char *_Nonnull imprint, long count)
{
    TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
    if (context == NULL)
        return NULL;
    TS_VERIFY_CTX_set_flags(context, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_imprint(context, (unsigned char *)OPENSSL_memdup(imprint, (size_t)count), count);
    TS_VERIFY_CTX_set_store(context, store);
    return context;
}

/// Gives up what `i2d_…` has allocated.
static inline void copenssl_free(void *_Nullable bytes)
{
    OPENSSL_free(bytes);
}

#endif
