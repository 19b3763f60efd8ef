import type { OptionKeys } from '@llm-otel/core';
import type { Destination } from '../destination.ts';
import { knownOptions } from '../known-options.ts';
import { plainItems } from '../json/plain-items.ts';
import { prettyItem } from '../json/pretty-item.ts';
import { functionOption, oneOfOption } from '../options.ts';
import { checkName } from '../owner-options.ts';
import { lineDestination } from './line-destination.ts';

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
   * Takes one line, or in `pretty` a few, without the last line end.
   * @defaultValue `console.log`
   */
  readonly write?: ((line: string) => void) | undefined;
}

const known: OptionKeys<ConsoleDestinationOptions> = { name: true, format: true, write: true };

/**
 * Prints what it is given. For development and for log collectors; ids, times and nesting as recorded.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function consoleDestination(options: ConsoleDestinationOptions = {}): Destination {
  knownOptions(options, known);
  const {
    name = 'console',
    format = 'json',
    // oxlint-disable-next-line no-console -- printing is what was asked for
    write = (line) => console.log(line),
  } = options;
  checkName(name);
  oneOfOption('format', format, ['json', 'pretty', 'otlp']);
  functionOption('write', options.write, 'a function that takes a line');
  return lineDestination(name, ({ signal }) => ({
    write(json) {
      if (format === 'otlp') write(json);
      else
        for (const item of plainItems(json, signal))
          write(format === 'pretty' ? prettyItem(item) : JSON.stringify(item));
    },
  }));
}
