#define _POSIX_C_SOURCE 200112L
#include "posix_transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int open_socket(void *user) {
  posix_server *server = (posix_server *)user;
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons(server->port);
  inet_pton(AF_INET, server->host, &address.sin_addr);
  server->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (server->socket < 0) return 1;
  if (connect(server->socket, (struct sockaddr *)&address, sizeof address) == 0) return 0;
  close(server->socket);
  return errno == ENETUNREACH ? IOT_EVENTS_NO_LINK : 1;
}

static int to_count(ssize_t count) {
  if (count >= 0) return (int)count;
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
}

static int send_bytes(void *user, const char *bytes, size_t length) {
  return to_count(send(((posix_server *)user)->socket, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT));
}

static int receive_bytes(void *user, char *bytes, size_t size) {
  const ssize_t count = recv(((posix_server *)user)->socket, bytes, size, MSG_DONTWAIT);
  return count == 0 ? -1 : to_count(count);
}

static void close_socket(void *user) { close(((posix_server *)user)->socket); }

static uint32_t read_millis(void *user) {
  struct timespec now;
  (void)user;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)now.tv_sec * 1000u + (uint32_t)(now.tv_nsec / 1000000);
}

static void wait_a_little(void *user) {
  struct pollfd input;
  input.fd = ((posix_server *)user)->socket;
  input.events = POLLIN;
  poll(&input, 1, 10);
}

bool posix_init(posix_server *server, const char *base_url) {
  iot_events_connection *connection = &server->connection;
  bool is_secure;
  memset(server, 0, sizeof *server);
  connection->base_url = base_url;
  connection->open = open_socket;
  connection->send = send_bytes;
  connection->receive = receive_bytes;
  connection->close = close_socket;
  connection->millis = read_millis;
  connection->pause = wait_a_little;
  connection->user = server;
  connection->head = server->head;
  connection->head_size = sizeof server->head;
  return iot_events_http_target(base_url, server->host, sizeof server->host, &server->port, &is_secure) && !is_secure;
}

int posix_send(posix_server *server, const iot_events_request *request, iot_events_reply *reply) {
  return iot_events_http_send(&server->connection, request, reply);
}
