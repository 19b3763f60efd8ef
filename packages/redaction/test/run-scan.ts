import { Readable } from 'node:stream';
import type { CliIo } from '@llm-otel/core';
import { scanCommand } from '../src/cli/scan-command.ts';

export interface ScanRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `llm-otel scan` in a folder, with that standard input. */
export async function runScan(
  folder: string,
  args: readonly string[],
  input?: readonly Uint8Array[],
): Promise<ScanRun> {
  const texts = { stdout: '', stderr: '' };
  const output = (name: keyof typeof texts): CliIo['stdout'] => ({
    write(text) {
      texts[name] += text;
      return true;
    },
  });
  const code = await scanCommand.run(args, {
    stdin: input && Readable.from(input),
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd: folder,
    environment: {},
    signal: new AbortController().signal,
  });
  return { code, ...texts };
}
