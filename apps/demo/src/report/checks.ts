import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  costOfSpan,
} from '@llm-otel/llm-conventions';
import { ledgerErrors, type LedgerSnapshot, total } from '@llm-otel/core';
import type { ProcessReport } from '../child-messages.ts';
import { demoPrices } from '../demo-prices.ts';
import type { MetricFact } from './metric-lines.ts';
import { type TraceNode, type TraceSpan, traceTrees, walk } from '../waterfall/trace-tree.ts';

/** What happened in a run, as seen by the receiver and told by the processes. */
export interface RunFacts {
  readonly processes: readonly ProcessReport[];
  /** Every span that arrived, in any trace. */
  readonly received: readonly TraceSpan[];
  /** The trace of the ticket. */
  readonly trace: readonly TraceSpan[];
  /** Spans that arrived a second time. */
  readonly duplicates: number;
  /** Requests the receiver refused while it was down. */
  readonly refusedRequests: number;
  /** Everything the receiver got, as text. */
  readonly receivedText: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** False when a real service answered: what it did is then not ours to expect. */
  readonly emulated: boolean;
  /** Metrics of the applications' own. */
  readonly metrics: readonly MetricFact[];
}

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Everything the run promises, each as a sentence that can be false. */
export function checkRun(facts: RunFacts): Check[] {
  return [
    checkIdentities(facts),
    checkNothingLost(facts),
    checkOneTree(facts),
    checkCountedOnce(facts),
    checkSecrets(facts),
    checkOutage(facts),
    checkMetrics(facts),
    ...(facts.emulated
      ? [checkRateLimit(facts), checkFailedTool(facts), checkFirstToken(facts), checkCosts(facts)]
      : []),
  ];
}

function checkIdentities({ processes }: RunFacts): Check {
  const errors = processes.flatMap(({ service, ledgers }) =>
    ledgers.flatMap((ledger) => ledgerErrors(ledger).map((error) => `${service}: ${error}`)),
  );
  const count = processes.flatMap(({ ledgers }) => ledgers).length;
  return {
    name: 'every ledger adds up',
    ok: errors.length === 0 && count > 0,
    detail: errors.join('; ') || `${count} ledgers of ${processes.length} processes`,
  };
}

function checkNothingLost({ processes, received, duplicates }: RunFacts): Check {
  const traces = processes
    .flatMap(({ ledgers }) => ledgers)
    .filter(({ signal }) => signal === 'traces');
  const exported = sum(traces, (ledger) =>
    sum(Object.values(ledger.destinations), (to) => to.exported),
  );
  const open = sum(traces, openItems);
  const lost = sum(traces, lostItems);
  return {
    name: 'what was exported is what arrived, and nothing was dropped',
    ok:
      lost === 0 && open === 0 && exported === received.length && duplicates === 0 && exported > 0,
    detail: `exported ${exported}, received ${received.length}, twice ${duplicates}, dropped ${lost}, still on the way ${open}`,
  };
}

function openItems(ledger: LedgerSnapshot): number {
  return (
    ledger.undecided +
    ledger.queued +
    sum(Object.values(ledger.destinations), (to) => to.inFlight + to.spooled)
  );
}

function lostItems(ledger: LedgerSnapshot): number {
  return (
    total(ledger.dropped) +
    sum(Object.values(ledger.destinations), (to) => total(to.dropped) + total(to.rejected))
  );
}

function checkOneTree({ trace }: RunFacts): Check {
  const trees = traceTrees(trace);
  const orphans = [...walk(trees)].filter(({ orphan }) => orphan).length;
  const services = new Set(trace.map(({ service }) => service));
  return {
    name: 'the ticket is one trace with one root, across three processes',
    ok: trees.length === 1 && orphans === 0 && services.size === 3,
    detail: `${trace.length} spans, ${trees.length} roots, ${orphans} orphans, services ${[...services].join(', ')}`,
  };
}

