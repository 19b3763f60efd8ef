import type { DatabaseSync } from 'node:sqlite';
import type { AgentTracing } from '@llm-otel/agent-tracing';
import type { GenAi } from '@llm-otel/llm-conventions';
import type { BillingClient } from './billing-client.ts';
import type { DeskMetrics } from './desk-metrics.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Models } from './models.ts';

/** What the agents of the desk share. */
export interface DeskContext {
  readonly agents: AgentTracing;
  readonly genAi: GenAi;
  readonly models: Models;
  readonly database: DatabaseSync;
  readonly memory: MemoryStore;
  readonly metrics: DeskMetrics;
  readonly billing: BillingClient;
  readonly ratesUrl: string;
}
