// libcurl for Swift.
//
// Swift cannot call C functions with variable arguments, and libcurl sets options and answers questions through such
// functions only. Each function here wraps one of those calls for one type of argument and adds nothing to it.
// Everything else is called directly.

#ifndef ATTESTD_CCURL_SHIM_H
#define ATTESTD_CCURL_SHIM_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>

/// Receives a piece of the body; answers how many bytes it took. Anything but `size * count` ends the transfer.
typedef size_t (*ccurl_write_callback)(
    char *_Nullable bytes, size_t size, size_t count, void *_Nullable context);

static inline CURLcode ccurl_set_long(CURL *_Nonnull handle, CURLoption option, long value)
{
    return curl_easy_setopt(handle, option, value);
}

/// libcurl copies the text; NULL takes the default away.
static inline CURLcode ccurl_set_string(CURL *_Nonnull handle, CURLoption option, const char *_Nullable value)
{
    return curl_easy_setopt(handle, option, value);
}

/// The bytes stay the caller's and must outlive the transfer.
static inline CURLcode ccurl_set_post_fields(CURL *_Nonnull handle, const char *_Nonnull bytes, long count)
{
    CURLcode status = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, count);
    return status ? status : curl_easy_setopt(handle, CURLOPT_POSTFIELDS, bytes);
}

/// The list stays the caller's and must outlive the transfer.
static inline CURLcode ccurl_set_headers(CURL *_Nonnull handle, struct curl_slist *_Nullable headers)
{
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

static inline CURLcode ccurl_set_write(
    CURL *_Nonnull handle, ccurl_write_callback _Nonnull callback, void *_Nullable context)
{
    CURLcode status = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
    return status ? status : curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

/// Asked before each connection: opens the socket, or refuses with CURL_SOCKET_BAD.
static inline CURLcode ccurl_set_open_socket(
    CURL *_Nonnull handle, curl_opensocket_callback _Nonnull callback, void *_Nullable context)
{
    CURLcode status = curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
    return status ? status : curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
}

/// Copies an address's bytes in network order: 4, 16, or none where it is of neither IPv4 nor IPv6. `bytes` has room for 16.
static inline int ccurl_address_bytes(const struct curl_sockaddr *_Nonnull address, unsigned char *_Nonnull bytes)
{
    // The struct's last member is longer than it is declared: libcurl keeps whole addresses in it.
    if (address->family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)&address->addr;
        memcpy(bytes, &four->sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)&address->addr;
        memcpy(bytes, &six->sin6_addr, 16);
        return 16;
    }
    return 0;
}

/// The status of the last answer, or 0.
static inline long ccurl_status(CURL *_Nonnull handle)
{
    long status = 0;
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status) ? 0 : status;
}

/// The Content-Type of the last answer, owned by the handle.
static inline const char *_Nullable ccurl_content_type(CURL *_Nonnull handle)
{
    char *type = NULL;
    return curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type) ? NULL : type;
}

#endif
