/* Declarations of coreHTTP's transport_interface.h that the platform uses. */
#ifndef TRANSPORT_INTERFACE_H_
#define TRANSPORT_INTERFACE_H_

#include <stddef.h>
#include <stdint.h>

typedef struct NetworkContext NetworkContext_t;
typedef int32_t (*TransportRecv_t)(NetworkContext_t *network, void *buffer, size_t size);
typedef int32_t (*TransportSend_t)(NetworkContext_t *network, const void *bytes, size_t length);

typedef struct {
  TransportRecv_t recv;
  TransportSend_t send;
  void *writev;
  NetworkContext_t *pNetworkContext;
} TransportInterface_t;

#endif
