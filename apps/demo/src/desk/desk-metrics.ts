import type { Meter } from '@opentelemetry/api';
import type { DatabaseSync } from 'node:sqlite';
import { ATTR_GEN_AI_TOOL_NAME } from '@llm-otel/llm-conventions';
import {
  METRIC_SUPPORT_ARTICLES,
  METRIC_SUPPORT_ARTICLES_REFRESHED,
  METRIC_SUPPORT_MEMORY_RECORDS,
  METRIC_SUPPORT_SEARCH_ARTICLES,
  METRIC_SUPPORT_SEARCH_DURATION,
  METRIC_SUPPORT_TICKETS_ANSWERED,
  METRIC_SUPPORT_TICKETS_OPEN,
  METRIC_SUPPORT_TICKET_DURATION,
  METRIC_SUPPORT_TOOLS_FAILED,
} from '../generated/metrics.ts';
import { made } from '../made-metric.ts';

/** What the desk measures of its own work, beside what the conventions have for models, agents and tools. */
export interface DeskMetrics {
  ticketTaken(): void;
  ticketAnswered(seconds: number): void;
  articlesFound(count: number, seconds: number): void;
  toolFailed(tool: string): void;
  articleRefreshed(): void;
}

/** Counters of what happened, histograms of how long and how much, gauges of what there is now. */
export function createDeskMetrics(meter: Meter, database: DatabaseSync): DeskMetrics {
  const answered = meter.createCounter(...made(METRIC_SUPPORT_TICKETS_ANSWERED));
  const failedTools = meter.createCounter(...made(METRIC_SUPPORT_TOOLS_FAILED));
  const refreshed = meter.createCounter(...made(METRIC_SUPPORT_ARTICLES_REFRESHED));
  const ticketSeconds = meter.createHistogram(...made(METRIC_SUPPORT_TICKET_DURATION));
  const searchSeconds = meter.createHistogram(...made(METRIC_SUPPORT_SEARCH_DURATION));
  const searchHits = meter.createHistogram(...made(METRIC_SUPPORT_SEARCH_ARTICLES));
  const open = meter.createUpDownCounter(...made(METRIC_SUPPORT_TICKETS_OPEN));
  const count = (table: 'article' | 'memory'): number =>
    Number(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows);
  meter
    .createObservableGauge(...made(METRIC_SUPPORT_ARTICLES))
    .addCallback((result) => result.observe(count('article')));
  meter
    .createObservableGauge(...made(METRIC_SUPPORT_MEMORY_RECORDS))
    .addCallback((result) => result.observe(count('memory')));
  return {
    ticketTaken: () => open.add(1),
    ticketAnswered(seconds) {
      open.add(-1);
      answered.add(1);
      ticketSeconds.record(seconds);
    },
    articlesFound(found, seconds) {
      searchHits.record(found);
      searchSeconds.record(seconds);
    },
    // As many names as there are tools: few.
    toolFailed: (tool) => failedTools.add(1, { [ATTR_GEN_AI_TOOL_NAME]: tool }),
    articleRefreshed: () => refreshed.add(1),
  };
}
