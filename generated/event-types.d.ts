// Made from openapi/event-types/ by scripts/generate.ts: do not edit.
import '@iot-events/client';

declare module '@iot-events/client' {
  interface EventValues {
    /** Battery, in % */ "battery_percent": number;
    /** Button pressed */ "button_pressed": unknown;
    /** Climate */ "climate": { /** Temperature, in Cel */ "celsius": number; /** Relative humidity, in 1 */ "humidity"?: number; [member: string]: unknown };
    /** Door opened */ "door_opened": null;
    /** Meter, in {pulse} */ "meter_pulses": number;
    /** Temperature, in Cel */ "temp_celsius": number;
  }
}
