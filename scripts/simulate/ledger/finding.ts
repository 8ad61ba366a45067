/** A broken promise of the service. */
export type Finding = {
  kind: 'lost' | 'doubled' | 'unexpected' | 'contradiction' | 'unread';
  text: string;
};

type Described = {
  deviceID: string;
  eventType: string;
  date: number | undefined;
  canonical: string;
  id?: string | undefined;
};

export const toFinding = (kind: Finding['kind'], why: string, event: Described): Finding => ({
  kind,
  text: `${describeEvent(event)}: ${why}`,
});

const MAX_VALUE = 60;

/** Describes an event in one line; a long value is cut. */
export const describeEvent = ({ deviceID, eventType, date, canonical, id }: Described): string => {
  const instant = date === undefined ? '(no date)' : new Date(date).toISOString();
  const value = canonical.length > MAX_VALUE ? `${canonical.slice(0, MAX_VALUE)}…` : canonical;
  return `${deviceID} ${eventType} ${instant} ${value}${id === undefined ? '' : ` id ${id}`}`;
};
