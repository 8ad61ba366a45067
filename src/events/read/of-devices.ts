import type { Series } from '../series.ts';

/** The filter of the devices of some series: it names one device as such, which is on one shard. */
export const ofDevices = (series: Pick<Series, 'deviceID'>[]) => {
  const [deviceID, ...others] = new Set(series.map((each) => each.deviceID));
  return { deviceID: others.length === 0 ? deviceID : { $in: [deviceID, ...others] } };
};
