// The support desk under load, in a process of its own: answers tickets, and tells what that took.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAgentTracing } from '@llm-otel/agent-tracing';
import { createGenAi } from '@llm-otel/llm-conventions';
import { metrics, trace } from '@opentelemetry/api';
import { demoPrices } from '../src/demo-prices.ts';
import { BillingClient } from '../src/desk/billing-client.ts';
import { answerTicket } from '../src/desk/coordinator.ts';
import { createCorpus } from '../src/desk/corpus.ts';
import type { DeskContext } from '../src/desk/desk-context.ts';
import { createDeskMetrics } from '../src/desk/desk-metrics.ts';
import { MemoryStore } from '../src/desk/memory-store.ts';
import { createModels } from '../src/desk/models.ts';
import { openDatabase } from '../src/outbox.ts';
import { startDemoTelemetry } from '../src/telemetry.ts';
import { TICKET } from '../src/ticket.ts';
import type { Load, TicketFigures } from './load.ts';

const { mode, tickets, warmUp, concurrency, servicesUrl } = JSON.parse(
  process.env.DEMO_LOAD ?? '{}',
) as Load;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const telemetry =
  mode === 'without'
    ? undefined
    : await startDemoTelemetry('desk', {
        enabled: mode !== 'disabled',
        sampling: mode === '10 %' ? 0.1 : 1,
        batch: { delayMillis: 1000 },
      });
const tracer = trace.getTracer('support-desk');
const database = openDatabase(':memory:');
createCorpus(database);
const genAi = createGenAi({ content: 'span', prices: demoPrices() });
const desk: DeskContext = {
  genAi,
  agents: createAgentTracing({ genAi, content: 'span' }),
  models: createModels({ DEMO_EMULATOR_URL: process.env.DEMO_EMULATOR_URL }),
  database,
  memory: new MemoryStore(database),
  metrics: createDeskMetrics(metrics.getMeter('support-desk'), database),
  billing: new BillingClient(servicesUrl, tracer),
  ratesUrl: servicesUrl,
};

await answer(warmUp);
collectGarbage();
const cpu = process.cpuUsage();
const latencies = await answer(tickets);
await telemetry?.forceFlush();
const { user, system } = process.cpuUsage(cpu);
collectGarbage();
const figures: TicketFigures = {
  cpuMillis: (user + system) / 1000 / tickets,
  p50Millis: latencies[Math.floor(tickets * 0.5)] ?? 0,
  p99Millis: latencies[Math.floor(tickets * 0.99)] ?? 0,
  heapMegabytes: process.memoryUsage().heapUsed / 1e6,
  rssMegabytes: process.resourceUsage().maxRSS / 1024,
  dropped: telemetry === undefined ? 0 : (await telemetry.shutdown()).dropped,
};
database.close();
process.send?.(figures, () => process.disconnect());

/** Answers so many, a few at a time. Returns how long each took, the shortest first. */
async function answer(count: number): Promise<number[]> {
  const latencies: number[] = [];
  let left = count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const started = performance.now();
      desk.metrics.ticketTaken();
      await answerTicket(desk, TICKET, { researchDone: () => undefined });
      const millis = performance.now() - started;
      desk.metrics.ticketAnswered(millis / 1000);
      latencies.push(millis);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return latencies.toSorted((one, other) => one - other);
}
