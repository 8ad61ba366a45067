/*
 * The event types of an application. An application merges its own into these interfaces (declaration merging):
 *
 *   declare module '@iot-events/client' {
 *     interface EventValues { temp_celsius: number }
 *   }
 *
 * `npm run event-types -- types FILE`, in the service's repository, writes such a module from the registry.
 */

/** The type of the value of each event type. Without any, a value is any JSON. */
// biome-ignore lint/suspicious/noEmptyInterface: an application adds to it, which it cannot to a type
export interface EventValues {}

/** `unknownTypes: 'refuse'` makes events of types that `EventValues` lacks fail to compile. */
// biome-ignore lint/suspicious/noEmptyInterface: an application adds to it, which it cannot to a type
export interface EventRules {}

/** The event types of the application. */
export type KnownEventType = keyof EventValues & string;

/** The event types that may be sent. */
export type SendableEventType = EventRules extends { unknownTypes: 'refuse' }
  ? KnownEventType
  : string;

/** The type of the values of an event type; `unknown` if the application does not say. */
export type ValueOf<Type extends string> = Type extends KnownEventType
  ? EventValues[Type]
  : unknown;
