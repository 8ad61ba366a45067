import type { Handler, Input, Problem, Reply, Services } from '../contract.ts';
import { problems } from '../http/problems.ts';

type Checked = Input<'addEvents'>['body'][number];
type NewEvent = Parameters<Services['events']['addAll']>[0][number];
type Outcome = 'created' | 'duplicate' | 'failed';
type Result = Extract<Reply<'addEvents'>, { status: 207 }>['body'][number];

/** An item's event, or its problem; `stamp` is the date given to an event without one. */
type Draft = { problem: Problem } | { event: NewEvent; stamp?: string };

/** Stores many events, each once; the reply lists the outcome of each, in request order. */
export const addEvents: Handler<'addEvents'> = async (input, { events, clock }) => {
  const now = new Date();
  const toDraft = createDraft(now, (date) => {
    const refusal = clock.refuse(date, now);
    if (!refusal) return undefined;
    return { ...problems.clockSkew(now, refusal).body, requestId: input.requestId };
  });
  const drafts = input.body.map(toDraft);
  const accepted = drafts.flatMap((draft) => ('event' in draft ? draft.event : []));
  const { outcomes, failure } = await events.addAll(accepted);
  const problem = failure === undefined ? {} : { problem: input.report(failure) };
  const rest = outcomes.values();
  return {
    status: 207,
    body: drafts.map((draft) =>
      'event' in draft
        ? toResult(draft.stamp, rest.next().value ?? 'failed', problem)
        : { status: 'rejected', problem: draft.problem },
    ),
  };
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
