import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CliCommand, CliIo } from '@llm-otel/core';
import { catSpool } from './cat-spool.ts';
import { listSpool } from './list-spool.ts';
import { purgeSpool } from './purge-spool.ts';
import { replaySpool } from './replay-spool.ts';
import { isSensitivity, SENSITIVITIES } from '../spool/sensitivity.ts';
import type { SpoolRequest } from './spool-request.ts';
import { verifySpool } from './verify-spool.ts';

const subcommands: Readonly<
  Record<string, (request: SpoolRequest, io: CliIo) => number | Promise<number>>
> = {
  ls: listSpool,
  verify: verifySpool,
  cat: catSpool,
  replay: replaySpool,
  purge: purgeSpool,
};

const HELP = `Usage: llm-otel spool <ls|verify|cat|replay|purge> [options]

Looks at what @llm-otel/exporters-resilient keeps on disk: what waits for its receiver, and dead letters, which a
receiver refused for good.

  ls       the logs: destination, signal, sensitivity, why refused, what is in them, and whether a process uses them
  verify   reads every record and tells which are damaged; exits with 1 when one is
  cat      prints what waits as OTLP/JSON, a request a line; with --dead-letters, what was refused
  replay   sends what no process uses to an OTLP receiver and removes what arrived. What the receiver refuses and what is
           damaged is kept as dead letters; an answer that all would get (401, a redirect, nobody there) ends it, and the
           rest stays where it is. Processes that run deliver theirs by themselves
  purge    deletes what no process uses, for good, dead letters included

Options:
  --directory <path>     the spool's directory; LLM_OTEL_SPOOL_DIRECTORY, else the working directory
  --destination <name>   only logs of this destination
  --sensitivity <class>  only logs of this class: public, internal, confidential, restricted
  --dead-letters         only dead letters
  --json                 a line of JSON for each row instead of a table
  --all                  cat: also what was delivered and is not deleted yet
  --older-than <time>    purge: only logs whose newest file is older, such as 30m, 12h, 7d
  --endpoint <url>       replay: base URL of the receiver; OTEL_EXPORTER_OTLP_ENDPOINT, else http://localhost:4318
  --header <name=value>  replay: a header for the receiver; may be repeated; OTEL_EXPORTER_OTLP_HEADERS, which other users
                         of the machine cannot see
  --dry-run              replay, purge: tell what would be done and do nothing
  --yes                  purge: do not ask; without a terminal nothing is deleted otherwise
  --help                 this text

Exit codes: 0 all is done and well; 1 something is damaged, in use, refused, or left; 2 used wrongly; 130 interrupted, and
what is left can be done by the same command again.
`;

export const spoolCommand: CliCommand = {
  name: 'spool',
  summary: 'looks at, sends or deletes telemetry that waits on disk',
  async run(args, io) {
    let parsed: ReturnType<typeof parse>;
    try {
      parsed = parse(args);
    } catch (error) {
      return wrongUse(io, error instanceof Error ? error.message : String(error));
    }
    const { values, positionals } = parsed;
    if (values.help === true) {
      io.stdout.write(HELP);
      return 0;
    }
    const [name = '', ...more] = positionals;
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (subcommand === undefined)
      return wrongUse(
        io,
        name === '' ? 'a subcommand is missing' : `there is no subcommand ${JSON.stringify(name)}`,
      );
    if (more.length > 0) return wrongUse(io, `${JSON.stringify(more[0])} is one argument too many`);
    const olderThanMillis = durationOf(values['older-than']);
    if (Number.isNaN(olderThanMillis))
      return wrongUse(
        io,
        `--older-than is ${JSON.stringify(values['older-than'])}: use a time such as 30m, 12h or 7d`,
      );
    const { sensitivity } = values;
    if (sensitivity !== undefined && !isSensitivity(sensitivity))
      return wrongUse(
        io,
        `--sensitivity is ${JSON.stringify(sensitivity)}: use one of ${SENSITIVITIES.join(', ')}`,
      );
    const headers = headersOf(
      io.environment['OTEL_EXPORTER_OTLP_HEADERS'] ?? '',
      values.header ?? [],
    );
    if (typeof headers === 'string') return wrongUse(io, headers);
    // A variable of a shell that is not set must not mean the working directory.
    if (values.directory === '')
      return wrongUse(io, '--directory is empty: use the path of the spool, or . for this folder');
    return subcommand(
      {
        directory: resolve(
          io.cwd,
          values.directory ?? (io.environment['LLM_OTEL_SPOOL_DIRECTORY'] || '.'),
        ),
        destination: values.destination,
        sensitivity,
        json: values.json === true,
        all: values.all === true,
        yes: values.yes === true,
        dryRun: values['dry-run'] === true,
        deadLetters: values['dead-letters'] === true,
        olderThanMillis,
        endpoint: values.endpoint ?? io.environment['OTEL_EXPORTER_OTLP_ENDPOINT'],
        headers,
      },
      io,
    );
  },
};

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      directory: text,
      destination: text,
      sensitivity: text,
      endpoint: text,
      header: { type: 'string', multiple: true },
      'older-than': text,
      json: flag,
      all: flag,
      yes: flag,
      'dry-run': flag,
      'dead-letters': flag,
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function wrongUse(io: CliIo, problem: string): number {
  io.stderr.write(`llm-otel spool: ${problem}\n\n${HELP}`);
  return 2;
}

/** Milliseconds; NaN for what is no duration. */
function durationOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, count = '', unit = ''] = /^(\d+)(s|m|h|d)$/.exec(text) ?? [];
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400 }[unit];
  return seconds === undefined ? Number.NaN : Number(count) * seconds * 1000;
}

/** What is wrong with them where they cannot be used. Values are never printed: they are secret. */
function headersOf(
  environment: string,
  options: readonly string[],
): Readonly<Record<string, string>> | string {
  const headers: Record<string, string> = {};
  for (const entry of environment.split(',')) {
    const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(entry) ?? [];
    if (name !== '') headers[name.toLowerCase()] = decoded(value.trim());
  }
  for (const option of options) {
    const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(option) ?? [];
    if (name === '')
      return `--header takes name=value, and one that was given has no ${option.includes('=') ? 'name' : '='}`;
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