function checkCountedOnce({ trace }: RunFacts): Check {
  const counts = ({ attributes }: TraceSpan): boolean =>
    attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS] !== undefined;
  const nested = (node: TraceNode, inside: boolean): TraceSpan[] => [
    ...(inside && counts(node.span) ? [node.span] : []),
    ...node.children.flatMap((child) => nested(child, inside || counts(node.span))),
  ];
  const twice = traceTrees(trace).flatMap((tree) => nested(tree, false));
  return {
    name: 'no token is counted on two spans of one call',
    ok: twice.length === 0,
    detail:
      twice.map(({ name }) => name).join(', ') || `${trace.filter(counts).length} calls with usage`,
  };
}

function checkSecrets({ receivedText, secrets, processes }: RunFacts): Check {
  const leaked = Object.entries(secrets)
    .filter(([, secret]) => receivedText.includes(secret))
    .map(([name]) => name);
  const removed = sum(processes, ({ redacted }) => total(redacted));
  return {
    name: 'no secret and no address reached the receiver',
    ok: leaked.length === 0 && removed > 0,
    detail: leaked.length === 0 ? `${removed} values redacted` : `leaked: ${leaked.join(', ')}`,
  };
}

function checkOutage({ refusedRequests }: RunFacts): Check {
  return {
    name: 'the receiver was down for a while',
    ok: refusedRequests > 0,
    detail: `${refusedRequests} requests refused, then delivered`,
  };
}

function checkMetrics({ metrics }: RunFacts): Check {
  const kinds = new Set(metrics.map(({ kind }) => kind));
  return {
    name: 'counters, histograms and gauges of the applications arrived',
    ok: kinds.size === 3,
    detail: `${metrics.length} metrics: ${[...kinds].toSorted().join(', ') || 'none'}`,
  };
}

function checkRateLimit({ trace }: RunFacts): Check {
  const calls = trace.filter(({ attributes }) => attributes[ATTR_GEN_AI_OPERATION_NAME] === 'chat');
  const limited = calls.findIndex(
    (span) => Number(span.attributes[ATTR_HTTP_RESPONSE_STATUS_CODE]) === 429,
  );
  const retried =
    limited >= 0 && calls.some((span, index) => index !== limited && span.error === undefined);
  return {
    name: 'the call that was rate-limited was tried again',
    ok: retried,
    detail: limited < 0 ? 'no 429 seen' : `error.type ${calls[limited]?.error?.type}`,
  };
}

function checkFailedTool({ trace }: RunFacts): Check {
  const failed = trace.filter(
    (span) =>
      span.attributes[ATTR_GEN_AI_OPERATION_NAME] === 'execute_tool' && span.error !== undefined,
  );
  return {
    name: 'the tool that failed is an error on its own span only',
    ok:
      failed.length === 1 &&
      trace.every((span) => span.error === undefined || !span.name.startsWith('invoke_')),
    detail: failed.map((span) => `${span.name}: ${span.error?.type}`).join(', ') || 'none failed',
  };
}

function checkFirstToken({ trace }: RunFacts): Check {
  const streamed = trace.filter(
    (span) => span.attributes[ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] !== undefined,
  );
  return {
    name: 'the streamed answer has a time to first token',
    ok: streamed.length > 0,
    detail: streamed.map((span) => span.name).join(', ') || 'none',
  };
}

function checkCosts({ trace }: RunFacts): Check {
  const calls = trace.filter(
    ({ attributes }) => attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS] !== undefined,
  );
  const costs = calls.map(({ attributes, startNanos }) => ({
    recorded: attributes[ATTR_LLM_OTEL_COST_MICRO_USD],
    // Protobuf has its whole numbers as bigint.
    expected: costOfSpan(
      Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [
          name,
          typeof value === 'bigint' ? Number(value) : value,
        ]),
      ),
      Number(startNanos / 1_000_000n),
      demoPrices(),
    )?.microUsd,
  }));
  return {
    name: 'every model call that used tokens has its cost by the price table',
    ok:
      costs.length > 0 &&
      costs.every(
        ({ recorded, expected }) => expected !== undefined && Number(recorded) === expected,
      ),
    detail: `micro-USD: ${costs.map(({ recorded }) => (recorded === undefined ? 'none' : String(Number(recorded)))).join(', ')}`,
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
