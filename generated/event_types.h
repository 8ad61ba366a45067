/* Made from openapi/event-types/ by scripts/generate.ts: do not edit. */
/*
 * The event types 1.0.0, for the C client. Include it after iot_events.h. The functions keep nothing and
 * take no memory: each returns an event for iot_events_add(), without a date and without an id.
 */
#ifndef IOT_EVENT_TYPES_H
#define IOT_EVENT_TYPES_H

#include "iot_events.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Battery, in %. */
#define IOT_EVENT_BATTERY_PERCENT "battery_percent"
#define IOT_EVENT_BATTERY_PERCENT_UNIT "%"
#ifndef IOT_EVENTS_NO_DOUBLE
static inline iot_events_event iot_event_battery_percent(double value, unsigned decimals) {
  return iot_events_event_of(IOT_EVENT_BATTERY_PERCENT, iot_events_double(value, decimals));
}
#endif

/* Button pressed. */
#define IOT_EVENT_BUTTON_PRESSED "button_pressed"
/* Its value is JSON: iot_events_event_of() with iot_events_json(). */

/* Climate. */
#define IOT_EVENT_CLIMATE "climate"
/* Its value is JSON: iot_events_event_of() with iot_events_json(). */

/* Door opened. */
#define IOT_EVENT_DOOR_OPENED "door_opened"
static inline iot_events_event iot_event_door_opened(void) {
  return iot_events_event_of(IOT_EVENT_DOOR_OPENED, iot_events_null());
}

/* Meter, in {pulse}. */
#define IOT_EVENT_METER_PULSES "meter_pulses"
#define IOT_EVENT_METER_PULSES_UNIT "{pulse}"
static inline iot_events_event iot_event_meter_pulses(int64_t value) {
  return iot_events_event_of(IOT_EVENT_METER_PULSES, iot_events_integer(value));
}

/* Temperature, in Cel. */
#define IOT_EVENT_TEMP_CELSIUS "temp_celsius"
#define IOT_EVENT_TEMP_CELSIUS_UNIT "Cel"
#ifndef IOT_EVENTS_NO_DOUBLE
static inline iot_events_event iot_event_temp_celsius(double value, unsigned decimals) {
  return iot_events_event_of(IOT_EVENT_TEMP_CELSIUS, iot_events_double(value, decimals));
}
#endif

#ifdef __cplusplus
}
#endif

#endif
