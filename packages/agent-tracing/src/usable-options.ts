import { FailureLog } from '@llm-otel/core';
import type { Budget, RunUsage } from './budget.ts';
import type { Checkpoint } from './checkpoint.ts';

const failures = new FailureLog();

const LIMITS = ['tokens', 'microUsd', 'steps', 'wallTimeMillis'] as const;

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
export function usableCheckpoint(given: Checkpoint | null | undefined): Checkpoint | undefined {
  if (given === undefined || given === null) return undefined;
  const usage: Partial<RunUsage> | null | undefined = given.usage;
  const wrong = AMOUNTS.find((name) => !isAmount(usage?.[name]));
  if (wrong === undefined) return given;
  const problem = `resume.usage.${wrong} is ${String(usage?.[wrong])}: use what \`checkpoint\` returned`;
  failures.report('resuming a run', new TypeError(problem));
  return undefined;
}

/** The budget without limits that are none. */
export function usableBudget(given: Budget | null | undefined): Budget {
  const budget = given ?? {};
  const wrong = LIMITS.filter((name) => budget[name] !== undefined && !isAmount(budget[name]));
  if (wrong.length === 0) return budget;
  for (const name of wrong) {
    const problem = `budget.${name} is ${String(budget[name])}: use a number from 0`;
    failures.report(`reading budget.${name}`, new RangeError(problem));
  }
  return { ...budget, ...Object.fromEntries(wrong.map((name) => [name, undefined])) };
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}
