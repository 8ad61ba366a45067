/*
 * Declarations of the ESP32 core that the example and the code samples use, enough to check syntax and types.
 */
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

class String {
 public:
  String(const char *text);
  String operator+(const char *more) const;
  const char *c_str() const;
  unsigned int length() const;
};

class Print {
 public:
  virtual ~Print();
  virtual size_t write(uint8_t byte) = 0;
  virtual size_t write(const uint8_t *bytes, size_t length);
  virtual void flush();
  size_t printf(const char *format, ...) __attribute__((format(printf, 2, 3)));
  size_t println(const char *text);
  size_t println(const String &text);
};

class Stream : public Print {
 public:
  virtual int available() = 0;
  virtual int read() = 0;
  virtual int peek() = 0;
};

class HardwareSerial : public Stream {
 public:
  void begin(unsigned long baud);
  size_t write(uint8_t byte) override;
  int available() override;
  int read() override;
  int peek() override;
};

extern HardwareSerial Serial;
unsigned long millis();
void delay(uint32_t ms);
uint32_t esp_random();
float temperatureRead();

/* FreeRTOS */
typedef struct QueueDefinition *SemaphoreHandle_t;
#define portMAX_DELAY UINT32_MAX
SemaphoreHandle_t xSemaphoreCreateMutex();
int xSemaphoreTake(SemaphoreHandle_t semaphore, uint32_t ticks);
int xSemaphoreGive(SemaphoreHandle_t semaphore);
int xTaskCreate(void (*code)(void *), const char *name, uint32_t stack, void *argument, unsigned priority, void *task);
