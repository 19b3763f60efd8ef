import { formatWithOptions } from 'node:util';
import { InvalidOptionError } from '@llm-otel/core';
import { errorTexts, isError } from './error-texts.ts';
import { exceptionAttributes } from './exception-attributes.ts';
import { type BridgeOptions, type FoundRecord, LogTarget } from './log-target.ts';
import { severityOfLevel } from './severity.ts';
import { withoutColours } from './without-colours.ts';

const METHODS = ['trace', 'debug', 'log', 'info', 'warn', 'error', 'dir'] as const;
type Method = (typeof METHODS)[number];
type Write = (...args: unknown[]) => void;

export interface ConsoleBridgeOptions extends BridgeOptions {
  /** @defaultValue the global console */
  readonly console?: Pick<Console, Method> | undefined;
}

/**
 * Sends what is written to the console on as log records. The console writes as before, first, and with the same
 * arguments. One object alone is the body as it is; a text with more behind it is formatted as the console does, and
 * objects behind the text are attributes (`log.arguments`).
 * @returns a function that takes the bridge away again
 * @throws InvalidOptionError naming the option
 */
export function bridgeConsole(options: ConsoleBridgeOptions = {}): () => void {
  const target = new LogTarget('console', options, { console: true });
  const bridged = (options.console ?? globalThis.console) as Record<Method, Write>;
  if (typeof bridged !== 'object')
    throw new InvalidOptionError({
      option: 'console',
      value: bridged,
      use: 'a console, such as new Console(stream)',
    });
  const originals = new Map<Method, { readonly write: Write; readonly replacement: Write }>();
  let active = true;
  // The console of Node.js writes a trace by its own method for errors: one line is one record.
  let depth = 0;
  for (const method of METHODS) {
    const write = bridged[method];
    if (typeof write !== 'function') continue;
    const severity = severityOfLevel(method === 'dir' ? 'log' : method);
    const replacement: Write = function (this: unknown, ...args) {
      depth++;
      try {
        write.apply(this, args);
      } finally {
        depth--;
      }
      if (active && depth === 0) target.emit(severity, () => found(method, severity, args));
    };
    originals.set(method, { write, replacement });
    bridged[method] = replacement;
  }
  return () => {
    active = false;
    for (const [method, { write, replacement }] of originals) {
      // Somebody may have put something over ours since: then ours stays and does nothing.
      if (bridged[method] === replacement) bridged[method] = write;
    }
  };
}

function found(method: Method, severityNumber: number, given: readonly unknown[]): FoundRecord {
  // Behind what it shows, `dir` is told how.
  const args = method === 'dir' ? given.slice(0, 1) : given;
  const objects = args.filter(isObject);
  const error = objects.find(isError);
  const alone = args.length === 1 && objects.length === 1 && error === undefined;
  return {
    severityNumber,
    severityText: method,
    body: alone ? args[0] : textOf(args),
    attributes: {
      ...(alone || objects.length === 0 ? {} : { 'log.arguments': objects }),
      ...exceptionAttributes(error),
    },
  };
}

/** What the console shows, without colours, the objects behind the text left to the attributes. */
function textOf(args: readonly unknown[]): string {
  const [first, ...rest] = args;
  // The message of an error, in which nothing is a placeholder, and behind it what is no object.
  if (isError(first))
    return format(
      '%s',
      errorTexts(first).message ?? '',
      ...rest.filter((value) => !isObject(value)),
    );
  if (typeof first !== 'string') return format(...args);
  // Placeholders take arguments of any kind; behind them only what is no object is part of the text.
  const taken = first.match(PLACEHOLDER)?.filter((found) => found !== '%%').length ?? 0;
  const shown = rest.filter((value, at) => at < taken || !isObject(value));
  return format(first, ...shown);
}

const PLACEHOLDER = /%[%sdifjoOc]/g;
const PLAIN = { colors: false, depth: 2, maxStringLength: 10_000, maxArrayLength: 50 } as const;

function format(...args: readonly unknown[]): string {
  return withoutColours(formatWithOptions(PLAIN, ...args));
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
