// Generated from tooling/semconv/demo by tooling/semconv/generate.ts. Do not edit.

import type { MetricOptions } from '@opentelemetry/api';

/** Refunds accepted. */
export const METRIC_BILLING_REFUNDS = 'billing.refunds' as const;
/** Help articles that there are. */
export const METRIC_SUPPORT_ARTICLES = 'support.articles' as const;
/** Jobs that have refreshed an article. */
export const METRIC_SUPPORT_ARTICLES_REFRESHED = 'support.articles.refreshed' as const;
/** Records in the memory of the agents. */
export const METRIC_SUPPORT_MEMORY_RECORDS = 'support.memory.records' as const;
/** Articles that one search found. */
export const METRIC_SUPPORT_SEARCH_ARTICLES = 'support.search.articles' as const;
/** One search in the help articles. */
export const METRIC_SUPPORT_SEARCH_DURATION = 'support.search.duration' as const;
/** From the ticket to its answer. */
export const METRIC_SUPPORT_TICKET_DURATION = 'support.ticket.duration' as const;
/** Tickets that were answered. */
export const METRIC_SUPPORT_TICKETS_ANSWERED = 'support.tickets.answered' as const;
/** Tickets that are being answered. */
export const METRIC_SUPPORT_TICKETS_OPEN = 'support.tickets.open' as const;
/** Calls of tools that failed. */
export const METRIC_SUPPORT_TOOLS_FAILED = 'support.tools.failed' as const;
/** Time to process one message. */
export const METRIC_WORKER_MESSAGE_DURATION = 'worker.message.duration' as const;

export type DemoMetric =
  | typeof METRIC_BILLING_REFUNDS
  | typeof METRIC_SUPPORT_ARTICLES
  | typeof METRIC_SUPPORT_ARTICLES_REFRESHED
  | typeof METRIC_SUPPORT_MEMORY_RECORDS
  | typeof METRIC_SUPPORT_SEARCH_ARTICLES
  | typeof METRIC_SUPPORT_SEARCH_DURATION
  | typeof METRIC_SUPPORT_TICKET_DURATION
  | typeof METRIC_SUPPORT_TICKETS_ANSWERED
  | typeof METRIC_SUPPORT_TICKETS_OPEN
  | typeof METRIC_SUPPORT_TOOLS_FAILED
  | typeof METRIC_WORKER_MESSAGE_DURATION;

/** What each instrument is made with. */
export const demoMetrics: Readonly<Record<DemoMetric, MetricOptions>> = {
  [METRIC_BILLING_REFUNDS]: {
    unit: '{refund}',
    description: 'Refunds accepted',
  },
  [METRIC_SUPPORT_ARTICLES]: {
    unit: '{article}',
    description: 'Help articles that there are',
  },
  [METRIC_SUPPORT_ARTICLES_REFRESHED]: {
    unit: '{job}',
    description: 'Jobs that have refreshed an article',
  },
  [METRIC_SUPPORT_MEMORY_RECORDS]: {
    unit: '{record}',
    description: 'Records in the memory of the agents',
  },
  [METRIC_SUPPORT_SEARCH_ARTICLES]: {
    unit: '{article}',
    description: 'Articles that one search found',
    advice: { explicitBucketBoundaries: [0, 1, 2, 3, 5, 10] },
  },
  [METRIC_SUPPORT_SEARCH_DURATION]: {
    unit: 's',
    description: 'One search in the help articles',
    advice: { explicitBucketBoundaries: [0.0001, 0.001, 0.01, 0.1, 1] },
  },
  [METRIC_SUPPORT_TICKET_DURATION]: {
    unit: 's',
    description: 'From the ticket to its answer',
    advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] },
  },
  [METRIC_SUPPORT_TICKETS_ANSWERED]: {
    unit: '{ticket}',
    description: 'Tickets that were answered',
  },
  [METRIC_SUPPORT_TICKETS_OPEN]: {
    unit: '{ticket}',
    description: 'Tickets that are being answered',
  },
  [METRIC_SUPPORT_TOOLS_FAILED]: {
    unit: '{call}',
    description: 'Calls of tools that failed',
  },
  [METRIC_WORKER_MESSAGE_DURATION]: {
    unit: 's',
    description: 'Time to process one message',
  },
};
