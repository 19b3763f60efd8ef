import { setImmediate } from 'node:timers/promises';
import type { ClientLine, ContractCase } from './contract-case.ts';
import { seen } from './seen.ts';

/** The server that answers: the emulator of `@llm-otel/testing`. */
export interface ContractServer extends AsyncDisposable {
  readonly baseURL: string;
  readonly requests: readonly {
    readonly path: string;
    readonly body: unknown;
    readonly headers: Readonly<Record<string, string>>;
  }[];
}

export interface CaseRun {
  /** What the application got: a value or an error. */
  readonly result: unknown;
  /** What the server got. */
  readonly requests: readonly unknown[];
  readonly unhandled: readonly string[];
}

/**
 * Runs a case as the application would, with `prepare` done to the client. `beforeClose` is awaited while the server is
 * still there: when it goes, what is still open fails.
 */
export async function runCase<C, L extends ClientLine<C>, S>(
  { scripts, run, retries = 0, timeout }: ContractCase<C, L, S>,
  line: L,
  start: (scripts: readonly S[]) => Promise<ContractServer>,
  prepare: (client: C) => C = (client) => client,
  beforeClose: () => Promise<void> = () => Promise.resolve(),
): Promise<CaseRun> {
  await using server = await start(scripts);
  const unhandled: string[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(String(reason));
  process.on('unhandledRejection', onUnhandled);
  try {
    const answered = Promise.withResolvers<void>();
    const client = prepare(
      line.create({
        baseURL: server.baseURL,
        maxRetries: retries,
        async fetch(...request) {
          const response = await fetch(...request);
          answered.resolve();
          return response;
        },
        answered: answered.resolve,
        ...(timeout !== undefined && { timeout }),
      }),
    );
    const result = await run(client, { line, answered: answered.promise }).then(
      (value) => ({ value: seen(value) }),
      (error: unknown) => ({ error: seen(error) }),
    );
    // Unhandled rejections are reported after the microtasks.
    await setImmediate();
    const requests = server.requests.map(({ path, body, headers }) => ({
      path,
      body,
      headers: Object.fromEntries(
        Object.entries(headers).filter(([name]) => name !== 'host' && name !== 'idempotency-key'),
      ),
    }));
    await beforeClose();
    return { result, requests, unhandled };
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
}
