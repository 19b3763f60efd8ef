import type { Keep, SamplingPolicy } from '../policy/sampling-policy.ts';
import type { SimulatedTrace, Simulation } from '../simulate/simulation.ts';
import { barOf, bytesOf, countOf, dollarsOf, percentOf, table, timeOf } from './text.ts';

const DAY_MILLIS = 86_400_000;
const BAR_WIDTH = 24;

/** What is printed of a simulation. */
export interface ReportInput {
  readonly title: string;
  readonly policy: SamplingPolicy;
  readonly simulation: Simulation;
  /** Price of a gigabyte at the backend, in US dollars. */
  readonly pricePerGigabyte?: number | undefined;
}

/** A table with a bar for each rule, and what one should know beside it. Plain text. */
export function simulationReport(input: ReportInput): string {
  const { title, simulation } = input;
  const { kept, dropped, durationMillis } = simulation;
  const traces = kept.traces + dropped.traces;
  return [
    `${title}: ${countOf(traces, 'trace')}, ${countOf(kept.spans + dropped.spans, 'span')}, ${timeOf(durationMillis)}`,
    '',
    ...rulesTable(input),
    '',
    ...facts(input).map(([name, text]) => `${name.padEnd(8)} ${text}`),
    '',
  ].join('\n');
}

function rulesTable({ policy, simulation }: ReportInput): string[] {
  const { rules, kept, dropped } = simulation;
  const row = (name: string, keep: string, keptTraces: number, all: number): string[] => [
    name,
    keep,
    countOf(all),
    countOf(keptTraces),
    countOf(all - keptTraces),
    percentOf(keptTraces, all),
    barOf(keptTraces, all, BAR_WIDTH),
  ];
  return table(
    ['rule', 'keep', 'traces', 'kept', 'dropped', '', ''],
    [
      ...rules.map((rule) =>
        row(
          rule.name,
          keepText(policy.rules.find(({ name }) => name === rule.name)?.keep),
          rule.kept.traces,
          rule.kept.traces + rule.dropped.traces,
        ),
      ),
      row('total', '', kept.traces, kept.traces + dropped.traces),
    ],
    // Names and bars begin on the left, numbers end on the right.
    ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
  );
}

function keepText(keep: Keep | undefined): string {
  if (keep === undefined) return '';
  if (typeof keep === 'string') return keep;
  if ('ratio' in keep) return percentOf(keep.ratio, 1);
  if ('rate' in keep) return `${keep.rate.tracesPerSecond}/s`;
  const { base = 1, spansPerSecond, aboveLoad } = keep.adaptive;
  const to = spansPerSecond === undefined ? '' : `, ${spansPerSecond} spans/s`;
  return `${percentOf(base, 1)}${to}${aboveLoad === undefined ? '' : `, load ${aboveLoad}`}`;
}

function facts({ simulation, pricePerGigabyte }: ReportInput): [string, string][] {
  const { kept, dropped, durationMillis, torn, missed, peak, sampledBefore } = simulation;
  const all = kept.bytes + dropped.bytes;
  const perDay = durationMillis > 0 ? (kept.bytes / durationMillis) * DAY_MILLIS : undefined;
  const money =
    perDay === undefined || pricePerGigabyte === undefined
      ? ''
      : `, ${dollarsOf((perDay / 1e9) * pricePerGigabyte)} a day`;
  const lines: [string, string][] = [
    [
      'Volume',
      `${bytesOf(kept.bytes)} of ${bytesOf(all)} (${percentOf(kept.bytes, all)})${
        perDay === undefined ? '' : `, about ${bytesOf(perDay)} a day${money}`
      }`,
    ],
    [
      'Spend',
      `kept traces show ${dollarsOf(kept.costMicroUsd / 1e6)} of ${dollarsOf(
        (kept.costMicroUsd + dropped.costMicroUsd) / 1e6,
      )} for model calls, ${countOf(kept.tokens)} of ${countOf(kept.tokens + dropped.tokens)} tokens`,
    ],
    ['Errors', `${countOf(kept.errors)} of ${countOf(kept.errors + dropped.errors, 'trace')} kept`],
    ...missed.errors
      .slice(0, 3)
      .map((trace): [string, string] => ['', `missed ${traceText(trace)}`]),
    [
      'Slowest',
      missed.slowest === undefined ? 'none dropped' : `dropped: ${traceText(missed.slowest)}`,
    ],
    [
      'Costly',
      missed.costliest === undefined ? 'none dropped' : `dropped: ${traceText(missed.costliest)}`,
    ],
    ['Memory', `at most ${bytesOf(peak.bytes)} in ${countOf(peak.traces, 'trace')} held at once`],
  ];
  if (torn > 0) lines.push(['Torn', `${countOf(torn, 'trace')} kept in part`]);
  if (peak.stressed > 0) {
    lines.push([
      'Stress',
      `${countOf(peak.stressed, 'decision')} by trace id alone: not enough room`,
    ]);
  }
  if (sampledBefore > 0) {
    lines.push([
      'Note',
      `${countOf(sampledBefore, 'trace')} had been sampled before: there were more of them`,
    ]);
  }
  return lines;
}

function traceText({ traceId, name, durationMillis, costMicroUsd }: SimulatedTrace): string {
  const cost = costMicroUsd > 0 ? `, ${dollarsOf(costMicroUsd / 1e6)}` : '';
  return `${timeOf(durationMillis)}${cost}, ${printable(name)} ${traceId}`;
}

/** Names of spans come from anywhere: nothing that moves the cursor gets through. */
function printable(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 60);
}
