/** The contract's rules for every contestant but ours, which takes them from the contract. */
export const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
export const INSTANT =
  /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,38})?([Zz]|[+\- ]([01][0-9]|2[0-3]):?[0-5][0-9])$/;
/** A day, or an instant of it. */
export const DAY =
  /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,38})?([Zz]|[+\- ]([01][0-9]|2[0-3]):?[0-5][0-9]))?$/;
/** An event type, or the id of an event. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9\-:./_]*$/;
export const MAX_EVENT_TYPE = 128;
export const MAX_ID = 64;
