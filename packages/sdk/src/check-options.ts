import { InvalidOptionError, UnknownOptionError, unknownOptions } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';
import { isGroup, type OptionCheck, type OptionGroup } from './option-check.ts';
import { telemetryOptionChecks } from './telemetry-option-checks.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

// What `NodeSDK` of @opentelemetry/sdk-node calls the same things: many come from there.
const elsewhere: Readonly<Record<string, string>> = {
  traceExporter: 'use destinations: [exporterDestination(exporter)], from exporters-resilient',
  metricReader: 'use metrics: { exporter }',
  metricReaders: 'use metrics: { exporter }',
  logRecordProcessor: 'use logRecordProcessors: [processor], or logs: true',
  spanProcessor: 'use spanProcessors: [processor]',
  sampler: 'use sampling: a policy, or the share of all traces',
  resource: 'use resourceAttributes',
  textMapPropagator: 'use propagator',
  instrumentations: 'pass them to registerInstrumentations of @opentelemetry/instrumentation',
};

/** Something about options that cannot be used. */
export interface OptionProblem {
  readonly error: UnknownOptionError | InvalidOptionError;
  /** What is left out for it: a list as a whole. */
  readonly option: string;
  /** Whether the default cannot stand in its place. */
  readonly isFatal: boolean;
}

/**
 * Tells each option that does not exist, with what was probably meant, and each that has a value it cannot have, and returns
 * the others: half of a configuration is better than no telemetry.
 * @throws {@link UnknownOptionError} or {@link InvalidOptionError} for the first one, with `strict`; without, for one in whose
 * place no default can stand
 */
export function checkOptions(options: TelemetryOptions): TelemetryOptions {
  let usable: TelemetryOptions = options;
  for (const { error, option, isFatal } of optionProblems(options)) {
    if (isFatal || options.strict === true) throw error;
    const instead =
      error.code === 'LLM_OTEL_UNKNOWN_OPTION' ? 'ignored' : 'ignored, the default holds';
    diag.warn(`llm-otel: ${error.message} (${instead})`);
    usable = without(usable, option.split('.'));
  }
  return usable;
}

/** A copy without one member, or without one of a member. */
function without<T extends object>(options: T, [name = '', ...inner]: readonly string[]): T {
  const copy = { ...options } as Record<string, unknown>;
  const member = copy[name];
  if (inner.length === 0) delete copy[name];
  else if (typeof member === 'object' && member !== null) copy[name] = without(member, inner);
  return copy as T;
}

/** All that is wrong with options: what does not exist, and what has a value it cannot have. */
export function optionProblems(options: unknown): OptionProblem[] {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const use = 'an object of options, or nothing';
    const error = new InvalidOptionError({ option: 'options', value: options, use, secret: true });
    return [{ error, option: '', isFatal: true }];
  }
  return problemsIn(options as Readonly<Record<string, unknown>>, telemetryOptionChecks, '');
}

function problemsIn(
  options: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<string, OptionCheck | OptionGroup>>,
  path: string,
): OptionProblem[] {
  const known = Object.fromEntries(Object.keys(checks).map((name) => [name, true as const]));
  const unknown = unknownOptions(options, known, path).map((error) => ({
    error: calledElsewhere(error),
    option: error.option,
    isFatal: false,
  }));
  const invalid = Object.entries(checks).flatMap(([name, check]) => {
    const value = options[name];
    const option = path === '' ? name : `${path}.${name}`;
    if (value === undefined) return [];
    if (!isGroup(check)) return problemWith(option, value, check);
    if (check.or.includes(value)) return [];
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? problemsIn(value as Readonly<Record<string, unknown>>, check.members, option)
      : [problemOf(option, value, check)];
  });
  return [...unknown, ...invalid];
}

function problemWith(option: string, value: unknown, check: OptionCheck): OptionProblem[] {
  if (!check.fits(value)) return [problemOf(option, value, check)];
  const inside = check.inside?.(value);
  if (inside !== undefined) return [{ error: inside, option, isFatal: check.mustHold === true }];
  const { item } = check;
  if (item === undefined || !Array.isArray(value)) return [];
  const members = value as readonly unknown[];
  const wrong = members.findIndex((member) => !item.fits(member));
  return wrong === -1
    ? []
    : [{ ...problemOf(`${option}[${wrong}]`, members[wrong], item), option }];
}

function problemOf(
  option: string,
  value: unknown,
  { use, isSecret, mustHold }: Omit<OptionCheck, 'fits'>,
): OptionProblem {
  const error = new InvalidOptionError({ option, value: shown(value), use, secret: isSecret });
  return { error, option, isFatal: mustHold === true };
}

/** What is in an object or an array may be anything. JSON has no NaN and no Infinity. */
function shown(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? 'array' : 'object';
}

function calledElsewhere(error: UnknownOptionError): UnknownOptionError {
  const instead = Object.hasOwn(elsewhere, error.option) ? elsewhere[error.option] : undefined;
  return instead === undefined ? error : new UnknownOptionError(error.option, instead);
}
