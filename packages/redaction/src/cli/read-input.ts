import type { CliIo } from '@llm-otel/core';

/**
 * Standard input, to its end.
 * @throws when there is none, or more than `maxBytes` of it
 */
export async function readInput({ stdin }: CliIo, maxBytes: number): Promise<Uint8Array> {
  if (stdin === undefined) throw new Error('there is none to read');
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stdin) {
    size += part.length;
    if (size > maxBytes) throw new Error(`it has more than the ${maxBytes} bytes of --max-bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
