import type { Handler, Input, Problem, Reply, Services } from '../contract.ts';
import { problems } from '../http/problems.ts';

type Checked = Input<'addEvents'>['body']['events'][number];
type DatedEvent = Parameters<Services['events']['addAll']>[0][number];
type Outcome = 'created' | 'duplicate' | 'failed';
type Result = Extract<Reply<'addEvents'>, { status: 207 }>['body']['results'][number];

/** What to store of an item, or why it is rejected; `stamp` is the date that the service gave it. */
type Draft = { problem: Problem } | { event: DatedEvent; stamp?: string };

/** Stores many events, each once, and reports the outcome of each. */
export const addEvents: Handler<'addEvents'> = async (input, { events, clock }) => {
  const now = new Date();
  const toDraft = createDraft(now, (date) => {
    const refusal = clock.refuse(date, now);
    if (!refusal) return undefined;
    return { ...problems.clockSkew(now, refusal).body, requestId: input.requestId };
  });
  const drafts = input.body.events.map(toDraft);
  const accepted = drafts.flatMap((draft) => ('event' in draft ? draft.event : []));
  const { outcomes, failure } = await events.addAll(accepted);
  const problem = failure === undefined ? {} : { problem: input.report(failure) };
  const rest = outcomes.values();
  const results = drafts.map(
    (draft): Result =>
      'event' in draft
        ? toResult(draft.stamp, rest.next().value ?? 'failed', problem)
        : { status: 'rejected', problem: draft.problem },
  );
  return { status: 207, body: { results } };
};

const createDraft =
  (now: Date, refuse: (date: string) => Problem | undefined) =>
  (checked: Checked): Draft => {
    if ('problem' in checked) return checked;
    const { date = now.toISOString() } = checked.item;
    const problem = refuse(date);
    if (problem) return { problem };
    const event = { ...checked.item, date };
    return checked.item.date === undefined ? { event, stamp: date } : { event };
  };

const toResult = (
  stamp: string | undefined,
  status: Outcome,
  problem: { problem?: Problem },
): Result =>
  status === 'failed'
    ? { status, ...problem }
    : // A duplicate keeps the date that it got when it was created.
      { status, ...(status === 'created' && stamp && { date: stamp }) };
