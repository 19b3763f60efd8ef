import { FailureLog, InvalidOptionError, type OptionKeys, unknownOptions } from '@llm-otel/core';
import { spanContextOf, type SpanReference } from '@llm-otel/llm-conventions';
import { readList, readMember, readString } from '@llm-otel/llm-conventions/client';
import type { Budget, RunUsage } from './budget.ts';
import type { Checkpoint, RunCarrier } from './checkpoint.ts';
import type { HandOff } from './hand-off.ts';
import type { UsageReport } from './usage-report.ts';

const failures = new FailureLog();

const LIMITS = ['tokens', 'microUsd', 'steps', 'wallTimeMillis'] as const;

const BUDGET_KEYS: OptionKeys<Budget> = {
  tokens: true,
  microUsd: true,
  steps: true,
  wallTimeMillis: true,
  onExceeded: true,
};

const AMOUNTS = [
  'inputTokens',
  'outputTokens',
  'microUsd',
  'steps',
  'inferenceCalls',
  'toolCalls',
  'elapsedMillis',
] as const satisfies readonly (keyof RunUsage)[];

/** The checkpoint where it is one: it was stored elsewhere and may be null, or of something else. A run goes on without it. */
export function usableCheckpoint(given: unknown): Checkpoint | undefined {
  if (given === undefined || given === null) return undefined;
  const usage = readMember(given, 'usage');
  const wrong = AMOUNTS.find((name) => !isAmount(readMember(usage, name)));
  if (wrong !== undefined) {
    report(`resume.usage.${wrong}`, readMember(usage, wrong), 'what `checkpoint` returned');
    return undefined;
  }
  const resumed = readMember(given, 'resumed');
  const nextStep = readMember(given, 'nextStep');
  return {
    agentName: readString(given, 'agentName') ?? '',
    conversationId: readString(given, 'conversationId'),
    usage: usage as RunUsage,
    nextStep: isAmount(nextStep) ? nextStep : undefined,
    included: readList(given, 'included') as readonly UsageReport[],
    resumed: isAmount(resumed) ? resumed : 0,
    span: readMember(given, 'span') as SpanReference | undefined,
  };
}

/** What of a hand-off can be read: it came from elsewhere. */
export function usableHandOff(given: unknown): HandOff | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'object') report('handOff', given, 'what `handOff` returned');
  return {
    to: readString(given, 'to') ?? '',
    from: readString(given, 'from') ?? '',
    conversationId: readString(given, 'conversationId'),
    span: readMember(given, 'span') as SpanReference | undefined,
  };
}

type UsableCarrier = { readonly [Name in keyof RunCarrier]: RunCarrier[Name] | undefined };

/** What of a carrier can be read. Without a span in it, a part hangs below what is active. */
export function usableCarrier(given: unknown): UsableCarrier {
  const span = readMember(given, 'span');
  if (typeof given !== 'object' || given === null) report('carrier', given, USE_CARRIER);
  else if (span !== undefined && spanContextOf(span) === undefined)
    report('carrier.span', span, USE_CARRIER);
  return {
    agentName: readString(given, 'agentName'),
    conversationId: readString(given, 'conversationId'),
    span: span as SpanReference | undefined,
  };
}

const USE_CARRIER = 'what `carrier` returned';

/** The budget without limits that are none. One that is misspelt would never be exceeded. Each member is read once, here. */
export function usableBudget(given: Budget | null | undefined): Budget {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    report('budget', given, 'limits, such as { tokens: 50_000 }');
    return {};
  }
  failures.guard('reading the limits of a budget', () => {
    const [unknown] = unknownOptions(given, BUDGET_KEYS, 'budget');
    if (unknown !== undefined) throw unknown;
  });
  const onExceeded = readMember(given, 'onExceeded');
  return {
    ...Object.fromEntries(LIMITS.map((name) => [name, limitOf(given, name)])),
    ...(typeof onExceeded === 'function' && {
      onExceeded: (exceeded) => Reflect.apply(onExceeded, given, [exceeded]) as unknown,
    }),
  };
}

function limitOf(budget: Budget, name: (typeof LIMITS)[number]): number | undefined {
  const limit = failures.guard(`reading budget.${name}`, () => budget[name] as unknown);
  if (limit === undefined || (isAmount(limit) && limit < Infinity)) return limit;
  // JSON has no word for it.
  const value = limit === Infinity ? 'Infinity' : limit;
  report(`budget.${name}`, value, 'a number from 0, below Infinity');
  return undefined;
}

function report(option: string, value: unknown, use: string): void {
  failures.report(`reading ${option}`, new InvalidOptionError({ option, value, use }));
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}
