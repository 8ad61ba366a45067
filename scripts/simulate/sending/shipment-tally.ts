import type { Traits } from '../device/traits.ts';
import { isAcknowledged } from '../ledger/ledger.ts';
import type { Tally } from '../ledger/tally.ts';
import type { Fault, Message } from '../service/http-client.ts';
import type { Shipment } from './shipment.ts';

type Sent = { message: Message; fault: Fault | undefined; copies: number };

/** Counts the properties of a device's requests, before each is sent. */
export const createShipmentTally = (tally: Tally, { hasUpperCaseId }: Traits) => {
  const newest = new Map<string, number>();

  const tallyEvents = ({ items }: Shipment, copies: number): void => {
    for (const { event } of items) {
      if (!event) continue;
      tally.add('sent', copies);
      if (event.firstSentAt !== undefined) continue;
      event.firstSentAt = Date.now();
      const { eventType, clockOffset, date } = event;
      // Dates before and after a clock correction cannot be compared.
      const series = `${eventType} ${clockOffset}`;
      const newestDate = newest.get(series) ?? 0;
      if (date === undefined) tally.add('withoutDate');
      else if (date < newestDate) tally.add('outOfOrder');
      else newest.set(series, date);
      if (event.id !== undefined) tally.add('withId');
      if (hasUpperCaseId) tally.add('upperCaseIds');
    }
  };

  return (shipment: Shipment, { message, fault, copies }: Sent): void => {
    const isRetry = shipment.items.some(
      ({ event }) => event?.firstSentAt !== undefined && !isAcknowledged(event),
    );
    tally.add('requests', copies);
    tally.add(shipment.isBatch ? 'batches' : 'singles', copies);
    if (isRetry) tally.add('retries', copies);
    if (message.headers?.['content-encoding']) tally.add('compressed', copies);
    if (fault) tally.add(fault.kind === 'cut off' ? 'cutOff' : 'lostReplies', copies);
    tallyEvents(shipment, copies);
  };
};
