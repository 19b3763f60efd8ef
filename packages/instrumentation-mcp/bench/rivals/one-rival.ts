import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { runWithRival } from '@llm-otel/tooling/rivals';
import type { SpanRecorder } from '@llm-otel/testing';
import { cases, type ContractCase } from '../../test/contract/cases.ts';
import {
  closeChildren,
  type Connection,
  type TransportName,
  transports,
} from '../../test/contract/connections.ts';
import { type PlainSpan, plainSpan } from '../../test/contract/plain-span.ts';
import { startRecording } from '../../test/contract/recording.ts';
import { runCase } from '../../test/contract/run-case.ts';
import type { Sdk } from '../../test/contract/sdk.ts';
import { judge } from './judge.ts';
import { loadSdk } from './load-sdk.ts';
import { type Endpoint, folder, rivals } from './rivals.ts';

interface Case {
  readonly name: string;
  readonly transport: TransportName;
  readonly contractCase: ContractCase;
  /** Not asked for here: an MCP request is no call of a model. */
  readonly spans: readonly never[];
}

const [observer = ''] = process.argv.slice(2);
let recorder: SpanRecorder;
/** What the case that is run has recorded, when all of it is told or waited for long enough. */
let spans: readonly PlainSpan[] = [];
let open: readonly string[] = [];

async function settle({ client, journal }: Connection, closed: boolean): Promise<void> {
  // Messages stay in order: when this is answered, the other side has all before it.
  if (!closed) await client.ping().catch(() => undefined);
  for (let turn = 0; turn < 20 && (recorder.openSpans.length > 0 || journal().open > 0); turn++)
    await sleep(10);
  const all = [...recorder.spans.map(plainSpan), ...journal().spans];
  spans = closed ? all : withoutLastPing(all);
  open = recorder.openSpans;
}

/** Without the spans of either side of the last one. */
function withoutLastPing(all: readonly PlainSpan[]): readonly PlainSpan[] {
  const pings = all
    .filter(({ name }) => name.includes('ping'))
    .toSorted((one, other) => one.startMillis - other.startMillis);
  const last = new Set(
    [true, false].map((isClient) =>
      pings.findLast(({ kind }) => (kind === SpanKind.CLIENT) === isClient),
    ),
  );
  return all.filter((span) => !last.has(span));
}

await runWithRival<Endpoint, Sdk, Case>({
  cases: transports.flatMap((transport) =>
    cases.map((contractCase) => ({
      name: `${contractCase.name}, ${transport}`,
      transport,
      contractCase,
      spans: [],
    })),
  ),
  rivals,
  load: folder.load,
  telemetry: () => (recorder = startRecording().recorder),
  line: (name) => loadSdk(name, observer).sdk,
  run: async ({ contractCase, transport }, sdk, observe, beforeClose) => ({
    ...(await runCase(
      contractCase,
      sdk,
      transport,
      observer === 'bare' ? undefined : (endpoint) => observe(endpoint) as typeof endpoint,
      async (connection) => {
        await beforeClose();
        await settle(connection, contractCase.closes === true);
      },
    )),
    requests: [],
  }),
  judge: ({ contractCase, transport }, sdk) =>
    judge(
      typeof contractCase.spans === 'function'
        ? contractCase.spans(sdk, transport)
        : contractCase.spans,
      spans,
      open,
    ),
});
await closeChildren();
