#!/usr/bin/env node
// A million spans of an application that never ends: what is left on the heap must not grow with them. Exit code 1 where
// it does. The receiver is a server of this process, which keeps nothing.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startTelemetry } from '@llm-otel/sdk';

// `node heap-growth.ts 100000`: fewer of them, for a first look.
const SPANS = Number(process.argv[2] ?? 1_000_000);
const STEP = SPANS / 10;
// Spans of one turn of the event loop.
const TURN = 200;
// Of all that comes after the first steps, when caches and bounded tables are full.
const MAX_GROWTH_BYTES = 5_000_000;
const WARM_UP_STEPS = 3;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const receiver = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200).end());
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');

const telemetry = await startTelemetry({
  environment: {},
  strict: true,
  preset: 'production',
  sampling: 1,
  // Each flush would send every series again.
  metrics: false,
  endpoint: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
});
const tracer = telemetry.tracer('heap-growth');

const heaps: number[] = [];
for (let made = 0; made < SPANS; made += STEP) {
  for (let turn = 0; turn < STEP; turn += TURN) {
    for (let index = 0; index < TURN; index++) {
      const number = made + turn + index;
      // As of real traffic: ids, customers and models that change.
      const span = tracer.startSpan('chat gpt-5-mini', {
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': `model-${number % 50}`,
          'gen_ai.conversation.id': `conversation-${number}`,
          'gen_ai.usage.input_tokens': number,
        },
      });
      span.end();
    }
    await setImmediate();
    if (turn % (TURN * 10) === 0) await telemetry.forceFlush();
  }
  await telemetry.forceFlush();
  collectGarbage();
  heaps.push(process.memoryUsage().heapUsed);
}
const { complete, dropped, rejected } = await telemetry.shutdown();
receiver.closeAllConnections();
receiver.close();

const [traces] = telemetry.ledger();
const growth = (heaps.at(-1) ?? 0) - (heaps[WARM_UP_STEPS - 1] ?? 0);
const megabytes = heaps.map((bytes) => (bytes / 1e6).toFixed(1)).join(', ');
process.stdout.write(
  `result: heap after each ${STEP} of ${SPANS} spans, in MB: ${megabytes}\n` +
    `result: growth ${(growth / 1e6).toFixed(2)} MB; ${traces?.ended} spans ended, ${dropped} dropped in the end, ${rejected} rejected, complete ${complete}\n`,
);
if (growth > MAX_GROWTH_BYTES || traces?.ended !== SPANS) process.exitCode = 1;
