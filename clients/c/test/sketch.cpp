/*
 * Runs the Arduino example on this machine: threads in place of tasks, a file in place of flash. Compile it with
 * -DSKETCH='"…/iot_events_example.ino"'. It never ends.
 */
#include "arduino-stubs/host.h"

#include <cstdarg>
#include <mutex>
#include <thread>

#include SKETCH

HardwareSerial Serial;
LittleFSFS LittleFS;

Print::~Print() {}
size_t Print::write(const uint8_t *bytes, size_t length) { return fwrite(bytes, 1, length, stdout); }
void Print::flush() { fflush(stdout); }
size_t Print::println(const char *text) { return printf("%s\n", text); }
size_t Print::printf(const char *format, ...) {
  va_list values;
  va_start(values, format);
  const int length = vprintf(format, values);
  va_end(values);
  return static_cast<size_t>(length);
}
void HardwareSerial::begin(unsigned long) { setvbuf(stdout, nullptr, _IONBF, 0); }
size_t HardwareSerial::write(uint8_t byte) { return Print::write(&byte, 1); }
int HardwareSerial::available() { return 0; }
int HardwareSerial::read() { return -1; }
int HardwareSerial::peek() { return -1; }

wl_status_t WiFiClass::begin(const char *, const char *) { return WL_CONNECTED; }
void WiFiClientSecure::setCACert(const char *) {}
float temperatureRead() { return 21.5f; }

static std::mutex theMutex;
SemaphoreHandle_t xSemaphoreCreateMutex() { return nullptr; }
int xSemaphoreTake(SemaphoreHandle_t, uint32_t) { return theMutex.lock(), 1; }
int xSemaphoreGive(SemaphoreHandle_t) { return theMutex.unlock(), 1; }
int xTaskCreate(void (*code)(void *), const char *, uint32_t, void *argument, unsigned, void *) {
  std::thread(code, argument).detach();
  return 1;
}

/* The files are in the working directory. */
class FileImpl {
 public:
  explicit FileImpl(FILE *file) : file(file) {}
  FILE *file;
};
size_t File::write(const uint8_t *bytes, size_t size) { return fwrite(bytes, 1, size, file_->file); }
size_t File::read(uint8_t *bytes, size_t size) { return fread(bytes, 1, size, file_->file); }
void File::close() {
  if (file_) fclose(file_->file);
  file_.reset();
}
File::operator bool() const { return file_ != nullptr; }
bool LittleFSFS::begin(bool) { return true; }
File LittleFSFS::open(const char *path, const char *mode, const bool) {
  File file;
  FILE *opened = fopen(path + 1, mode);
  if (opened) file.file_ = std::make_shared<FileImpl>(opened);
  return file;
}
bool LittleFSFS::exists(const char *path) { return access(path + 1, F_OK) == 0; }
bool LittleFSFS::remove(const char *path) { return ::remove(path + 1) == 0; }
bool LittleFSFS::rename(const char *from, const char *to) { return ::rename(from + 1, to + 1) == 0; }

int main() {
  setup();
  for (;;) loop();
}
