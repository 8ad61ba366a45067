import { setTimeout as sleep } from 'node:timers/promises';

export type HealthProps = {
  /** Of `GET /health`. */
  url: string;
  /** The image's tag. */
  build: string;
  /** The contract's. */
  version: string;
  /** For how long the reply may be another: a new deployment takes tens of seconds to take effect (fact 66). */
  patienceMs: number;
};

/** `unreached`: nothing that is the API has answered. */
export type HealthAnswer = { kind: 'right' } | { kind: 'wrong' | 'unreached'; reason: string };

const PAUSE_MS = 3_000;
const TIMEOUT_MS = 35_000;

/** Asks `GET /health` through a stage which image and contract answer, until both are right. */
export const askHealth = async (props: HealthProps): Promise<HealthAnswer> => {
  for (const end = performance.now() + props.patienceMs; ; await sleep(PAUSE_MS)) {
    const answer = await ask(props);
    if (answer.kind === 'right' || performance.now() + PAUSE_MS > end) return answer;
  }
};

async function ask({ url, build, version }: HealthProps): Promise<HealthAnswer> {
  const options = {
    redirect: 'manual',
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  } as const;
  try {
    const reply = await fetch(url, options);
    const text = await reply.text();
    // Of a resource policy, a firewall or a proxy on the way.
    if ([403, 407].includes(reply.status) || (reply.status >= 300 && reply.status < 400))
      return { kind: 'unreached', reason: `it answers ${reply.status}` };
    if (reply.status !== 200) return { kind: 'wrong', reason: `it answers ${reply.status}` };
    const found = toObject(text);
    const faults = [
      ...(found.build === build ? [] : [`runs ${found.build ?? 'an unnamed image'}, not ${build}`]),
      ...(found.version === version
        ? []
        : [`has the contract ${found.version ?? 'without a version'}, not ${version}`]),
    ];
    return faults.length === 0
      ? { kind: 'right' }
      : { kind: 'wrong', reason: `it ${faults.join(', and ')}` };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    return { kind: 'unreached', reason: cause?.code ?? cause?.message ?? message };
  }
}

function toObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
