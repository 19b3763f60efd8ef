import { metrics } from '@opentelemetry/api';
import { createAgentTracing } from '@llm-otel/agent-tracing';
import { createGenAi } from '@llm-otel/llm-conventions';
import { stopRequested, tellParent } from './child-messages.ts';
import { demoPrices } from './demo-prices.ts';
import { BillingClient } from './desk/billing-client.ts';
import { answerTicket } from './desk/coordinator.ts';
import { createCorpus } from './desk/corpus.ts';
import type { DeskContext } from './desk/desk-context.ts';
import { createDeskMetrics } from './desk/desk-metrics.ts';
import { MemoryStore } from './desk/memory-store.ts';
import { createModels } from './desk/models.ts';
import { refreshArticles } from './desk/routine-work.ts';
import { DESK_POLICY } from './desk/sampling-policy.ts';
import { openDatabase } from './outbox.ts';
import { reportOf, startDemoTelemetry } from './telemetry.ts';
import { TICKET } from './ticket.ts';

const ROUTINE_JOBS = 40;

const telemetry = await startDemoTelemetry('desk', { sampling: DESK_POLICY });
const stop = stopRequested();
const tracer = telemetry.tracer('support-desk');

const database = openDatabase(process.env.DEMO_DATABASE ?? ':memory:');
createCorpus(database);
const genAi = createGenAi({ content: 'span', prices: demoPrices() });
const desk: DeskContext = {
  genAi,
  agents: createAgentTracing({ genAi, content: 'span' }),
  models: createModels(process.env),
  database,
  memory: new MemoryStore(database),
  metrics: createDeskMetrics(metrics.getMeter('support-desk'), database),
  billing: new BillingClient(process.env.DEMO_BILLING_URL ?? '', tracer),
  ratesUrl: process.env.DEMO_RATES_URL ?? '',
};

const routine = refreshArticles(tracer, ROUTINE_JOBS, desk.metrics);
const started = performance.now();
desk.metrics.ticketTaken();
const answer = await answerTicket(desk, TICKET, {
  researchDone: () => tellParent({ type: 'milestone', name: 'research-done' }),
});
desk.metrics.ticketAnswered((performance.now() - started) / 1000);
await routine;
tellParent({ type: 'milestone', name: 'answered', answer });

await stop;
await telemetry.shutdown();
tellParent({ type: 'report', report: reportOf('desk', telemetry) });
database.close();
process.disconnect?.();
