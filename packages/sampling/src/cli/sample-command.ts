import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CliCommand, CliIo } from '@llm-otel/core';
import { parseSamplingPolicy } from '../policy/parse-sampling-policy.ts';
import { policyPreset, policyPresets } from '../policy/policy-presets.ts';
import type { SamplingPolicy } from '../policy/sampling-policy.ts';
import { jsonOf } from '../source/json-of.ts';
import { SimulationRun } from '../simulate/simulation-run.ts';
import { recordedSpans } from './recorded-spans.ts';
import { simulationReport } from './simulation-report.ts';

const USAGE_MISTAKE = 2;
const HELP = `Usage: llm-otel sample simulate <recording>... [--policy <file or preset>]... [options]
       llm-otel sample check <policy file>...

simulate  tells what a policy would keep, drop and miss of recorded spans: files of OTLP/JSON or OTLP protobuf as the
          Collector's file exporter writes them, packed with gzip or zstd or not; the folder of a spool; - is the input.
          Files may be larger than memory, and those of the same time are read side by side
check     tells whether a policy is valid

  --policy <name>        ${Object.keys(policyPresets).join(', ')}, or a JSON file; several are compared (default: all presets)
  --together             one sampler for all processes, as in a Collector
  --load <0 to 1>        the load that adaptive rules go by (default: 0)
  --price-per-gb <USD>   price of a gigabyte at the backend
  --json                 the figures as JSON
`;

/** `llm-otel sample`: someone who chooses a policy should not have to guess. */
export const sampleCommand: CliCommand = {
  name: 'sample',
  summary: 'shows what a sampling policy would keep of recorded spans',
  async run(args, io) {
    const [action, ...rest] = args;
    if (action === '--help' || action === '-h') {
      io.stdout.write(HELP);
      return 0;
    }
    if (action === 'simulate') return runSimulate(rest, io);
    if (action === 'check') return runCheck(rest, io);
    return mistake(io, `use "simulate" or "check", not ${JSON.stringify(action ?? '')}`);
  },
};

async function runSimulate(args: readonly string[], io: CliIo): Promise<number> {
  const options = {
    policy: { type: 'string', multiple: true },
    together: { type: 'boolean' },
    load: { type: 'string' },
    'price-per-gb': { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return mistake(io, messageOf(error));
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    io.stdout.write(HELP);
    return 0;
  }
  const load = Number(values.load ?? 0);
  const price = values['price-per-gb'];
  const pricePerGigabyte = price === undefined ? undefined : Number(price);
  if (!(load >= 0 && load <= 1)) return mistake(io, `--load is ${values.load}: use 0 to 1`);
  if (pricePerGigabyte !== undefined && !(pricePerGigabyte >= 0)) {
    return mistake(io, `--price-per-gb is ${price}: use a number`);
  }
  if (positionals.length === 0) return mistake(io, 'name a recording');

  const names = values.policy ?? Object.keys(policyPresets);
  const policies = await Promise.all(names.map((name) => readPolicy(name, io)));
  const runs = policies.map(
    (policy) => new SimulationRun(policy, { together: values.together, load }),
  );
  let spans = 0;
  for await (const span of recordedSpans(positionals, io)) {
    spans++;
    for (const run of runs) run.end(span);
  }
  if (spans === 0) throw new Error('there are no spans in it');
  const results = runs.map((run, at) => ({
    title: basename(names[at] ?? ''),
    policy: policies[at] as SamplingPolicy,
    simulation: run.finish(),
    pricePerGigabyte,
  }));
  const { columns } = io.stdout;
  io.stdout.write(
    values.json === true
      ? `${JSON.stringify(results, undefined, 2)}\n`
      : results.map((result) => simulationReport({ ...result, columns })).join('\n'),
  );
  return 0;
}

async function runCheck(files: readonly string[], io: CliIo): Promise<number> {
  if (files.length === 0) return mistake(io, 'name a policy file');
  let code = 0;
  for (const file of files) {
    try {
      const { rules } = await readPolicy(file, io);
      io.stdout.write(`${file}: valid, ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}\n`);
    } catch (error) {
      io.stdout.write(`${file}: ${messageOf(error)}\n`);
      code = 1;
    }
  }
  return code;
}

async function readPolicy(name: string, { cwd }: CliIo): Promise<SamplingPolicy> {
  const preset = policyPreset(name);
  if (preset !== undefined) return preset;
  const text = await readFile(resolve(cwd, name), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const presets = Object.keys(policyPresets).join(', ');
    throw new Error(`there is no file ${name}, and no such preset: use a file, or ${presets}`, {
      cause: error,
    });
  });
  let json: unknown;
  try {
    json = jsonOf(text);
  } catch (error) {
    throw new Error(`${name} is no JSON: ${messageOf(error)}`, { cause: error });
  }
  return parseSamplingPolicy(json, basename(name));
}

function mistake(io: CliIo, problem: string): number {
  io.stderr.write(`llm-otel sample: ${problem}\n\n${HELP}`);
  return USAGE_MISTAKE;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
