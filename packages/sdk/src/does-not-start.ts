import { MissingPeerError } from '@llm-otel/core';

/** One line on a package of the application that is installed and does not start, with what to install where that is why. */
export function doesNotStart(entry: string, error: unknown): string {
  const missing = missingPackage(error);
  return missing === undefined
    ? `llm-otel: ${entry} is installed and does not start: ${String(error)}`
    : `llm-otel: ${new MissingPeerError(missing, entry).message}`;
}

/** The package that Node.js looked for in vain. Not a file of one, which an installation would not bring back. */
function missingPackage(error: unknown): string | undefined {
  const { code, message } = (error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return undefined;
  const [, name] =
    /^Cannot find (?:package|module) '((?:@[\w.-]+\/)?[\w-][\w.-]*)/.exec(String(message)) ?? [];
  return name;
}
