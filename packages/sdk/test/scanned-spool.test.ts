// The segments of a real spool, read and copied by `llm-otel scan`: the packages know their form apart from each other.
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliCommand } from '@llm-otel/core';
import { commands as spoolCommands } from '@llm-otel/exporters-resilient/cli';
import { commands as scanCommands } from '@llm-otel/redaction/cli';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

const email = ['ada.lovelace', 'example.com'].join('@');
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'llm-otel-scan-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function run(command: CliCommand, ...args: string[]) {
  const said = { stdout: '', stderr: '' };
  const output = (name: keyof typeof said) => ({
    write(text: string) {
      said[name] += text;
      return true;
    },
  });
  const code = await command.run(args, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd: directory,
    environment: {},
    signal: new AbortController().signal,
  });
  return { code, ...said };
}
const [scan, spool] = [scanCommands[0]!, spoolCommands[0]!];

/** Five spans with an address, and a log record, that nobody took. */
async function writeSpool(redaction: false | undefined): Promise<void> {
  const { telemetry, sink } = await startWithSink({
    spool: { directory },
    metrics: false,
    logs: true,
    redaction: redaction ?? { version: 1, presets: ['secrets', 'pii'] },
  });
  sink.answer({ status: 503 });
  for (let i = 0; i < 5; i++)
    telemetry
      .tracer()
      .startSpan(`work ${i}`, { attributes: { note: `to ${email}` } })
      .end();
  telemetry.logger('app').emit({ body: `wrote to ${email}` });
  await telemetry.shutdown();
}

const segments = (): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.seg'))
    .map((name) => join(directory, name));

test('what lies in a spool is found, and its copy is a spool without it', async () => {
  await writeSpool(false);

  const found = await run(scan, '.', '--fix');

  expect(found.code).toBe(1);
  expect(found.stdout.match(/email_address/g)).toHaveLength(6);
  expect(found.stdout).toContain('of trace');
  expect(found.stderr).toBe(`6 findings in ${segments().length} files\n`);
  for (const segment of segments()) renameSync(`${segment}.redacted`, segment);
  const cat = await run(spool, 'cat', '--directory', directory);
  expect(cat.code, cat.stderr).toBe(0);
  expect(cat.stdout.match(/to \[REDACTED:email_address\]/g)).toHaveLength(6);
  expect(await run(spool, 'verify', '--directory', directory)).toMatchObject({ code: 0 });
});

test('with redaction on nothing is found, and the files do not hold it', async () => {
  await writeSpool(undefined);

  expect(await run(scan, '.')).toMatchObject({ code: 0, stdout: '' });
  const bytes = segments().map((segment) => readFileSync(segment, 'latin1'));
  expect(bytes.join('')).toContain('[REDACTED:email_address]');
  expect(bytes.join('')).not.toContain(email);
});
