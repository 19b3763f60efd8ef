import { type CliOutput, packingOf } from '@llm-otel/core';
import { createRedactor, type Redactor } from '../redactor.ts';
import { fileContent } from './file-content.ts';
import type { Findings } from './finding.ts';
import { OtlpProtobuf } from './otlp/protobuf.ts';
import { pack, unpack } from './packing.ts';
import { readProblem } from './read-problem.ts';
import type { ScanOptions } from './scan-options.ts';
import { scanText } from './scan-text.ts';
import type { EncodedText } from './text-encoding.ts';

/** What became of a file. `redacted` is its copy without the findings, absent when there were none. */
export interface Scanned {
  readonly wasRead: boolean;
  readonly redacted: Uint8Array | undefined;
}

const NOT_READ: Scanned = { wasRead: false, redacted: undefined };

/** Looks into the bytes of one file after the other, and notes what it finds. */
export class FileScanner {
  readonly #maxBytes: number;
  readonly #problems: CliOutput;
  readonly #findings: Findings;
  readonly #protobuf = new OtlpProtobuf();
  readonly #redactor: Redactor;
  /** For what is told of a place: names of services and attributes come from what is scanned. */
  readonly #ofPlaces: Redactor;
  #file = '';
  #where = '';
  #line: number | undefined;

  constructor(
    { policy, maxBytes, hash }: Pick<ScanOptions, 'policy' | 'maxBytes' | 'hash'>,
    problems: CliOutput,
    findings: Findings,
  ) {
    this.#maxBytes = maxBytes;
    this.#problems = problems;
    this.#findings = findings;
    // Plain text is located by `explain`, so what the redactor finds there while nothing is located is known.
    // A cut of long values is no finding, and would cut a log.
    this.#redactor = createRedactor(
      { ...policy, maxValueLength: undefined },
      {
        hash,
        onFinding: ({ kind, attribute }) => {
          if (this.#where !== '') this.#found(kind, attribute);
        },
      },
    );
    this.#ofPlaces = createRedactor({
      ...policy,
      actions: {},
      prompts: true,
      completions: true,
      tools: undefined,
      maxValueLength: undefined,
    });
  }

  /** What a file or folder is called in the report: its name may hold something to hide, too. */
  nameOf(path: string): string {
    return this.#ofPlaces.redactName(path);
  }

  /** @param name what the file is called in the report */
  scan(name: string, file: Uint8Array): Scanned {
    this.#file = name;
    const packing = packingOf(file);
    try {
      const scanned = this.#scanned(unpack(file, packing, this.#maxBytes));
      if (scanned === undefined)
        return this.notRead(name, 'neither text nor OTLP nor a spool, left out');
      const { wasRead, redacted } = scanned;
      return { wasRead, redacted: redacted && pack(redacted, packing) };
    } catch (error) {
      return this.notRead(name, readProblem(error));
    }
  }

  notRead(name: string, problem: string): Scanned {
    this.#problems.write(`${name}: ${problem}\n`);
    return NOT_READ;
  }

  #scanned(bytes: Uint8Array): Scanned | undefined {
    const content = fileContent(bytes, this.#protobuf, this.#maxBytes);
    if (content.form === 'unknown') return undefined;
    if (content.form === 'text') return this.#text(content.text);
    const { requests, damaged } = content;
    const at = (where: string): void => this.#locate(where, undefined);
    let hasFindings = false;
    const parts = requests.map(({ request, bytes: before, frame }) => {
      const redacted = request.redact(this.#redactor, at);
      if (redacted === undefined) return before;
      hasFindings = true;
      return frame(redacted);
    });
    if (damaged > 0)
      this.notRead(
        this.#file,
        `${damaged} damaged ${damaged === 1 ? 'record' : 'records'}, left out`,
      );
    return { wasRead: damaged === 0, redacted: hasFindings ? Buffer.concat(parts) : undefined };
  }

  #text({ text, encode }: EncodedText): Scanned {
    const redacted = scanText(
      text,
      this.#redactor,
      (where, line) => this.#locate(where, line),
      (kind) => this.#found(kind, undefined),
    );
    return { wasRead: true, redacted: redacted === text ? undefined : encode(redacted) };
  }

  #locate(where: string, line: number | undefined): void {
    this.#where = where;
    this.#line = line;
  }

  #found(kind: string, attribute: string | undefined): void {
    const where =
      attribute === undefined || this.#where.endsWith(attribute)
        ? this.#where
        : `${this.#where}, ${attribute}`;
    this.#findings.add({
      kind,
      file: this.#file,
      line: this.#line,
      where: this.#ofPlaces.redact(where),
    });
  }
}
