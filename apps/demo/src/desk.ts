import { metrics } from '@opentelemetry/api';
import { createAgentTracing } from '@llm-otel/agent-tracing';
import { createGenAi } from '@llm-otel/llm-conventions';
import { stopRequested, tellParent } from './child-messages.ts';
import { demoPrices } from './demo-prices.ts';
import { BillingClient } from './desk/billing-client.ts';
import { answerTicket } from './desk/coordinator.ts';
import { createCorpus } from './desk/corpus.ts';
import type { DeskContext } from './desk/desk-context.ts';
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
const meter = metrics.getMeter('support-desk');

const database = openDatabase(process.env.DEMO_DATABASE ?? ':memory:');
createCorpus(database);
const genAi = createGenAi({ content: 'span', prices: demoPrices() });
const desk: DeskContext = {
  genAi,
  agents: createAgentTracing({ genAi, content: 'span' }),
  models: createModels(process.env),
  database,
  memory: new MemoryStore(database),
  billing: new BillingClient(process.env.DEMO_BILLING_URL ?? '', tracer),
  ratesUrl: process.env.DEMO_RATES_URL ?? '',
};

const answered = meter.createCounter('support.tickets.answered', { unit: '{ticket}' });
const refreshed = meter.createCounter('support.articles.refreshed', { unit: '{job}' });
const routine = refreshArticles(tracer, ROUTINE_JOBS, refreshed);
const answer = await answerTicket(desk, TICKET, {
  researchDone: () => tellParent({ type: 'milestone', name: 'research-done' }),
});
answered.add(1);
await routine;
tellParent({ type: 'milestone', name: 'answered', answer });

await stop;
await telemetry.shutdown();
tellParent({ type: 'report', report: reportOf('desk', telemetry) });
database.close();
process.disconnect?.();
