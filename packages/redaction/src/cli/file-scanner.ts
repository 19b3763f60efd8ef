import type { CliOutput } from '@llm-otel/core';
import { createRedactor, type Redactor } from '../redactor.ts';
import type { RedactionPolicy } from '../policy/redaction-policy.ts';
import { fileContent } from './file-content.ts';
import type { Findings } from './finding.ts';
import { OtlpProtobuf } from './otlp/protobuf.ts';
import { redactOtlp } from './otlp/redact-otlp.ts';
import { pack, packingOf, unpack } from './packing.ts';
import { readProblem } from './read-problem.ts';
import { scanText } from './scan-text.ts';

/** What became of a file. `redacted` is its copy without the findings, absent when there were none. */
export interface Scanned {
  readonly wasRead: boolean;
  readonly redacted: Uint8Array | string | undefined;
}

const NOT_READ: Scanned = { wasRead: false, redacted: undefined };

interface Redacted {
  readonly isSame: boolean;
  readonly content: string | Uint8Array;
  readonly isWhole: boolean;
}

/** Looks into the bytes of one file after the other, and notes what it finds. */
export class FileScanner {
  readonly #maxBytes: number;
  readonly #problems: CliOutput;
  readonly #findings: Findings;
  readonly #protobuf = new OtlpProtobuf();
  readonly #redactor: Redactor;
  #file = '';
  #where = '';
  #line: number | undefined;

  constructor(
    { policy, maxBytes }: { readonly policy: RedactionPolicy; readonly maxBytes: number },
    problems: CliOutput,
    findings: Findings,
  ) {
    this.#maxBytes = maxBytes;
    this.#problems = problems;
    this.#findings = findings;
    // Plain text is located by `explain`, so what the redactor finds there while nothing is located is known.
    this.#redactor = createRedactor(policy, {
      onFinding: ({ kind, attribute }) => {
        if (this.#where !== '') this.#found(kind, attribute);
      },
    });
  }

  /** @param name what the file is called in the report */
  scan(name: string, file: Uint8Array): Scanned {
    this.#file = name;
    const packing = packingOf(file);
    try {
      const done = this.#redacted(unpack(file, packing, this.#maxBytes));
      if (done === undefined)
        return this.notRead(name, 'neither text nor OTLP nor a spool, left out');
      const redacted = done.isSame ? undefined : pack(done.content, packing);
      return { wasRead: done.isWhole, redacted };
    } catch (error) {
      return this.notRead(name, readProblem(error));
    }
  }

  notRead(name: string, problem: string): Scanned {
    this.#problems.write(`${name}: ${problem}\n`);
    return NOT_READ;
  }

  #redacted(bytes: Uint8Array): Redacted | undefined {
    const content = fileContent(bytes, this.#protobuf, this.#maxBytes);
    if (content.form === 'unknown') return undefined;
    if (content.form === 'text') {
      const { text } = content;
      const redacted = scanText(
        text,
        this.#redactor,
        (where, line) => this.#locate(where, line),
        (kind) => this.#found(kind, undefined),
      );
      return { isSame: redacted === text, content: redacted, isWhole: true };
    }
    const { requests, frame, damaged } = content;
    const redacted = requests.map(({ request }) =>
      redactOtlp(request, this.#redactor, (where) => this.#locate(where, undefined)),
    );
    if (damaged > 0)
      this.notRead(
        this.#file,
        `${damaged} damaged ${damaged === 1 ? 'record' : 'records'}, left out`,
      );
    return {
      isSame: redacted.every((request, index) => request === requests[index]!.request),
      content: Buffer.concat(
        requests.map(({ write }, index) => frame(write(redacted[index]!), index)),
      ),
      isWhole: damaged === 0,
    };
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
    this.#findings.add({ kind, file: this.#file, line: this.#line, where });
  }
}
