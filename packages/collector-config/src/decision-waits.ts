import { InvalidOptionError, type SamplingPolicy } from '@llm-otel/sampling/policy';
import type { FleetOptions } from './compile-options.ts';

/** How long gateways wait before they decide about a trace, in whole seconds. */
export interface DecisionWaits {
  /** From its first span. */
  readonly decisionWaitSeconds: number;
  /** From its root. */
  readonly decisionWaitAfterRootSeconds: number;
}

/** Where traces are not looked at, only stragglers are waited for. */
const LEAST_SECONDS = 30;
const JUDGED_SECONDS = 120;
/** Beyond the longest duration that a rule asks for: whether a trace lasts as long shows in what ends after it. */
const BEYOND_DURATION_SECONDS = 90;
const DAY_SECONDS = 86_400;
const AFTER_ROOT_SECONDS = 10;

/**
 * The waits that somebody wants, or else those that the policy needs: a trace whose root has come is not held for the
 * whole of it, so it may be long.
 * @throws InvalidOptionError for one that is no whole number, or where the root would wait longer than the whole
 */
export function decisionWaits(
  { decisionWaitSeconds, decisionWaitAfterRootSeconds }: FleetOptions,
  policy: SamplingPolicy,
): DecisionWaits {
  const whole = seconds('decisionWaitSeconds', decisionWaitSeconds ?? wantedBy(policy), 1);
  const afterRoot = decisionWaitAfterRootSeconds ?? Math.min(AFTER_ROOT_SECONDS, whole);
  seconds('decisionWaitAfterRootSeconds', afterRoot, 0);
  if (afterRoot > whole) {
    throw new InvalidOptionError({
      option: 'fleet.decisionWaitAfterRootSeconds',
      value: afterRoot,
      use: `at most the whole wait, ${whole}`,
    });
  }
  return { decisionWaitSeconds: whole, decisionWaitAfterRootSeconds: afterRoot };
}

function wantedBy({ rules }: SamplingPolicy): number {
  if (rules[0]?.when === undefined) return LEAST_SECONDS;
  const durations = rules.map(({ when }) => when?.minDurationMillis ?? 0);
  const longest = Math.ceil(Math.max(...durations) / 1000);
  return Math.min(Math.max(JUDGED_SECONDS, longest + BEYOND_DURATION_SECONDS), DAY_SECONDS);
}

function seconds(name: keyof DecisionWaits, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  const use = `a whole number of at least ${least}`;
  throw new InvalidOptionError({ option: `fleet.${name}`, value, use });
}
