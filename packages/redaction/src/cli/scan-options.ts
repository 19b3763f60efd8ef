import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CliIo, TelemetryError } from '@llm-otel/core';
import { nodeKeyedHash } from '../node/node-keyed-hash.ts';
import type { KeyedHash } from '../pseudonym/keyed-hash.ts';
import { parseRedactionPolicy } from '../policy/parse-policy.ts';
import type { RedactionPolicy } from '../policy/redaction-policy.ts';
import { readProblem } from './read-problem.ts';

/** Stands for standard input among the paths. */
export const STANDARD_INPUT = '-';

export type ScanFormat = 'table' | 'json' | 'sarif';

export interface ScanOptions {
  readonly paths: readonly string[];
  readonly policy: RedactionPolicy;
  /** For the action `hash`. */
  readonly hash: KeyedHash | undefined;
  readonly format: ScanFormat;
  readonly fix: boolean;
  readonly maxBytes: number;
}

/** How the command was used wrongly. */
export class UsageError extends Error {}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const DEFAULT_MAX_BYTES = 128 * 1024 * 1024;
const formats: readonly ScanFormat[] = ['table', 'json', 'sarif'];

/** @throws UsageError for what cannot be done */
export async function scanOptions(
  args: readonly string[],
  io: CliIo,
): Promise<ScanOptions | 'help'> {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  if (positionals.length === 0)
    throw new UsageError('name a file or a folder, or - for standard input');
  const format = formats.find((known) => known === (values.format ?? 'table'));
  if (format === undefined)
    throw new UsageError(`--format is ${JSON.stringify(values.format)}: use ${formats.join(', ')}`);
  if (positionals.filter((path) => path === STANDARD_INPUT).length > 1)
    throw new UsageError('- stands there twice: standard input can be read once');
  const maxBytes = Number(values['max-bytes'] ?? DEFAULT_MAX_BYTES);
  if (!Number.isInteger(maxBytes) || maxBytes < 1)
    throw new UsageError(
      `--max-bytes is ${JSON.stringify(values['max-bytes'])}: use a whole number of at least 1`,
    );
  return {
    paths: positionals.map((path) => (path === STANDARD_INPUT ? path : resolve(io.cwd, path))),
    policy: await policyOf(values.policy, values.preset, io),
    hash: await hashOf(values['hash-key'], io),
    format,
    fix: values.fix === true,
    maxBytes,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        preset: { type: 'string' },
        policy: { type: 'string' },
        'hash-key': { type: 'string' },
        format: { type: 'string' },
        'max-bytes': { type: 'string' },
        fix: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The key is what the file holds, without the line break at its end. */
async function hashOf(file: string | undefined, io: CliIo): Promise<KeyedHash | undefined> {
  if (file === undefined) return undefined;
  try {
    const key = await readFile(resolve(io.cwd, file));
    const end = key.at(-1) === LINE_FEED ? (key.at(-2) === CARRIAGE_RETURN ? -2 : -1) : undefined;
    return nodeKeyedHash({ key: key.subarray(0, end) });
  } catch (error) {
    const problem = TelemetryError.is(error) ? error.message : readProblem(error);
    throw new UsageError(`--hash-key ${file}: ${problem}`);
  }
}

async function policyOf(
  file: string | undefined,
  presets: string | undefined,
  io: CliIo,
): Promise<RedactionPolicy> {
  if (file !== undefined && presets !== undefined)
    throw new UsageError('use either --policy or --preset: a policy has presets of its own');
  try {
    if (file !== undefined) return await policyIn(file, io);
    return parseRedactionPolicy({ version: 1, presets: (presets ?? 'secrets,pii').split(',') });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function policyIn(file: string, io: CliIo): Promise<RedactionPolicy> {
  const policy = parseRedactionPolicy(jsonOf(await policyText(file, io), file));
  // All files would pass as clean.
  if (policy.enabled === false)
    throw new Error(
      `${file} has "enabled": false, so that nothing would be looked for: take it out`,
    );
  return policy;
}

async function policyText(file: string, io: CliIo): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    throw new Error(`--policy ${file}: ${readProblem(error)}`, { cause: error });
  }
}

/** The message of the parser quotes what it read, which may be another file than was meant. */
function jsonOf(text: string, file: string): unknown {
  try {
    // A byte order mark, as editors on Windows write.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const place = /line \d+ column \d+/.exec(String(error))?.[0];
    const where = place === undefined ? '' : `, ${place}`;
    throw new Error(`--policy ${file}: it is no JSON${where}`, { cause: error });
  }
}
