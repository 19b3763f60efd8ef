import type { Environment } from '@llm-otel/core';
import type { ConfigurationModel } from './configuration-model.ts';
import { FileNode } from './file-node.ts';
import { readFileData } from './file-text.ts';
import { configuration } from './fields/configuration-fields.ts';
import { ConfigurationFileError, Problems } from './problems.ts';
import type { OtlpOverrides } from './receivers-of.ts';
import { type FileSettings, settingsOf } from './settings-of.ts';

export type { FileSettings } from './settings-of.ts';
export { ConfigurationFileError } from './problems.ts';

/** What a file says, and what of it nothing is done with: a line for each, with its place. */
export interface ConfigurationFile extends FileSettings {
  readonly name: string;
  readonly model: ConfigurationModel;
  readonly unsupported: readonly string[];
}

/**
 * Reads the file that `OTEL_CONFIG_FILE` names, by the OpenTelemetry configuration schema. Loaded only where there is one.
 * @param path of a file whose name ends in .yaml, .yml or .json
 * @param overrides what code says about receivers
 * @param variables what `${NAME}` in the file stands for
 * @throws ConfigurationFileError with everything that is wrong in it; MissingPeerError for YAML without the package `yaml`
 */
export async function readConfigurationFile(
  path: string,
  overrides: OtlpOverrides,
  variables: Environment,
): Promise<ConfigurationFile> {
  const { name, value, locate, errors } = await readFileData(path, variables);
  const problems = new Problems(locate);
  problems.errors.push(...errors);
  const model = configuration.read(new FileNode(value, [], problems));
  if (model === undefined || problems.errors.length > 0) {
    throw new ConfigurationFileError(name, [...problems.reasons, ...problems.errors]);
  }
  const settings = settingsOf(model, overrides, variables);
  return { ...settings, name, model, unsupported: problems.unsupported };
}
