import { metrics } from '@opentelemetry/api';
import { stopRequested, tellParent } from './child-messages.ts';
import { openDatabase } from './outbox.ts';
import { reportOf, startDemoTelemetry } from './telemetry.ts';
import { processMessages } from './worker/process-messages.ts';

const telemetry = await startDemoTelemetry('worker');
const stop = stopRequested();

const database = openDatabase(process.env.DEMO_DATABASE ?? ':memory:');
const ending = new AbortController();
const work = processMessages({
  database,
  tracer: telemetry.tracer('worker'),
  meter: metrics.getMeter('worker'),
  signal: ending.signal,
});
tellParent({ type: 'ready' });

await stop;
ending.abort();
await work;
await telemetry.shutdown();
tellParent({ type: 'report', report: reportOf('worker', telemetry) });
database.close();
process.disconnect?.();
