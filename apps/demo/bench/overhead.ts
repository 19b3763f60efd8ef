#!/usr/bin/env node
// What telemetry costs the support desk of the demo under load: processor time, latency and memory with and without it.
// `node bench/overhead.ts [--tickets 300] [--rounds 5]` prints a table. Models, services and the receiver are other processes'
// work: they run in this one, the desk in one of its own for each round and mode, in turns.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { type ModelReply, startModelEmulator, startOtlpSink } from '@llm-otel/testing';
import { emulatorScripts } from '../src/emulator-scripts.ts';
import { type Load, MODES, type TicketFigures } from './load.ts';

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '5' },
    concurrency: { type: 'string', default: '8' },
  },
});
const [tickets, rounds, concurrency] = [values.tickets, values.rounds, values.concurrency].map(
  Number,
) as [number, number, number];
// Of every answer: what the desk waits for is not what is measured.
const MODEL_MILLIS = 20;

const [, plan, toolCalls, summary, answer] = emulatorScripts();
await using emulator = await startModelEmulator({
  scripts(request): ModelReply {
    const body = JSON.stringify(request.body);
    const script = body.includes('You plan the work')
      ? plan
      : body.includes('You write the answers')
        ? answer
        : body.includes('tool_call_id')
          ? summary
          : toolCalls;
    return { ...script, delayMillis: MODEL_MILLIS, chunkDelayMillis: 0 };
  },
});
await using sink = await startOtlpSink();
const services = createServer((request, response) => {
  request.resume();
  const charge = { invoice: 'INV-2041', amountCents: 4900, currency: 'EUR' };
  const body = request.url?.startsWith('/charges')
    ? [
        { id: 'ch_1', ...charge },
        { id: 'ch_2', ...charge },
      ]
    : { refundId: 're_1', rate: 1.08 };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
});
services.listen(0, '127.0.0.1');
await once(services, 'listening');
const servicesUrl = `http://127.0.0.1:${(services.address() as AddressInfo).port}`;

const measured = new Map<Load['mode'], TicketFigures[]>(MODES.map((mode) => [mode, []]));
for (let round = 1; round <= rounds; round++) {
  for (const mode of MODES) {
    process.stderr.write(`round ${round} of ${rounds}, ${mode} …\n`);
    measured.get(mode)?.push(await run(mode));
    sink.clear();
  }
}
services.close();
print();

async function run(mode: Load['mode']): Promise<TicketFigures> {
  const load: Load = { mode, tickets, warmUp: Math.ceil(tickets / 3), concurrency, servicesUrl };
  const child = fork(new URL('tickets.ts', import.meta.url), {
    env: {
      ...process.env,
      DEMO_LOAD: JSON.stringify(load),
      DEMO_EMULATOR_URL: emulator.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [figures] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the desk ended with ${code}`);
    }),
  ])) as [TicketFigures];
  if (child.exitCode === null) await once(child, 'exit');
  return figures;
}

function print(): void {
  const columns: readonly [string, keyof TicketFigures][] = [
    ['CPU per ticket (ms)', 'cpuMillis'],
    ['p50 (ms)', 'p50Millis'],
    ['p99 (ms)', 'p99Millis'],
    ['heap after gc (MB)', 'heapMegabytes'],
    ['largest RSS (MB)', 'rssMegabytes'],
    ['spans lost', 'dropped'],
  ];
  console.log(`| telemetry | ${columns.map(([title]) => title).join(' | ')} |`);
  console.log(`| --- |${' --- |'.repeat(columns.length)}`);
  for (const mode of MODES) {
    const cells = columns.map(([, key]) => {
      const [figure, base] = [median(mode, key), median('without', key)];
      const change =
        mode === 'without' || key === 'dropped' ? '' : ` (${changed(key, figure, base)})`;
      return `${Number(figure.toPrecision(3))}${change}`;
    });
    console.log(`| ${mode} | ${cells.join(' | ')} |`);
  }
  console.log(
    `\n${tickets} tickets, ${concurrency} at a time, medians of ${rounds} rounds; Node.js ${process.versions.node}`,
  );
}

/** A latency by what is added, the others by their share. */
function changed(key: keyof TicketFigures, figure: number, base: number): string {
  const [change, unit] = key.startsWith('p')
    ? [figure - base, ' ms']
    : [(figure / base - 1) * 100, ' %'];
  return `${change < 0 ? '' : '+'}${change.toFixed(1)}${unit}`;
}

function median(mode: Load['mode'], key: keyof TicketFigures): number {
  const sorted = (measured.get(mode) ?? [])
    .map((figures) => figures[key])
    .toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
