/** The form in which a device ID is stored and compared: UUIDs are case-insensitive. */
export const toDeviceKey = (deviceID: string): string => deviceID.toLowerCase();
