import {
  InvalidOptionError,
  type OptionKeys,
  UnknownOptionError,
  unknownOptions,
} from '@llm-otel/core';
import { kindOf } from './options.ts';

// What the exporters and processors of OpenTelemetry call the same things, and the variables: whoever comes from there is not left to
// guess, and of two that say the same, one of ours and one of theirs, none counts silently.
const ELSEWHERE: Readonly<Record<string, readonly [ours: string, instead: string]>> = {
  endpoint: [
    'url',
    'use url, the whole address of the signal, such as http://localhost:4318/v1/traces',
  ],
  timeout: ['timeoutMillis', 'use timeoutMillis'],
  concurrencyLimit: ['concurrency', 'use concurrency'],
  url: ['destinations', 'use destinations: [otlpDestination({ url })]'],
  exporter: ['destinations', 'use destinations: [exporterDestination(name, exporter)]'],
  maxQueueSize: ['queue', 'use queue: { maxItems }'],
  maxExportBatchSize: ['batch', 'use batch: { maxItems }'],
  scheduledDelayMillis: ['batch', 'use batch: { delayMillis }'],
};

/**
 * Throws unless `options` is an object that has only `known` keys, or absent: UnknownOptionError with the nearest name for a key
 * that is misspelt, InvalidOptionError for what is no object. What the values are is not looked at.
 * @param path - where `options` stands, such as `batch`; left out at the top
 */
export function knownOptions<Options extends object>(
  options: Options | undefined,
  known: OptionKeys<Options>,
  path: string = '',
): void {
  if (options === undefined) return;
  objectOption(path === '' ? 'options' : path, options, Object.keys(known));
  const [unknown] = unknownOptions(options, known, path);
  if (unknown === undefined) return;
  const [ours, instead] = (path === '' && elsewhere(unknown.option)) || [];
  throw ours !== undefined && instead !== undefined && Object.hasOwn(known, ours)
    ? new UnknownOptionError(unknown.option, instead)
    : unknown;
}

function elsewhere(option: string): readonly [ours: string, instead: string] | undefined {
  return Object.hasOwn(ELSEWHERE, option) ? ELSEWHERE[option] : undefined;
}

/** Throws {@link InvalidOptionError} unless `value` is an object, for the members it may have. */
export function objectOption(option: string, value: unknown, members: readonly string[]): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  const use = `an object with ${members.join(', ')}`;
  throw new InvalidOptionError({ option, value: kindOf(value), use });
}
