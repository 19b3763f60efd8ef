import { readFile, stat, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { relative } from 'node:path';
import type { CliCommand, CliIo } from '@llm-otel/core';
import { createRedactor, type Redactor } from '../redactor.ts';
import { fileContent, protobufFile } from './file-text.ts';
import { findFiles, redactedName } from './find-files.ts';
import { Findings } from './finding.ts';
import { OtlpProtobuf } from './otlp/protobuf.ts';
import { redactOtlp } from './otlp/redact-otlp.ts';
import { createScanProgress } from './scan-progress.ts';
import { sarif } from './report/sarif.ts';
import { table } from './report/table.ts';
import { scanOptions, type ScanOptions, UsageError } from './scan-options.ts';
import { scanText } from './scan-text.ts';

const CLEAN = 0;
const FOUND = 1;
const USAGE_MISTAKE = 2;
const HELP = `Usage: llm-otel scan <file or folder>... [options]

Looks for secrets and personal data in recorded telemetry: OTLP as JSON, as JSON lines and as protobuf, other JSON, and
logs as text; .gz is unpacked. Says where and what kind, never the value. Exit code 0: nothing found, 1: something found
or a file could not be read, 2: wrong use.

  --preset <names>     secrets, pii, strict, with commas between (default: secrets,pii)
  --policy <file>      a redaction policy as JSON, instead of --preset
  --format <name>      table, json or sarif (default: table)
  --fix                writes redacted copies beside the files, as spans.redacted.json; the files stay as they are
  --max-bytes <bytes>  larger files are told and left out (default: 134217728)
`;

/** `llm-otel scan`: for the morning on which somebody saw personal data in a trace. */
export const scanCommand: CliCommand = {
  name: 'scan',
  summary: 'finds secrets and personal data in recorded telemetry, and writes copies without',
  async run(args, io) {
    let options: ScanOptions | 'help';
    try {
      options = await scanOptions(args, io);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      io.stderr.write(`llm-otel scan: ${error.message}\n\n${HELP}`);
      return USAGE_MISTAKE;
    }
    if (options !== 'help') return scan(options, io);
    io.stdout.write(HELP);
    return CLEAN;
  },
};

async function scan(options: ScanOptions, io: CliIo): Promise<number> {
  const files = (await Promise.all(options.paths.map(findFiles))).flat();
  const findings = new Findings();
  const scanner = new FileScanner(options, io, findings);
  const progress = createScanProgress(io.stderr, files.length);
  let unread = 0;
  for (const [index, file] of files.entries()) {
    if (io.signal.aborted) break;
    progress.at(index, relative(io.cwd, file));
    if (!(await scanner.scan(file))) unread++;
  }
  progress.done();
  const all = findings.all;
  if (options.format === 'json') io.stdout.write(`${JSON.stringify(all, undefined, 2)}\n`);
  else if (options.format === 'sarif') io.stdout.write(sarif(all));
  else io.stdout.write(table(all));
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const places = `${total} ${total === 1 ? 'finding' : 'findings'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  io.stderr.write(
    `${places}${unread > 0 ? `, ${unread} not read` : ''}${io.signal.aborted ? ', interrupted' : ''}\n`,
  );
  return total > 0 || unread > 0 || io.signal.aborted ? FOUND : CLEAN;
}

class FileScanner {
  readonly #options: ScanOptions;
  readonly #io: CliIo;
  readonly #findings: Findings;
  readonly #protobuf = new OtlpProtobuf();
  readonly #redactor: Redactor;
  #file = '';
  #where = '';
  #line: number | undefined;

  constructor(options: ScanOptions, io: CliIo, findings: Findings) {
    this.#options = options;
    this.#io = io;
    this.#findings = findings;
    // Plain text is located by `explain`, so what the redactor finds there while nothing is located is known.
    this.#redactor = createRedactor(options.policy, {
      onFinding: ({ kind, attribute }) => {
        if (this.#where !== '') this.#found(kind, attribute);
      },
    });
  }

  /** False for a file that was not read. */
  async scan(file: string): Promise<boolean> {
    const name = relative(this.#io.cwd, file);
    try {
      const { size } = await stat(file);
      if (size > this.#options.maxBytes) {
        this.#io.stderr.write(`${name}: ${size} bytes are more than --max-bytes, left out\n`);
        return false;
      }
      this.#file = name;
      const bytes = await readFile(file);
      const redacted = this.#redacted(bytes);
      if (redacted === undefined) {
        this.#io.stderr.write(`${name}: neither text nor OTLP, left out\n`);
        return false;
      }
      const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
      if (redacted !== 'clean' && this.#options.fix)
        await writeFile(redactedName(file), isPacked ? gzipSync(redacted) : redacted);
      return true;
    } catch (error) {
      this.#io.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      return false;
    }
  }

  #redacted(bytes: Uint8Array): string | Uint8Array | undefined {
    const content = fileContent(bytes, this.#protobuf);
    if (content.form === 'unknown') return undefined;
    const locate = (where: string, line: number | undefined): void => {
      this.#where = where;
      this.#line = line;
    };
    if (content.form === 'text') {
      const { text } = content;
      const redacted = scanText(text, this.#redactor, locate, (kind) =>
        this.#found(kind, undefined),
      );
      return redacted === text ? 'clean' : redacted;
    }
    const requests = content.requests.map(({ name, request }) => ({
      name,
      request: redactOtlp(request, this.#redactor, (where) => locate(where, undefined)),
    }));
    const isSame = requests.every(
      ({ request }, index) => request === content.requests[index]!.request,
    );
    return isSame ? 'clean' : protobufFile(requests, content.isFramed, this.#protobuf);
  }

  #found(kind: string, attribute: string | undefined): void {
    const where =
      attribute === undefined || this.#where.endsWith(attribute)
        ? this.#where
        : `${this.#where}, ${attribute}`;
    this.#findings.add({ kind, file: this.#file, line: this.#line, where });
  }
}
