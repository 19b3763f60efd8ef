import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ConfigurationFile,
  ConfigurationFileError,
  readConfigurationFile,
} from '../src/configuration-file/index.ts';
import { expect } from 'vitest';

/** Reads `text` as the file of a name in a folder that is gone afterwards. */
export async function readText(
  text: string,
  variables: Readonly<Record<string, string>> = {},
  name = 'otel.yaml',
): Promise<ConfigurationFile> {
  const directory = mkdtempSync(join(tmpdir(), 'llm-otel-configuration-'));
  const path = join(directory, name);
  writeFileSync(path, text);
  try {
    return await readConfigurationFile(path, {}, variables);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The problems of a file that is refused. */
export async function problemsOf(...file: Parameters<typeof readText>): Promise<string[]> {
  const error: unknown = await readText(...file).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(ConfigurationFileError);
  return [...(error as ConfigurationFileError).problems];
}
