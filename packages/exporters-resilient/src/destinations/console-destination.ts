import type { Destination } from '../destination.ts';
import { plainItems } from '../json/plain-items.ts';
import { prettyItem } from '../json/pretty-item.ts';
import { oneOfOption } from '../options.ts';
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

/**
 * Prints what it is given. For development and for log collectors; ids, times and nesting as recorded.
 * @throws InvalidOptionError for an unknown format
 */
export function consoleDestination({
  name = 'console',
  format = 'json',
  // oxlint-disable-next-line no-console -- printing is what was asked for
  write = (line) => console.log(line),
}: ConsoleDestinationOptions = {}): Destination {
  oneOfOption('format', format, ['json', 'pretty', 'otlp']);
  return lineDestination(name, ({ signal }) => ({
    write(json) {
      if (format === 'otlp') write(json);
      else
        for (const item of plainItems(json, signal))
          write(format === 'pretty' ? prettyItem(item) : JSON.stringify(item));
    },
  }));
}
