// GNU libmicrohttpd for Swift.
//
// Swift cannot call C functions with variable arguments, and libmicrohttpd starts its daemon and answers
// questions about connections through such functions only. Each function here wraps one of those calls and adds
// nothing to it. Everything else is called directly.

#ifndef CMICROHTTPD_SHIM_H
#define CMICROHTTPD_SHIM_H

#include <microhttpd.h>
#include <stdint.h>
#include <sys/socket.h>

/// Called with the raw request target, before it is parsed; the result becomes the request's context.
typedef void *_Nullable (*cmh_target_callback)(
    void *_Nullable context, const char *_Nonnull target, struct MHD_Connection *_Nonnull connection);

/// What the daemon is started with. The callbacks all receive `context`.
struct cmh_settings {
    /// A bound, listening, non-blocking socket. The daemon owns it once it has started.
    int listening_socket;
    unsigned int threads;
    unsigned int connection_limit;
    /// Connections from one address; 0 means no limit.
    unsigned int per_address_limit;
    unsigned int idle_seconds;
    size_t connection_memory;
    void *_Nullable context;
    MHD_AccessHandlerCallback _Nonnull on_request;
    MHD_RequestCompletedCallback _Nonnull on_completed;
    cmh_target_callback _Nonnull on_target;
    MHD_NotifyConnectionCallback _Nonnull on_connection;
};

/// Wraps MHD_start_daemon. Returns NULL if the daemon did not start; the socket is then still the caller's.
static inline struct MHD_Daemon *_Nullable cmh_start(const struct cmh_settings *_Nonnull settings)
{
    // A thread pool has two threads or more; with one, libmicrohttpd wants the option left out.
    const struct MHD_OptionItem pool[] = {
        { settings->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t) settings->threads, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    return MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        settings->on_request, settings->context,
        MHD_OPTION_LISTEN_SOCKET, settings->listening_socket,
        MHD_OPTION_CONNECTION_LIMIT, settings->connection_limit,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, settings->per_address_limit,
        MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->connection_memory,
        MHD_OPTION_NOTIFY_COMPLETED, settings->on_completed, settings->context,
        MHD_OPTION_URI_LOG_CALLBACK, settings->on_target, settings->context,
        MHD_OPTION_NOTIFY_CONNECTION, settings->on_connection, settings->context,
        MHD_OPTION_ARRAY, pool,
        MHD_OPTION_END);
}

/// Wraps MHD_set_response_options: the content has no frame of its own and ends with the connection
/// (RFC 9112, section 6.3, rule 8).
static inline enum MHD_Result cmh_end_with_connection(struct MHD_Response *_Nonnull response)
{
    return MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
}

/// Wraps MHD_get_connection_info: the connection's socket, or -1.
static inline int cmh_connection_socket(struct MHD_Connection *_Nonnull connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/// Wraps MHD_get_connection_info: the client's socket address, owned by the connection.
static inline const struct sockaddr *_Nullable cmh_connection_address(struct MHD_Connection *_Nonnull connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

/// Wraps MHD_get_connection_info: the pointer set when the connection was announced.
static inline void *_Nullable cmh_connection_context(struct MHD_Connection *_Nonnull connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/// Wraps MHD_get_connection_info: the status of the queued response, or 0.
static inline unsigned int cmh_connection_status(struct MHD_Connection *_Nonnull connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
    return info ? info->http_status : 0;
}

#endif
