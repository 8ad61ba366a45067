#pragma once

#include <memory>

#include "Arduino.h"

#define FILE_READ "r"
#define FILE_WRITE "w"

class FileImpl;

class File {
 public:
  size_t write(const uint8_t *bytes, size_t size);
  size_t read(uint8_t *bytes, size_t size);
  void close();
  operator bool() const;

  std::shared_ptr<FileImpl> file_;
};

class LittleFSFS {
 public:
  bool begin(bool formatOnFail = false);
  File open(const char *path, const char *mode = FILE_READ, const bool create = false);
  bool exists(const char *path);
  bool remove(const char *path);
  bool rename(const char *from, const char *to);
};

extern LittleFSFS LittleFS;
