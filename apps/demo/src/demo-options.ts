import { parseArgs } from 'node:util';
import { LEAST_COLUMNS } from './waterfall/waterfall.ts';

export interface DemoOptions {
  readonly json: boolean;
  readonly help: boolean;
  /** Columns of the waterfall. */
  readonly columns: number;
  readonly color: boolean | undefined;
  /** URL of a receiver that gets everything as well. */
  readonly to: string | undefined;
}

export const USAGE = `A support desk answered by agents, observed from the first prompt to the ledger.

  npm run demo [-- options]

  --json         print the trace, the redactions, the ledger and the verdict as one JSON document
  --to URL       send everything to this OTLP receiver as well, such as http://localhost:4318 of infra/compose.yaml
  --width N      columns of the waterfall (default: the terminal's width, or 100)
  --no-color     no colour (also: NO_COLOR=1; --color or FORCE_COLOR=1 for colour in a pipe)
  --help         this text

The model calls go to an emulator on this machine. With OPENAI_API_KEY or ANTHROPIC_API_KEY set, the calls to
that provider go to the real service and cost a fraction of a cent.

Exit code: 0 when every check of the run holds, 1 when one does not, 2 for wrong arguments.`;

/** Throws with a sentence for the user when the arguments are wrong. */
export function parseDemoOptions(
  args: readonly string[],
  terminalColumns: number | undefined,
): DemoOptions {
  const { values } = parseArgs({
    args: args.filter((argument) => argument !== '--'),
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      width: { type: 'string' },
      to: { type: 'string' },
      color: { type: 'boolean' },
    },
    allowNegative: true,
  });
  const columns = values.width === undefined ? (terminalColumns ?? 100) : Number(values.width);
  if (!Number.isInteger(columns) || columns < LEAST_COLUMNS || columns > 500) {
    throw new Error(`--width is ${values.width}: use a whole number from ${LEAST_COLUMNS} to 500`);
  }
  const { to } = values;
  if (to !== undefined && !/^https?:\/\/[^\s]+$/.test(to)) {
    throw new Error(`--to is ${to}: use a URL such as http://localhost:4318`);
  }
  return { to, json: values.json, help: values.help, columns, color: values.color };
}
