import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { compile, type CompileResult } from '../compile.ts';
import type { CompileInput } from '../compile-options.ts';
import { TESTED_VERSION } from '../collector-version.ts';
import { formatClauses } from '../format-clauses.ts';
import { RefusedError } from '../refused-error.ts';

/** What a command of `llm-otel` gets; a part of the type that core has. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown; readonly columns?: number };
  readonly stderr: { write(text: string): unknown; readonly columns?: number };
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
  readonly cwd: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

const help = `Usage: llm-otel collector <file> [options]

Compiles sampling and redaction policies to configurations of the OpenTelemetry Collector.
<file> is JSON or YAML: { sampling, redaction, exporters, fleet }; - is the input.

  --out <folder>        where the files go; without it only the report is printed
  --check               compare with the files in --out, write nothing; exit code 1 where they differ
  --version <release>   of the Collector; ${TESTED_VERSION} without it
  --allow-approximate   emit the closest there is where a Collector cannot do what a policy says
  --json                the clauses as JSON
  --help
`;
const USAGE_MISTAKE = 2;

/** `llm-otel collector`: policies in, configurations of Collectors out. */
export const collectorCommand: Command = {
  name: 'collector',
  summary: 'compiles policies to OpenTelemetry Collector configurations',
  async run(args, io) {
    const options = readArguments(args, io);
    if (typeof options === 'number') return options;
    const { file, out, check, version, allowApproximate, json } = options;
    const text = file === '-' ? await inputOf(io) : readFileSync(resolve(io.cwd, file), 'utf8');
    const input = parse(text) as CompileInput;
    let result: CompileResult;
    try {
      result = compile(input, { collectorVersion: version, allowApproximate });
    } catch (error) {
      if (!RefusedError.is(error)) throw error;
      io.stderr.write(
        `${formatClauses(error.clauses, io.stderr.columns)}\n\nRefused. Change the policy, or pass --allow-approximate.\n`,
      );
      return 1;
    }
    io.stdout.write(
      json
        ? `${JSON.stringify(result.clauses, null, 2)}\n`
        : `${formatClauses(result.clauses, io.stdout.columns)}\n`,
    );
    if (out === undefined) return 0;
    const folder = resolve(io.cwd, out);
    return check ? compareFiles(result, folder, io) : writeFiles(result, folder, io);
  },
};

interface Options {
  readonly file: string;
  readonly out: string | undefined;
  readonly check: boolean;
  readonly version: string | undefined;
  readonly allowApproximate: boolean;
  readonly json: boolean;
}

/** The options, or the exit code where there is nothing more to do. */
function readArguments(args: readonly string[], io: CommandIo): Options | number {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        check: { type: 'boolean', default: false },
        version: { type: 'string' },
        'allow-approximate': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    io.stderr.write(`${(error as Error).message}\n\n${help}`);
    return USAGE_MISTAKE;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    io.stdout.write(help);
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0 || (values.check && values.out === undefined)) {
    const problem =
      file === undefined
        ? 'no file is given'
        : others.length > 0
          ? `one file, and not also ${others.join(' ')}`
          : '--check needs --out';
    io.stderr.write(`${problem}\n\n${help}`);
    return USAGE_MISTAKE;
  }
  return {
    file,
    out: values.out,
    check: values.check,
    version: values.version,
    allowApproximate: values['allow-approximate'],
    json: values.json,
  };
}

function writeFiles({ files }: CompileResult, folder: string, io: CommandIo): number {
  makeFolder(folder);
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
  io.stderr.write(`wrote ${files.map(({ path }) => path).join(', ')} to ${folder}\n`);
  return 0;
}

/** With its parents. Not by `recursive` of Node.js, which never ends where a parent refuses, such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}

async function inputOf({ stdin }: CommandIo): Promise<string> {
  if (stdin === undefined) throw new Error('there is no input to read');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for await (const chunk of stdin) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

function compareFiles({ files }: CompileResult, folder: string, io: CommandIo): number {
  const stale = files.filter(({ path, text }) => readIfThere(join(folder, path)) !== text);
  if (stale.length === 0) return 0;
  io.stderr.write(
    `not what the policies compile to: ${stale.map(({ path }) => path).join(', ')} in ${folder}; run it without --check\n`,
  );
  return 1;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
