import { setImmediate } from 'node:timers/promises';
import { seen } from '@llm-otel/tooling/contract';
import type { ContractCase } from './cases.ts';
import { connect, type Connection, type Prepare, type TransportName } from './connections.ts';
import type { Sdk } from './sdk.ts';

export interface CaseRun {
  /** What the application got: a value or an error. */
  readonly result: unknown;
  readonly unhandled: readonly string[];
}

/** Runs a case as the application would, over a real connection. */
export async function runCase(
  { run, handshake, closes }: ContractCase,
  sdk: Sdk,
  transport: TransportName,
  prepare?: Prepare,
  beforeClosing: (connection: Connection) => Promise<unknown> = () => setImmediate(),
): Promise<CaseRun> {
  const unhandled: string[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(String(reason));
  process.on('unhandledRejection', onUnhandled);
  try {
    const shared = handshake !== true && closes !== true;
    const connection = await connect(sdk, transport, prepare, shared);
    const { client } = connection;
    const result = await run({
      client,
      callTool: (name, given = {}, options?) =>
        sdk.callTool(client, { name, arguments: given }, options),
      callWith: (params) => sdk.callTool(client, params),
    }).then(
      (value) => ({ value: seen(value) }),
      (error: unknown) => ({ error: seen(error) }),
    );
    if (closes === true) await connection.close();
    await beforeClosing(connection);
    if (closes !== true) await connection.close();
    // Unhandled rejections are reported after the microtasks.
    await setImmediate();
    return { result: withoutTrace(result), unhandled };
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
}

/** The trace travels in `_meta`, for everyone to see. Nothing else may differ. */
function withoutTrace(result: unknown): unknown {
  const text = JSON.stringify(result, (_key, value: unknown) =>
    value === undefined ? null : value,
  );
  return JSON.parse(
    text
      .replaceAll(/(\\*")traceparent\1:\1[\w-]+\1,?/g, '')
      .replaceAll(/,?\\*"meta\\*":\{\}/g, '')
      .replaceAll(/,\}/g, '}'),
  );
}
