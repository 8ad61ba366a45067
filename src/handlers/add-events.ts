import type { EventWarning, Handler, Input, Problem, Reply, Services } from '../contract.ts';
import { problems } from '../http/problems.ts';

type Checked = Input<'addEvents'>['body']['events'][number];
type DatedEvent = Parameters<Services['events']['addAll']>[0][number];
type Outcome = 'created' | 'duplicate' | 'failed';
type Result = Extract<Reply<'addEvents'>, { status: 207 }>['body']['results'][number];

/** What to store of an item; `stamp` is the date that the service gave it. */
type Accepted = { event: DatedEvent; stamp?: string; warnings?: EventWarning[] };
/** The same, or why the item is rejected. */
type Draft = { problem: Problem } | Accepted;

/** Stores many events, each once, and reports the outcome of each. */
export const addEvents: Handler<'addEvents'> = async (input, { events, clock, eventTypes }) => {
  const now = new Date();
  const toDraft = createDraft(now, (date, event) => {
    const reject = ({ body }: { body: Omit<Problem, 'requestId'> }) => ({
      problem: { ...body, requestId: input.requestId },
    });
    const refusal = clock.refuse(date, now);
    if (refusal) return reject(problems.clockSkew(now, refusal));
    const judgement = eventTypes.judge(event);
    if (!judgement) return {};
    return 'refusal' in judgement
      ? reject(problems.invalidRequest([judgement.refusal]))
      : { warnings: judgement.warnings };
  });
  const drafts = input.body.events.map(toDraft);
  const accepted = drafts.flatMap((draft) => ('event' in draft ? draft.event : []));
  const { outcomes, failure } = await events.addAll(accepted);
  const problem = failure === undefined ? {} : { problem: input.report(failure) };
  const rest = outcomes.values();
  const results = drafts.map((draft): Result => {
    if (!('event' in draft)) return { status: 'rejected', problem: draft.problem };
    const status = rest.next().value ?? 'failed';
    const { event, warnings } = draft;
    if (warnings && status === 'created') {
      eventTypes.count({ eventType: event.eventType, warnings });
    }
    return toResult(draft, status, problem);
  });
  return { status: 207, body: { results } };
};

type Judge = (
  date: string,
  event: Omit<DatedEvent, 'date'>,
) => { problem: Problem } | Pick<Accepted, 'warnings'>;

const createDraft =
  (now: Date, judge: Judge) =>
  (checked: Checked): Draft => {
    if ('problem' in checked) return checked;
    const { date = now.toISOString() } = checked.item;
    const judged = judge(date, checked.item);
    if ('problem' in judged) return judged;
    const draft = { event: { ...checked.item, date }, ...judged };
    return checked.item.date === undefined ? { ...draft, stamp: date } : draft;
  };

function toResult(
  { stamp, warnings }: Accepted,
  status: Outcome,
  problem: { problem?: Problem },
): Result {
  if (status === 'failed') return { status, ...problem };
  // A duplicate keeps the date that it got when it was created.
  return {
    status,
    ...(status === 'created' && stamp && { date: stamp }),
    ...(warnings && { warnings }),
  };
}
