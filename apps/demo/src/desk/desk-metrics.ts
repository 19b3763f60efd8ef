import type { Meter } from '@opentelemetry/api';
import type { DatabaseSync } from 'node:sqlite';

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
  const answered = meter.createCounter('support.tickets.answered', { unit: '{ticket}' });
  const failedTools = meter.createCounter('support.tools.failed', { unit: '{call}' });
  const refreshed = meter.createCounter('support.articles.refreshed', { unit: '{job}' });
  const ticketSeconds = meter.createHistogram('support.ticket.duration', {
    unit: 's',
    description: 'From the ticket to its answer.',
    advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] },
  });
  const searchSeconds = meter.createHistogram('support.search.duration', {
    unit: 's',
    description: 'One search in the help articles.',
    advice: { explicitBucketBoundaries: [0.0001, 0.001, 0.01, 0.1, 1] },
  });
  const searchHits = meter.createHistogram('support.search.articles', {
    unit: '{article}',
    description: 'How many articles one search found.',
    advice: { explicitBucketBoundaries: [0, 1, 2, 3, 5, 10] },
  });
  const open = meter.createUpDownCounter('support.tickets.open', { unit: '{ticket}' });
  const count = (table: 'article' | 'memory'): number =>
    Number(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows);
  meter
    .createObservableGauge('support.articles', { unit: '{article}' })
    .addCallback((result) => result.observe(count('article')));
  meter
    .createObservableGauge('support.memory.records', { unit: '{record}' })
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
    toolFailed: (tool) => failedTools.add(1, { 'gen_ai.tool.name': tool }),
    articleRefreshed: () => refreshed.add(1),
  };
}
