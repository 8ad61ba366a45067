type Described = {
  deviceID: string;
  eventType: string;
  date: number | undefined;
  canonical: string;
  id?: string | undefined;
};

const MAX_VALUE = 60;

/** One event in a line. */
export const describeEvent = ({ deviceID, eventType, date, canonical, id }: Described): string => {
  const instant = date === undefined ? '(no date)' : new Date(date).toISOString();
  const value = canonical.length > MAX_VALUE ? `${canonical.slice(0, MAX_VALUE)}…` : canonical;
  return `${deviceID} ${eventType} ${instant} ${value}${id === undefined ? '' : ` id ${id}`}`;
};
