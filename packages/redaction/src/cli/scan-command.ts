import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { type CliCommand, type CliIo, TelemetryError } from '@llm-otel/core';
import { FileScanner, type Scanned } from './file-scanner.ts';
import { findFiles, redactedName, type Unreadable } from './find-files.ts';
import { Findings } from './finding.ts';
import { readProblem } from './read-problem.ts';
import { readInput } from './read-input.ts';
import { report } from './report/report.ts';
import { scanOptions, type ScanOptions, STANDARD_INPUT, UsageError } from './scan-options.ts';
import { createScanProgress } from './scan-progress.ts';
import { writeCopy } from './write-copy.ts';

const CLEAN = 0;
const FOUND = 1;
const USAGE_MISTAKE = 2;
const INPUT_NAME = 'standard input';
const HELP = `Usage: llm-otel scan <file, folder or ->... [options]

Looks for secrets and personal data in recorded telemetry: OTLP as JSON, as JSON lines and as protobuf, spools on disk,
other JSON, and logs as text (UTF-8, UTF-16, Latin-1), all of it also as gzip and zstd. Links are followed. - is standard input. Says where and what kind, never the
value. Exit code 0: nothing found, 1: something found, something could not be read, or there was no file to read, 2: wrong use.

  --preset <names>     secrets, pii, strict, with commas between (default: secrets,pii)
  --policy <file>      a redaction policy as JSON, instead of --preset
  --hash-key <file>    the key for the action hash of the policy, 16 bytes at least
  --format <name>      table, json or sarif (default: table)
  --fix                writes redacted copies beside the files, as spans.redacted.json; the files stay as they are.
                       A copy differs in nothing but what was found. That of standard input goes to standard output,
                       and the table to standard error
  --max-bytes <bytes>  larger files are told and left out, also what is larger unpacked (default: 134217728)
`;

/** `llm-otel scan`: for the morning on which somebody saw personal data in a trace. */
export const scanCommand: CliCommand = {
  name: 'scan',
  summary: 'finds secrets and personal data in recorded telemetry, and writes copies without',
  async run(args, io) {
    try {
      const options = await scanOptions(args, io);
      if (options !== 'help') return await scan(options, io);
      io.stdout.write(HELP);
      return CLEAN;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      io.stderr.write(
        `llm-otel scan: ${error.message}\nllm-otel scan --help tells how it is used.\n`,
      );
      return USAGE_MISTAKE;
    }
  },
};

async function scan(options: ScanOptions, io: CliIo): Promise<number> {
  const findings = new Findings();
  const scanner = scannerFor(options, io, findings);
  const unread: string[] = [];
  const files = await filesOf(options, io, (path, error) => {
    const name = scanner.nameOf(relative(io.cwd, path));
    scanner.notRead(name, readProblem(error));
    unread.push(name);
  });
  const progress = createScanProgress(io.stderr, files.length);
  for (const [index, file] of files.entries()) {
    if (io.signal.aborted) break;
    const name = file === STANDARD_INPUT ? INPUT_NAME : scanner.nameOf(relative(io.cwd, file));
    progress.at(index, name);
    const { wasRead } = await scanOne(file, name, scanner, options, io);
    if (!wasRead) unread.push(name);
  }
  progress.done();
  const isFilter = options.fix && options.paths.includes(STANDARD_INPUT);
  const output = isFilter ? io.stderr : io.stdout;
  output.write(report(options.format, findings.all, unread));
  const { total } = findings;
  const places = `${total} ${total === 1 ? 'finding' : 'findings'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  io.stderr.write(
    `${places}${unread.length > 0 ? `, ${unread.length} not read` : ''}${io.signal.aborted ? ', interrupted' : ''}\n`,
  );
  if (files.length === 0)
    io.stderr.write('Nothing was looked at: there is no file in what was named.\n');
  const isClean = total === 0 && unread.length === 0 && files.length > 0 && !io.signal.aborted;
  return isClean ? CLEAN : FOUND;
}

/** @throws UsageError for a policy that needs what the command was not given */
function scannerFor(options: ScanOptions, io: CliIo, findings: Findings): FileScanner {
  try {
    return new FileScanner(options, io.stderr, findings);
  } catch (error) {
    if (!TelemetryError.is(error)) throw error;
    const needsKey = options.hash === undefined && error.message.includes('keyedHash');
    throw new UsageError(
      needsKey
        ? 'the policy has the action hash: name the file with its key, --hash-key <file>'
        : error.message,
    );
  }
}

async function filesOf(
  { paths }: ScanOptions,
  io: CliIo,
  unreadable: Unreadable,
): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      if (path === STANDARD_INPUT) return [path];
      try {
        return await findFiles(path, unreadable);
      } catch (error) {
        throw new UsageError(`${relative(io.cwd, path) || '.'}: ${readProblem(error)}`);
      }
    }),
  );
  return [...new Set(found.flat())];
}

async function scanOne(
  file: string,
  name: string,
  scanner: FileScanner,
  { maxBytes, fix }: ScanOptions,
  io: CliIo,
): Promise<Scanned> {
  try {
    if (file === STANDARD_INPUT) {
      if (io.stdin === undefined) return scanner.notRead(name, 'there is none to read');
      const bytes = await readInput(io.stdin, maxBytes);
      const scanned = scanner.scan(name, bytes);
      if (fix) writeInput(io, scanned, bytes, name, scanner);
      return scanned;
    }
    const before = await stat(file);
    if (before.size > maxBytes)
      return scanner.notRead(name, `${before.size} bytes are more than --max-bytes, left out`);
    const bytes = await readInput(createReadStream(file, { signal: io.signal }), maxBytes);
    const scanned = scanner.scan(name, bytes);
    if (fix && scanned.redacted !== undefined) {
      if (!before.isFile()) return scanner.notRead(name, 'it is no file: its copy has no place');
      try {
        await writeCopy(file, redactedName(file), scanned.redacted);
      } catch (error) {
        return scanner.notRead(name, `its copy cannot be written: ${readProblem(error)}`);
      }
    }
    const after = await stat(file);
    if (after.size === before.size && after.mtimeMs === before.mtimeMs) return scanned;
    return scanner.notRead(name, 'it was changed while it was read: scan it again');
  } catch (error) {
    return scanner.notRead(name, readProblem(error));
  }
}

/** What came in, without what was found. Nothing when it could not be read: it may hold anything. */
function writeInput(
  io: CliIo,
  { wasRead, redacted }: Scanned,
  bytes: Uint8Array,
  name: string,
  scanner: FileScanner,
): void {
  if (!wasRead) return;
  const content = redacted ?? bytes;
  if (isUtf8(content))
    io.stdout.write(new TextDecoder('utf-8', { ignoreBOM: true }).decode(content));
  else scanner.notRead(name, 'the redacted copy is no UTF-8: name a file to get it');
}
