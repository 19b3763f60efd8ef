import type { OptionKeys } from '@llm-otel/core';
import type { Destination } from '../destination.ts';
import { knownOptions } from '../known-options.ts';
import { plainItems } from '../json/plain-items.ts';
import { prettyItem } from '../json/pretty-item.ts';
import { functionOption, oneOfOption } from '../options.ts';
import { checkName } from '../owner-options.ts';
import { lineDestination } from './line-destination.ts';
import { StandardOutput } from './standard-output.ts';

export interface ConsoleDestinationOptions {
  /** @defaultValue `console` */
  readonly name?: string | undefined;
  /**
   * `json`: a line of JSON for each item, easy to read by people and by `jq`. `pretty`: a few lines for each, for a
   * terminal. `otlp`: a line of OTLP/JSON for each batch, for tools that read OTLP.
   * @defaultValue `json`
   */
  readonly format?: 'json' | 'pretty' | 'otlp' | undefined;
  /**
   * Takes one line, or in `pretty` a few, without the last line end. What it throws counts as not written, and so does a
   * promise that it returns and that is rejected.
   * @defaultValue the standard output; `console.log` where there is none
   */
  readonly write?: ((line: string) => unknown) | undefined;
}

const known: OptionKeys<ConsoleDestinationOptions> = { name: true, format: true, write: true };

/**
 * Prints what it is given. For development and for log collectors; ids, times and nesting as recorded.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function consoleDestination(options: ConsoleDestinationOptions = {}): Destination {
  knownOptions(options, known);
  const { name = 'console', format = 'json', write } = options;
  checkName(name);
  oneOfOption('format', format, ['json', 'pretty', 'otlp']);
  functionOption('write', write, 'a function that takes a line');
  return lineDestination(name, ({ signal }) => {
    const output = new StandardOutput();
    return {
      write(json) {
        const lines =
          format === 'otlp'
            ? [json]
            : plainItems(json, signal).map((item) =>
                format === 'pretty' ? prettyItem(item) : JSON.stringify(item),
              );
        return write === undefined ? output.write(lines.join('\n')) : writeEach(lines, write);
      },
    };
  });
}

/** One after the other. Those that are left are not written when one fails. */
function writeEach(
  lines: readonly string[],
  write: (line: string) => unknown,
): void | Promise<void> {
  for (const [index, line] of lines.entries()) {
    const written = write(line);
    if (isPromise(written))
      return Promise.resolve(written).then(() => writeEach(lines.slice(index + 1), write));
  }
  return undefined;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
