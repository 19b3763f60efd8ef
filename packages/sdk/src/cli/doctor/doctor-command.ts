import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CliCommand } from '@llm-otel/core';
import { diagnose, type Diagnosis, WrongArgumentError } from './diagnose.ts';
import { formatOutcomes } from './format-outcomes.ts';
import { hideSecrets } from './hide-secrets.ts';

const HELP = `Usage: llm-otel doctor [folder] [options]

Looks for what makes telemetry fail without a word. Changes nothing.

  --import MODULE   what the application loads first, as node --import takes it; a process is started with it, which
                    tells what holds with the options in code.
                    Found by itself where a script of package.json that runs the application has it; that of NODE_OPTIONS comes before it
  --entry FILE      the first file of the application; default: that of the start script, or main of package.json
  --offline         do not ask the receiver
  --settings        print every setting and where it comes from: also the defaults
  --json            print JSON: {"outcomes":[{"check","findings":[{"id","severity","what","why","fix"}],"skipped"}],
                    "settings":[{"name","value","from"}]}
  --help            print this

Exit code: 0 where nothing was found but notes, 1 where something was, 2 for a mistake in the use of this command.
`;

export const doctorCommand: CliCommand = {
  name: 'doctor',
  summary: 'finds what makes telemetry fail without a word',
  async run(args, io) {
    const refuse = (error: unknown): number => {
      const what = hideSecrets(error instanceof Error ? error.message : String(error));
      io.stderr.write(`llm-otel doctor: ${what}\n\n${HELP}`);
      return 2;
    };
    let parsed: ReturnType<typeof parse>;
    try {
      parsed = parse(args);
    } catch (error) {
      return refuse(error);
    }
    const { values, positionals } = parsed;
    if (values.help === true) {
      io.stdout.write(HELP);
      return 0;
    }
    let diagnosis: Diagnosis;
    try {
      diagnosis = await diagnose({
        folder: resolve(io.cwd, positionals[0] ?? '.'),
        environment: io.environment,
        preload: values.import,
        entry: values.entry,
        network: values.offline !== true,
        nodeVersion: process.versions.node,
        now: Date.now,
        signal: io.signal,
      });
    } catch (error) {
      if (error instanceof WrongArgumentError) return refuse(error);
      throw error;
    }
    const { outcomes, settings } = diagnosis;
    io.stdout.write(
      values.json === true
        ? `${JSON.stringify({ outcomes, settings }, undefined, 2)}\n`
        : formatOutcomes(
            outcomes,
            settings.filter(({ from }) => values.settings === true || from !== 'default'),
          ),
    );
    const found = outcomes.some(({ findings }) =>
      findings.some(({ severity }) => severity !== 'note'),
    );
    return found ? 1 : 0;
  },
};

function parse(args: readonly string[]) {
  const parsed = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      import: { type: 'string' },
      entry: { type: 'string' },
      offline: { type: 'boolean' },
      settings: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (parsed.positionals.length > 1) throw new Error('give one folder');
  return parsed;
}
